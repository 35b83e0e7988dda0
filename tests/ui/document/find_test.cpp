#include <gtest/gtest.h>

#include <QSignalSpy>

#include "document_fixture.h"
#include "ui/document/find_session.h"
#include "ui/document/search_runner.h"
#include "ui/document/text_search.h"

namespace tidemark::ui {
namespace {

std::vector<ByteRange> search(const DocumentText& text, const SearchQuery& query, std::size_t limit = kMostMatches) {
  std::vector<ByteRange> matches;
  searchText(
      text, query, {}, [&](std::vector<ByteRange> batch) { matches.insert(matches.end(), batch.begin(), batch.end()); },
      limit);
  return matches;
}

/// What QString finds in the whole text at once.
std::vector<ByteRange> naiveSearch(const std::string& bytes, const SearchQuery& query) {
  const QString text = QString::fromStdString(bytes);
  const auto caseOf = query.matchCase ? Qt::CaseSensitive : Qt::CaseInsensitive;
  const auto isWord = [](char32_t c) { return c == U'_' || QChar::isLetterOrNumber(c) || QChar::isMark(c); };
  std::vector<ByteRange> matches;
  for (qsizetype at = text.indexOf(query.needle, 0, caseOf); at >= 0;) {
    const qsizetype end = at + query.needle.size();
    bool good = true;
    if (query.wholeWords) {
      const auto before = text.left(at).toUcs4();
      const auto behind = text.mid(end, 2).toUcs4();
      const auto needle = query.needle.toUcs4();
      if (!before.isEmpty() && isWord(before.back()) && isWord(needle.front())) good = false;
      if (!behind.isEmpty() && isWord(behind.front()) && isWord(needle.back())) good = false;
    }
    if (good) {
      const auto begin = static_cast<std::uint64_t>(text.left(at).toUtf8().size());
      matches.push_back({begin, begin + static_cast<std::uint64_t>(text.mid(at, end - at).toUtf8().size())});
    }
    at = text.indexOf(query.needle, good ? end : at + 1, caseOf);
  }
  return matches;
}

TEST(TextSearch, FindsWhatANaiveSearchFinds) {
  const QStringList needles{QStringLiteral("a"),
                            QStringLiteral("s"),
                            QStringLiteral("K"),
                            QStringLiteral("ks"),
                            QStringLiteral("é"),
                            QStringLiteral("Ж"),
                            QStringLiteral("語"),
                            QStringLiteral("ea e"),
                            QStringLiteral("aa"),
                            QStringLiteral("bn "),
                            QStringLiteral("ß"),
                            QStringLiteral("ſ"),
                            QString::fromUtf8("\U0001D49C")};
  for (unsigned seed = 0; seed < 4; ++seed) {
    const std::string bytes = randomText(6000, seed);
    const DocumentText text = makeText(bytes, 700);
    for (const QString& needle : needles) {
      for (const bool matchCase : {false, true}) {
        for (const bool wholeWords : {false, true}) {
          const SearchQuery query{needle, matchCase, wholeWords};
          EXPECT_EQ(search(text, query), naiveSearch(bytes, query))
              << seed << needle.toStdString() << matchCase << wholeWords;
        }
      }
    }
  }
}

TEST(TextSearch, FindsMatchesAcrossEveryBorder) {
  // Pieces are 8 to 16 KiB, windows of the search 256 KiB: a long text whose only matches sit on the borders.
  std::string bytes(600000, 'x');
  const std::string needle = "Grüße";
  std::vector<ByteRange> expected;
  for (const std::size_t at : {8190u, 262139u, 262141u + 9000u, 524285u, 599990u}) {
    bytes.replace(at, needle.size(), needle);
    expected.push_back({at, at + needle.size()});
  }
  const DocumentText text = makeText(bytes, 8192);
  ASSERT_GT(text.pieces().size(), 30u);
  for (const bool matchCase : {false, true}) {
    EXPECT_EQ(search(text, {QString::fromStdString(needle), matchCase, false}), expected);
  }
  EXPECT_TRUE(search(text, {QString::fromStdString(needle), false, true}).empty());
}

TEST(TextSearch, EveryShiftAtAWindowBorder) {
  for (std::size_t shift = 0; shift < 12; ++shift) {
    std::string bytes(262144 + 100, ' ');
    const std::size_t at = 262144 - shift;
    bytes.replace(at, 11, "hello world");
    const DocumentText text = makeText(bytes);
    for (const bool wholeWords : {false, true}) {
      EXPECT_EQ(search(text, {QStringLiteral("HELLO World"), false, wholeWords}),
                (std::vector<ByteRange>{{at, at + 11}}))
          << shift;
    }
  }
}

TEST(TextSearch, MatchesDoNotOverlap) {
  const DocumentText text = makeText(std::string(600001, 'a'), 8192);
  const auto matches = search(text, {QStringLiteral("aa"), false, false});
  EXPECT_EQ(matches.size(), 300000u);
  for (std::size_t i = 0; i < matches.size(); ++i) ASSERT_EQ(matches[i].begin, 2 * i);
}

TEST(TextSearch, StopsAtTheLimitAndWhenAsked) {
  const DocumentText text = makeText(std::string(5000, 'a'));
  EXPECT_EQ(search(text, {QStringLiteral("a"), true, false}, 100).size(), 100u);
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(searchText(text, {QStringLiteral("a"), true, false}, source.get_token(), [](auto) { FAIL(); }),
            SearchEnd::kStopped);
}

TEST(SearchRunner, DropsWhatAnOlderSearchFound) {
  const DocumentText text = makeText(randomText(3000000, 5) + "needle");
  SearchRunner runner;
  std::vector<ByteRange> matches;
  QObject::connect(&runner, &SearchRunner::matchesFound, &runner, [&](const std::vector<ByteRange>& found) {
    matches.insert(matches.end(), found.begin(), found.end());
  });
  QSignalSpy finished(&runner, &SearchRunner::finished);
  runner.start(text, {QStringLiteral("e"), false, false});
  runner.start(text, {QStringLiteral("needle"), false, false});
  ASSERT_TRUE(finished.wait(10000));
  EXPECT_EQ(matches, search(text, {QStringLiteral("needle"), false, false}));
  EXPECT_EQ(finished.size(), 1);
  EXPECT_FALSE(finished[0][0].toBool());
  runner.start(text, {QStringLiteral("e"), false, false});
  runner.stop();
  EXPECT_FALSE(finished.wait(100));
}

TEST(FindSession, TheFirstMatchIsTheOneBehindTheReader) {
  FindSession session;
  session.begin(100);
  const std::vector<ByteRange> early{{10, 12}, {50, 52}};
  const std::vector<ByteRange> late{{100, 102}, {200, 202}};
  EXPECT_FALSE(session.append(early));
  EXPECT_FALSE(session.current());
  EXPECT_TRUE(session.append(late));
  EXPECT_EQ(session.current(), 2u);
  EXPECT_FALSE(session.finish(false));
  session.next();
  EXPECT_EQ(session.current(), 3u);
  session.next();
  EXPECT_EQ(session.current(), 0u) << "wraps around";
  session.previous();
  EXPECT_EQ(session.current(), 3u);
}

TEST(FindSession, WrapsToTheStartIfNothingIsBehindTheReader) {
  FindSession session;
  session.begin(100);
  session.append(std::vector<ByteRange>{{10, 12}});
  EXPECT_TRUE(session.isRunning());
  EXPECT_TRUE(session.finish(true));
  EXPECT_EQ(session.current(), 0u);
  EXPECT_TRUE(session.isLimited());
  session.begin(0);
  session.next();
  session.previous();
  EXPECT_FALSE(session.current());
}

}  // namespace
}  // namespace tidemark::ui
