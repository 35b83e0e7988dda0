#pragma once
// A session in a folder of its own, read with the built-in model.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "engine/service/engine_service.h"
#include "tests/support/event_log.h"

namespace tidemark {

inline std::filesystem::path resource(const std::string& name) {
  return std::filesystem::path(TM_SOURCE_DIR) / "resources" / name;
}

inline std::string readWhole(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Long enough to be caught in the middle; under the sanitizers everything takes ten to fifty times as long.
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
inline constexpr std::size_t kLongTextBytes = 12'000;
#else
inline constexpr std::size_t kLongTextBytes = 150'000;
#endif

class ServiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    m_directory =
        std::filesystem::temp_directory_path() / ("tidemark-service-" + std::to_string(getpid()) + "-" +
                                                  ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(m_directory);
  }
  void TearDown() override { std::filesystem::remove_all(m_directory); }

  /// Opens (or creates) a session and starts a service on it.
  std::unique_ptr<EngineService> start(const std::string& session, testing::EventLog& log, int threads = 2) {
    auto model = loadModel(resource("models/mini"), {BackendChoice::kCpu, threads});
    EXPECT_TRUE(model.ok()) << model.error().message;
    return startWith(std::move(model), session, log);
  }
  std::unique_ptr<EngineService> startWith(Result<LoadedModel> model, const std::string& session,
                                           testing::EventLog& log) {
    const auto path = m_directory / session;
    auto store = std::filesystem::exists(path) ? SessionStore::open(path, SessionAccess::kWrite)
                                               : SessionStore::create(path, model->identity);
    EXPECT_TRUE(store.ok()) << store.error().message;
    auto service = EngineService::start(std::move(model).value(), std::move(store).value(), log.sink());
    EXPECT_TRUE(service.ok()) << service.error().message;
    return std::move(service).value();
  }

  std::filesystem::path write(const std::string& name, const std::string& text) {
    std::ofstream(m_directory / name, std::ios::binary) << text;
    return m_directory / name;
  }

  /// A text that takes a while to read.
  std::filesystem::path longText() {
    return write("long.txt", readWhole(resource("samples/harbor-notes.txt")).substr(0, kLongTextBytes));
  }

  static ReadRequest readRequest(const std::filesystem::path& file) {
    ReadRequest request;
    request.files = {file};
    return request;
  }
  static AskRequest askRequest(const std::string& question) {
    AskRequest request;
    request.question = question;
    return request;
  }

  /// Reads files into a new session and returns what came of it.
  ReadFinished readAll(const std::string& session, const std::filesystem::path& file, int threads = 2) {
    testing::EventLog log;
    auto service = start(session, log, threads);
    const auto run = service->read(readRequest(file));
    const auto finished = log.wait<ReadFinished>(*run);
    EXPECT_TRUE(finished.has_value());
    return finished.value_or(ReadFinished{});
  }

  std::filesystem::path m_directory;
};

}  // namespace tidemark
