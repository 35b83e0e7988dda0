#pragma once
// The tables of a session file and how older files become newer ones.
//
// A file is recognised by its application_id; user_version is the version of its schema. A new version is one more
// Migration at the end of the list; the ones before it are never edited, because files made by them exist.

#include <cstdint>
#include <span>

#include "engine/base/result.h"
#include "engine/session/sqlite.h"

namespace tidemark {

/// "Tide"; at byte 68 of the file, big-endian, where file managers look for it.
inline constexpr std::int32_t kSessionApplicationId = 0x54696465;

struct Migration {
  int version = 0;       // user_version once it has run: 1, 2, 3 ...
  const char* sql = "";  // from the version before it
};

/// What this version of Tidemark knows, oldest first; the last one is the version it writes.
[[nodiscard]] std::span<const Migration> sessionMigrations();

/// Makes an empty database a session of the newest version, in one transaction.
[[nodiscard]] Status createSchema(const Database& database, std::span<const Migration> migrations);

/// The version of a session's schema. Errors: kCorrupt if the file is not a session, kUnsupported if it is newer than
/// the migrations know (both versions are named). Writes nothing.
[[nodiscard]] Result<int> checkedSchemaVersion(const Database& database, std::span<const Migration> migrations);

/// Brings an older session to the newest version in one transaction, after a copy to NAME.v<old>.bak beside it.
[[nodiscard]] Status migrateSchema(const Database& database, std::span<const Migration> migrations);

/// The same for a file that is a copy itself and needs no other.
[[nodiscard]] Status migrateCopy(const Database& database, std::span<const Migration> migrations);

/// kCorrupt unless the file holds exactly the tables and indexes that the migrations make: nothing missing, nothing
/// that somebody put in.
[[nodiscard]] Status checkSchema(const Database& database, std::span<const Migration> migrations);

}  // namespace tidemark
