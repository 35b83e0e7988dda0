// Reading on in another precision than before: refused, unless somebody chose the backend. Asking is always allowed.

#include <gmock/gmock.h>

#include <limits>

#include "tests/service/service_fixture.h"
#include "tests/support/delayed_backend.h"

namespace tidemark {
namespace {

using testing::EventLog;
using ::testing::HasSubstr;

class Precision : public ServiceTest {
 protected:
  void SetUp() override {
    ServiceTest::SetUp();
    const std::string text = readWhole(resource("samples/tavern-night.txt"));
    m_first = write("first.txt", text.substr(0, 7000));
    m_second = write("second.txt", text.substr(7000));
  }

  std::unique_ptr<EngineService> startIn(const std::string& precision, EventLog& log, bool named) {
    auto model = loadModel(resource("models/mini"), {BackendChoice::kCpu, 2});
    EXPECT_TRUE(model.ok()) << model.error().message;
    testing::DelayedBackend::Options options;
    options.precision = precision;
    model->backend = std::make_unique<testing::DelayedBackend>(std::move(model->backend), options);
    model->identity.precision = precision;
    model->backendNamed = named;
    return startWith(std::move(model), "a.tidemark", log);
  }
  ReadRequest append() const {
    ReadRequest request = readRequest(m_second);
    request.append = true;
    return request;
  }
  std::string storedPrecision() {
    const auto store = SessionStore::open(m_directory / "a.tidemark", SessionAccess::kRead);
    EXPECT_TRUE(store.ok() && store->verify()->problems.empty());
    return store->precision().value();
  }

  std::filesystem::path m_first;
  std::filesystem::path m_second;
};

TEST_F(Precision, IsRememberedAndReadingOnInAnotherIsRefused) {
  {
    EventLog log;
    auto service = startIn("bf16", log, false);
    ASSERT_TRUE(log.wait<ReadFinished>(*service->read(readRequest(m_first))));
  }
  EXPECT_EQ(storedPrecision(), "bf16");
  EventLog log;
  auto service = startIn("f32", log, false);
  const auto refused = log.wait<RunFailed>(*service->read(append()));
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->error.code, ErrorCode::kMismatch);
  EXPECT_THAT(refused->error.message, HasSubstr("bf16"));
  EXPECT_THAT(refused->error.message, HasSubstr("f32"));
  EXPECT_THAT(refused->error.message, HasSubstr("--backend cuda"));
  EXPECT_EQ(log.count<DocumentImported>(), 0u);
  EXPECT_TRUE(log.wait<AnswerFinished>(*service->ask(askRequest("Where is Mary?"))));
  service.reset();
  EXPECT_EQ(storedPrecision(), "bf16");
}

TEST_F(Precision, IsMixedOnPurpose) {
  {
    EventLog log;
    auto service = startIn("f32", log, false);
    ASSERT_TRUE(log.wait<ReadFinished>(*service->read(readRequest(m_first))));
  }
  EXPECT_EQ(storedPrecision(), "f32");
  {
    EventLog log;
    auto service = startIn("bf16", log, true);
    ASSERT_TRUE(log.wait<ReadFinished>(*service->read(append())));
  }
  EXPECT_EQ(storedPrecision(), "mixed");
  for (const char* precision : {"f32", "bf16"}) {  // both go on with it
    EventLog log;
    auto service = startIn(precision, log, false);
    ASSERT_TRUE(log.wait<ReadFinished>(*service->read(append())));
    ASSERT_TRUE(log.wait<AnswerFinished>(*service->ask(askRequest("Where is Mary?"))));
  }
}

TEST_F(Precision, WhatIsReadAgainToBeStoredIsReadInTheSame) {
  const std::uint64_t bytes = std::filesystem::file_size(m_first);
  {
    EventLog log;
    auto service = startIn("bf16", log, false);
    ReadRequest request = readRequest(m_first);
    request.snapshotSeconds = std::numeric_limits<double>::infinity();  // none but the last, and pins
    ASSERT_TRUE(log.wait<ReadFinished>(*service->read(request)));
    ASSERT_TRUE(log.wait<SnapshotPinned>(*service->work(PinRequest{4})));
  }
  EventLog log;
  auto service = startIn("f32", log, true);  // somebody who chose the backend cannot choose other bits either
  for (const WorkRequest& request : {WorkRequest(PinRequest{3}), WorkRequest(RemoveTextRequest{{bytes / 2, bytes}})}) {
    const auto refused = log.wait<RunFailed>(*service->work(request));
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->error.code, ErrorCode::kMismatch);
    EXPECT_THAT(refused->error.message, HasSubstr("bf16 arithmetic, which the"));
  }
  // What needs no reading is done in any, and asking changes nothing.
  EXPECT_EQ(log.wait<SnapshotPinned>(*service->work(PinRequest{4}))->segmentsReread, 0);
  EXPECT_TRUE(log.wait<TimelineFinished>(*service->work(TimelineRequest{"Where is Mary?", 3, 8})));
  service.reset();
  EXPECT_EQ(storedPrecision(), "bf16");
}

TEST_F(Precision, TheCpuIsChosenForItsOwnSessions) {
  const auto automatic = loadModel(resource("models/mini"), {BackendChoice::kAuto, 1, "f32"});
  ASSERT_TRUE(automatic.ok());
  EXPECT_EQ(automatic->backend->name(), "cpu");
  EXPECT_EQ(automatic->identity.precision, "f32");
  EXPECT_FALSE(automatic->backendNamed);
  EXPECT_EQ(automatic->backendNote, "");
  const auto named = loadModel(resource("models/mini"), {BackendChoice::kCpu, 1});
  ASSERT_TRUE(named.ok());
  EXPECT_TRUE(named->backendNamed);
  EXPECT_EQ(named->backendNote, "");
}

}  // namespace
}  // namespace tidemark
