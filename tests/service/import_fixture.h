#pragma once
// Documents whose pages come when the test wants.

#include <cstdlib>
#include <random>
#include <thread>

#include "engine/tokenizer/utf8.h"
#include "tests/service/service_fixture.h"
#include "tests/support/delayed_backend.h"

namespace tidemark {

/// What the scripted extractor does for a file.
class Script {
 public:
  Script& page(const std::string& text) {
    m_lines += "page " + std::to_string(text.size()) + "\n" + text + "\n";
    return *this;
  }
  /// `text`, cut into pages of random lengths (some of them empty), with pauses now and then.
  Script& pages(const std::string& text, std::uint32_t seed, std::size_t longest = 900) {
    std::mt19937 random(seed);
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = characterBoundary(text, std::min(text.size(), at + random() % longest));
      page(text.substr(at, end - at));
      at = end;
      if (random() % 12 == 0) wait(1 + static_cast<int>(random() % 20));
    }
    return *this;
  }
  Script& wait(int milliseconds) { return line("wait " + std::to_string(milliseconds)); }
  Script& await(const std::filesystem::path& file) { return line("await " + file.string()); }
  Script& line(const std::string& order) {
    m_lines += order + "\n";
    return *this;
  }
  [[nodiscard]] std::string file() const { return "%PDF-1.7\n" + m_lines; }

 private:
  std::string m_lines;
};

class ImportTest : public ServiceTest {
 protected:
  ImportTest() { ::setenv("TIDEMARK_EXTRACT", TM_SCRIPTED_EXTRACTOR, 1); }
  ~ImportTest() override { ::unsetenv("TIDEMARK_EXTRACT"); }

  std::filesystem::path write(const std::string& name, const Script& script) {
    return ServiceTest::write(name, script.file());
  }
  using ServiceTest::write;

  static std::string sampleText(std::size_t begin, std::size_t bytes) {
    const std::string text = readWhole(resource("samples/harbor-notes.txt"));
    const std::size_t first = characterBoundary(text, begin);
    return text.substr(first, characterBoundary(text, begin + bytes) - first);
  }

  /// a.txt, b.txt and c.txt, each with other text of the sample.
  std::vector<std::filesystem::path> writeThree(std::size_t bytes) {
    std::vector<std::filesystem::path> files;
    for (const char* name : {"a.txt", "b.txt", "c.txt"}) {
      files.push_back(write(name, sampleText(bytes * files.size(), bytes)));
    }
    return files;
  }

  std::unique_ptr<EngineService> startOn(bool delayed, const std::string& session, testing::EventLog& log) {
    if (!delayed) return start(session, log);
    auto model = loadModel(resource("models/mini"), {BackendChoice::kCpu, 2});
    EXPECT_TRUE(model.ok()) << model.error().message;
    model->backend =
        std::make_unique<testing::DelayedBackend>(std::move(model->backend), testing::DelayedBackend::Options{});
    return startWith(std::move(model), session, log);
  }

  static ReadRequest listRequest(std::vector<std::filesystem::path> files, bool append = false) {
    ReadRequest request;
    request.files = std::move(files);
    request.append = append;
    return request;
  }

  /// A read to its end, in a service of its own.
  std::optional<ReadFinished> read(const std::string& session, const ReadRequest& request) {
    testing::EventLog log;
    return read(session, request, log);
  }
  std::optional<ReadFinished> read(const std::string& session, const ReadRequest& request, testing::EventLog& log,
                                   bool delayed = false) {
    auto service = startOn(delayed, session, log);
    const auto finished = log.wait<ReadFinished>(*service->read(request));
    for (const Event& event : log.events()) {
      if (const auto* failed = std::get_if<RunFailed>(&event)) ADD_FAILURE() << failed->error.message;
    }
    return finished;
  }
  /// Why a read fails.
  std::string refusal(const std::string& session, const ReadRequest& request) {
    testing::EventLog log;
    auto service = start(session, log);
    const auto failed = log.wait<RunFailed>(*service->read(request));
    EXPECT_TRUE(failed.has_value());
    return failed ? failed->error.message : "";
  }

  /// Waits until `condition` holds, up to half a minute.
  template <typename Condition>
  static bool waitUntil(Condition condition) {
    for (int i = 0; i < 15'000; ++i) {
      if (condition()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return false;
  }

  SessionStore stored(const std::string& session) {
    auto store = SessionStore::open(m_directory / session, SessionAccess::kRead);
    EXPECT_TRUE(store.ok()) << store.error().message;
    return std::move(store).value();
  }
  std::vector<std::string> titles(const std::string& session) {
    std::vector<std::string> all;
    const auto documents = stored(session).documents();
    for (const DocumentRecord& document : *documents) all.push_back(document.title);
    return all;
  }
  void expectWhole(const std::string& session) {
    const auto check = stored(session).verify();
    ASSERT_TRUE(check.ok()) << check.error().message;
    EXPECT_TRUE(check->problems.empty()) << check->problems.front();
  }
};

}  // namespace tidemark
