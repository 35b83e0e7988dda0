// What is said once of a whole session.

#include "engine/session/session_file.h"

namespace tidemark {
namespace {

constexpr int kFirstVersionWithProperties = 3;
constexpr const char* kSelectPropertySql = "SELECT value, checksum FROM properties WHERE name = ?";
constexpr const char* kInsertPropertySql = "INSERT OR REPLACE INTO properties (name, checksum, value) VALUES (?, ?, ?)";

std::string propertyChecksum(const SessionFile& file, std::string_view name, std::string_view value) {
  return file.rowHash("property").add(name).add(value).digest();
}

}  // namespace

Result<std::string> loadProperty(const SessionFile& file, std::string_view name) {
  if (file.schemaVersion < kFirstVersionWithProperties) return std::string();
  Result<Statement> row = file.database.prepare(kSelectPropertySql, "read a property of");
  if (!row) return row.error();
  const Result<bool> found = row->bind(name).step();
  if (!found) return found.error();
  if (!*found) return std::string();
  std::string value = row->text(0);
  if (const std::string checksum = propertyChecksum(file, name, value); checksum != row->text(1)) {
    return file.corrupt("the property '" + std::string(name) + "'", row->text(1), checksum);
  }
  return value;
}

Status storeProperty(const SessionFile& file, std::string_view name, std::string_view value) {
  return file.database.run(kInsertPropertySql, "store a property in", name, propertyChecksum(file, name, value), value);
}

Result<bool> SessionStore::textIsLeftOut() const {
  const auto value = loadProperty(*m_impl, kTextProperty);
  if (!value) return value.error();
  return *value == kLeftOut;
}

}  // namespace tidemark
