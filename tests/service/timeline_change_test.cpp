// A fact that changes at known places: the timeline of the question for it changes there.

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "tests/service/service_fixture.h"
#include "tests/support/planted_facts.h"

namespace tidemark {
namespace {

using testing::ChangingDocument;
using testing::EventLog;
using testing::PlantedFact;

constexpr int kStates = 3;
constexpr std::int64_t kInterval = 6;
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr std::uint64_t kDocuments = 8;
#else
constexpr std::uint64_t kDocuments = 16;
#endif

class TimelineChangeTest : public ServiceTest {
 protected:
  /// Reads the document and leaves a snapshot every kInterval segments.
  std::unique_ptr<EngineService> read(LoadedModel model, const ChangingDocument& document, EventLog& log) {
    std::filesystem::remove(m_directory / "s.tidemark");
    auto service = startWith(std::move(model), "s.tidemark", log);
    ReadRequest request = readRequest(write("moves.txt", document.text));
    request.snapshotSeconds = std::numeric_limits<double>::infinity();
    const auto finished = log.wait<ReadFinished>(*service->read(request));
    EXPECT_TRUE(finished);
    m_segments = finished ? finished->segmentsRead : 0;
    for (std::int64_t at = kInterval - 1; at < m_segments; at += kInterval) {
      EXPECT_TRUE(log.wait<SnapshotPinned>(*service->work(PinRequest{at})));
    }
    return service;
  }
  std::int64_t segmentOf(const PlantedFact& fact) const {
    const auto store = SessionStore::open(m_directory / "s.tidemark", SessionAccess::kRead);
    const auto segments = store->segments(0, INT64_MAX);
    std::int64_t segment = 0;
    while ((*segments)[static_cast<std::size_t>(segment)].bytes.end < fact.bytes.end) ++segment;
    return segment;
  }
  /// Whether the model knows every state at the end of its part.
  static bool isKnown(EngineService& service, EventLog& log, const ChangingDocument& document,
                      const std::vector<std::int64_t>& places, std::int64_t last) {
    for (std::size_t i = 0; i < document.states.size(); ++i) {
      AskRequest request = askRequest(document.states[i].question);
      request.maxTokens = 16;
      request.asOfSegment = i + 1 < places.size() ? places[i + 1] - 1 : last;
      const auto answered = log.wait<AnswerFinished>(*service.ask(request));
      if (!answered || answered->question.answer != document.states[i].answer) return false;
    }
    return true;
  }

  std::int64_t m_segments = 0;
};

TEST_F(TimelineChangeTest, PlantedChangesAreFoundWithinOneSnapshotInterval) {
  auto model = loadModel(resource("models/mini"), {BackendChoice::kCpu, 2});
  ASSERT_TRUE(model.ok());
  const auto prose = testing::proseOf(resource("samples/moby-dick.txt"));
  std::size_t planted = 0;
  std::size_t found = 0;
  std::size_t known = 0;
  for (std::uint64_t seed = 1; seed <= kDocuments; ++seed) {
    SCOPED_TRACE("document " + std::to_string(seed));
    const auto document =
        testing::plantChanges(prose, *model->tokenizer, 48, model->config().memory->segmentSize, kStates, seed);
    ASSERT_TRUE(document.ok()) << document.error().message;
    EventLog log;
    auto service = read(std::move(*model), *document, log);
    std::vector<std::int64_t> places;
    for (const PlantedFact& fact : document->states) places.push_back(segmentOf(fact));
    if (isKnown(*service, log, *document, places, m_segments - 1)) {
      ++known;
      planted += places.size() - 1;
      const auto timeline =
          log.wait<TimelineFinished>(*service->work(TimelineRequest{document->states.front().question, 0, 16}));
      ASSERT_TRUE(timeline);
      const auto& points = timeline->timeline.points;
      for (const std::size_t change : changePoints(timeline->timeline)) {
        const std::int64_t segment = points[change].segment;
        if (points[change - 1].segment < places.front()) continue;  // nothing was known before
        const bool near = std::any_of(places.begin() + 1, places.end(), [&](std::int64_t place) {
          return place <= segment && segment < place + kInterval;
        });
        EXPECT_TRUE(near) << "the answer changes at segment " << segment << ", where nothing does";
        found += near ? 1 : 0;
      }
    }
    auto back = EngineService::stop(std::move(service));
    ASSERT_TRUE(back);
    model = std::move(*back);
  }
  EXPECT_GE(known, kDocuments / 2);
  EXPECT_GE(found * 10, planted * 9);
  EXPECT_LE(found, planted);
}

}  // namespace
}  // namespace tidemark
