#pragma once
// Small sessions for tests, files to put them in, and child processes.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include "engine/session/session_store.h"

namespace tidemark {

/// An empty folder that goes away with the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "tidemark-session-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) ADD_FAILURE() << "no temporary folder";
    m_path = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::permissions(m_path, std::filesystem::perms::owner_all, ignored);
    std::filesystem::remove_all(m_path, ignored);
  }
  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return m_path / name; }
  [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

 private:
  std::filesystem::path m_path;
};

inline std::string fileBytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void writeFile(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

inline ModelIdentity smallModel() {
  return ModelIdentity{.name = "mini",
                       .configSha256 = "c0ffee",
                       .weightsSha256 = "beef",
                       .tokenizerSha256 = "70cen",
                       .precision = "f32",
                       .segmentSize = 8,
                       .memoryTokens = 2,
                       .layers = 3,
                       .memoryHeads = 1,
                       .keyWidth = 12,
                       .hiddenSize = 16};
}

inline SegmentRecord smallSegment(std::int64_t index, int seed = 0) {
  const auto begin = static_cast<std::uint64_t>(index) * 20;
  SegmentRecord segment{index, {begin, begin + 20}, {}};
  segment.tokens.resize(8);
  for (int i = 0; i < 8; ++i) segment.tokens[i] = static_cast<TokenId>(index * 100 + i + seed * 7919);
  return segment;
}

/// `floats` values per layer; the last layer was never written.
inline SnapshotRecord smallSnapshot(std::int64_t segment, int seed = 0, std::size_t floats = 12 * 17) {
  SnapshotRecord snapshot;
  snapshot.segment = segment;
  snapshot.next = {static_cast<std::uint64_t>(segment) * 20, 8};
  snapshot.stateHash = "state of " + std::to_string(segment);
  for (int layer = 0; layer < 3; ++layer) {
    LayerPayload payload;
    payload.written = layer < 2;
    if (payload.written) payload.values.resize(floats);
    for (std::size_t i = 0; i < payload.values.size(); ++i) {
      payload.values[i] = static_cast<float>(i) * 0.25f + static_cast<float>(segment + layer * 10 + seed * 1000);
    }
    snapshot.layers.push_back(std::move(payload));
  }
  return snapshot;
}

inline Status storeSegment(SessionStore& store, std::int64_t index, bool withSnapshot, int seed = 0) {
  const std::vector<SegmentRecord> segments = {smallSegment(index, seed)};
  std::vector<CellMetricsRecord> metrics;
  metrics.reserve(3);
  for (int layer = 0; layer < 3; ++layer) {
    metrics.push_back({index, layer, 0.5f, static_cast<float>(layer), static_cast<float>(seed)});
  }
  const SnapshotRecord snapshot = smallSnapshot(index, seed);
  return store.storeProgress({segments, metrics, withSnapshot ? &snapshot : nullptr});
}

inline Status storeDocument(SessionStore& store, const std::string& title, const std::string& text) {
  const Result<std::int64_t> id = store.beginDocument(title, "/books/" + title);
  if (!id) return id.error();
  if (Status appended = store.appendText(*id, text); !appended) return appended;
  const Result<DocumentRecord> document = store.finishDocument(*id, "sha of " + title, text.size(), 0);
  if (!document) return document.error();
  return {};
}

inline std::string sampleText(std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += "The tide came in over the mark " + std::to_string(text.size()) + ". ";
  text.resize(bytes);
  return text;
}

inline void expectEqual(const SnapshotRecord& got, const SnapshotRecord& expected) {
  EXPECT_EQ(got.segment, expected.segment);
  EXPECT_EQ(got.next, expected.next);
  EXPECT_EQ(got.stateHash, expected.stateHash);
  EXPECT_EQ(got.reason, expected.reason);
  ASSERT_EQ(got.layers.size(), expected.layers.size());
  for (std::size_t layer = 0; layer < got.layers.size(); ++layer) {
    EXPECT_EQ(got.layers[layer].written, expected.layers[layer].written) << layer;
    EXPECT_EQ(got.layers[layer].values, expected.layers[layer].values) << layer;
  }
}

/// Takes out of a session file what later formats than the first added.
inline constexpr const char* kBackToVersion1 =
    "DROP TABLE headings; DROP TABLE document_sources; DROP TABLE properties; DROP TABLE traces; "
    "DROP TABLE timeline_points; DROP TABLE timelines; ALTER TABLE evidence DROP COLUMN checksum; "
    "ALTER TABLE evidence DROP COLUMN page; ALTER TABLE evidence DROP COLUMN log_drop; "
    "ALTER TABLE pages DROP COLUMN label; ALTER TABLE questions DROP COLUMN no_evidence; PRAGMA user_version = 1";

/// A folder and a session in it.
class SessionTest : public testing::Test {
 protected:
  [[nodiscard]] SessionStore create() const {
    Result<SessionStore> store = SessionStore::create(m_path, smallModel());
    EXPECT_TRUE(store.ok()) << store.error().message;
    return std::move(*store);
  }
  [[nodiscard]] SessionStore open(SessionAccess access = SessionAccess::kWrite) const {
    Result<SessionStore> store = SessionStore::open(m_path, access);
    EXPECT_TRUE(store.ok()) << store.error().message;
    return std::move(*store);
  }

  TemporaryFolder m_folder;
  std::filesystem::path m_path = m_folder / "s.tidemark";
};

/// The problems that verify() finds; the error itself if it cannot look.
inline std::vector<std::string> problemsOf(const SessionStore& store) {
  const Result<SessionCheck> check = store.verify();
  return check ? check->problems : std::vector<std::string>{check.error().message};
}

/// Runs `work` in a child process; true if it returned true there.
inline bool succeedsInChild(const std::function<bool()>& work) {
  const pid_t child = fork();
  if (child == 0) _exit(work() ? 0 : 1);
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) return false;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace tidemark
