#include <QAbstractItemModelTester>
#include <QLocale>
#include <QSignalSpy>
#include <random>

#include "tests/ui/sessions/sessions_fixture.h"
#include "ui/sessions/bookmark_model.h"
#include "ui/sessions/document_list_model.h"
#include "ui/sessions/list_roles.h"
#include "ui/sessions/outline_model.h"
#include "ui/sessions/session_list_model.h"
#include "ui/sessions/session_table_model.h"
#include "ui/sessions/session_text.h"
#include "ui/sessions/trash_model.h"

namespace tidemark::ui {
namespace {

constexpr auto kFatal = QAbstractItemModelTester::FailureReportingMode::Fatal;

QStringList list(std::initializer_list<const char*> texts) {
  QStringList result;
  for (const char* text : texts) result << QString::fromUtf8(text);
  return result;
}

TEST(SessionListModel, SaysWhatEachSessionIs) {
  SessionListModel model;
  const QAbstractItemModelTester tester(&model, kFatal);
  SessionSummary unread = makeSession("new");
  unread.textBytes = 0;
  model.setSessions({makeSession("a", 9), makeSession("b", 0), makeSession("c", 3, false), unread, makeBroken("d")});
  EXPECT_EQ(columnOf(model), list({"a", "b", "c", "new", "d"}));
  EXPECT_EQ(columnOf(model, kSecondLineRole), list({"finished · 9 questions", "finished", "paused at 62 %",
                                                    "nothing read yet", "is empty, not a Tidemark session"}));
  EXPECT_EQ(columnOf(model, kPathRole).first(), pathOf("a"));
  EXPECT_TRUE(model.index(3).data(kProblemRole).toString().isEmpty());
  EXPECT_TRUE(model.index(4).data(kProblemRole).toString().startsWith(pathOf("d")));
  EXPECT_TRUE(model.index(4).data(Qt::AccessibleDescriptionRole).toString().startsWith(QStringLiteral("cannot be")));
}

TEST(SessionListModel, TheOpenOneHasALineOfItsOwn) {
  SessionListModel model;
  const QAbstractItemModelTester tester(&model, kFatal);
  model.setSessions({makeSession("a", 9), makeSession("b", 2)});
  QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
  model.setCurrentSession(pathOf("b"));
  model.setCurrentState(QStringLiteral("reading · 14 questions"));
  ASSERT_EQ(changed.count(), 2);
  EXPECT_EQ(changed.at(0).at(0).toModelIndex().row(), 1);
  EXPECT_FALSE(model.index(0).data(kCurrentRole).toBool());
  EXPECT_TRUE(model.index(1).data(kCurrentRole).toBool());
  EXPECT_EQ(columnOf(model, kSecondLineRole), list({"finished · 9 questions", "reading · 14 questions"}));
  model.setCurrentState(QStringLiteral("reading · 14 questions"));
  EXPECT_EQ(changed.count(), 2);
  model.setCurrentSession(pathOf("a"));
  EXPECT_EQ(columnOf(model, kSecondLineRole), list({"finished · 9 questions", "finished · 2 questions"}));
}

TEST(SessionListModel, SendsOnlyWhatChanged) {
  SessionListModel model;
  const QAbstractItemModelTester tester(&model, kFatal);
  model.setSessions({makeSession("a"), makeSession("b"), makeSession("c")});
  const QPersistentModelIndex kept = model.index(2);
  QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
  QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
  QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
  QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
  QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
  model.setSessions({makeSession("c"), makeSession("n"), makeSession("b", 5)});
  EXPECT_EQ(columnOf(model), list({"c", "n", "b"}));
  EXPECT_EQ(removed.count(), 1);
  EXPECT_EQ(inserted.count(), 1);
  EXPECT_EQ(moved.count(), 1);
  EXPECT_EQ(changed.count(), 1);
  EXPECT_EQ(reset.count(), 0);
  EXPECT_EQ(kept.row(), 0);
  EXPECT_EQ(kept.data().toString(), QStringLiteral("c"));
  model.setSessions({makeSession("c"), makeSession("n"), makeSession("b", 5)});
  EXPECT_EQ(changed.count() + moved.count() + inserted.count() + removed.count(), 4);
}

TEST(SessionListModel, AnySequenceOfListsEndsRight) {
  SessionListModel model;
  const QAbstractItemModelTester tester(&model, kFatal);
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::vector<SessionSummary> sessions;
    QStringList expected;
    for (unsigned i = random() % 8; i > 0; --i) {
      const std::string name(1, static_cast<char>('a' + random() % 10));  // the same one twice now and then
      sessions.push_back(makeSession(name, static_cast<std::int64_t>(random() % 3)));
      expected << QString::fromStdString(name);
    }
    std::vector<SessionSummary> copy = sessions;
    model.setSessions(std::move(copy));
    ASSERT_EQ(columnOf(model), expected);
    ASSERT_EQ(model.rows(), sessions);
  }
}

TEST(SessionListModel, EditingAsksAndChangesNothing) {
  SessionListModel model;
  const QAbstractItemModelTester tester(&model, kFatal);
  model.setSessions({makeSession("a")});
  QSignalSpy asked(&model, &SessionListModel::renameRequested);
  EXPECT_TRUE(model.index(0).flags().testFlag(Qt::ItemIsEditable));
  EXPECT_FALSE(model.setData(model.index(0), QStringLiteral(" b "), Qt::EditRole));
  for (const char* same : {"a", " a ", "", "  "}) {
    EXPECT_FALSE(model.setData(model.index(0), QString::fromUtf8(same), Qt::EditRole));
  }
  ASSERT_EQ(asked.count(), 1);
  EXPECT_EQ(asked.at(0).at(0).toString(), pathOf("a"));
  EXPECT_EQ(asked.at(0).at(1).toString(), QStringLiteral("b"));
  EXPECT_EQ(columnOf(model), list({"a"}));
}

TEST(SessionListModel, TipsShowFilesTextAsItIs) {
  SessionListModel model;
  SessionSummary session = makeSession("a");
  session.documents = {"<img src='x'>"};
  for (int i = 0; i < 7; ++i) session.documents.push_back("more");
  model.setSessions({session});
  const QString tip = model.index(0).data(Qt::ToolTipRole).toString();
  EXPECT_FALSE(tip.contains(QStringLiteral("<img")));
  EXPECT_TRUE(tip.contains(QStringLiteral("&lt;img")));
  EXPECT_TRUE(tip.contains(QStringLiteral("and 3 more")));
}

TEST(SessionText, PercentagesAreHonest) {
  const std::tuple<quint64, quint64, const char*> cases[] = {
      {0, 0, "0 %"},       {0, 10, "0 %"},        {1, 100000, "1 %"}, {62, 100, "62 %"},
      {629, 1000, "62 %"}, {9999, 10000, "99 %"}, {100, 100, "100 %"}};
  for (const auto& [part, whole, expected] : cases) {
    EXPECT_EQ(percentText(part, whole), QString::fromUtf8(expected)) << part << " of " << whole;
  }
}

TEST(DocumentListModel, SaysHowMuchOfEachIsRead) {
  DocumentListModel model;
  const QAbstractItemModelTester tester(&model, kFatal);
  const std::vector<DocumentRecord> documents = {makeDocument(1, "a", 0, 1000), makeDocument(2, "b", 1000, 3000),
                                                 makeDocument(3, "c", 3000, 3500)};
  model.setDocuments(documents, 1500);
  EXPECT_EQ(columnOf(model, kSecondLineRole),
            list({"1.0 kB · read", "2.0 kB · 25 % read", "500 bytes · not read yet"}));
  QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
  model.setDocuments(documents, 2000);
  ASSERT_EQ(changed.count(), 1);
  EXPECT_EQ(changed.at(0).at(0).toModelIndex().row(), 1);
  model.setCurrentByte(1000);
  EXPECT_TRUE(model.index(1).data(kCurrentRole).toBool());
  EXPECT_FALSE(model.index(0).data(kCurrentRole).toBool());
  EXPECT_EQ(changed.count(), 3);
  EXPECT_EQ(model.index(1).data(kByteRole).toULongLong(), 1000u);
  EXPECT_EQ(model.index(1).data(kIdRole).toLongLong(), 2);
}

TEST(DocumentListModel, SaysWhatADocumentIsWhatIsMissingAndWhatIsOnItsWay) {
  DocumentListModel model;
  const QAbstractItemModelTester tester(&model, kFatal);
  const std::vector<DocumentRecord> documents = {makeDocument(1, "scan.pdf", 0, 1000)};
  const std::vector<DocumentNote> notes = {
      {1, QStringLiteral("PDF · 9 pages"), QStringLiteral("3 of 9 pages are images"), QStringLiteral("details")}};
  model.setDocuments(documents, 1000, notes, ImportingDocument{QStringLiteral("/a/next.epub"), 40});
  EXPECT_EQ(columnOf(model, Qt::DisplayRole), list({"scan.pdf", "next.epub"}));
  EXPECT_EQ(columnOf(model, kSecondLineRole), list({"PDF · 9 pages · read", "taking the text out · 40 %"}));
  EXPECT_EQ(columnOf(model, kProblemRole), list({"3 of 9 pages are images", ""}));
  EXPECT_TRUE(model.index(0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("details")));
  EXPECT_TRUE(model.index(0).data(Qt::AccessibleDescriptionRole).toString().contains(QStringLiteral("3 of 9")));
  EXPECT_EQ(model.index(1).data(kByteRole).toULongLong(), 1000u);
  model.setDocuments(documents, 1000, notes, ImportingDocument{QStringLiteral("/a/next.epub"), -1});
  EXPECT_EQ(columnOf(model, kSecondLineRole).at(1), QStringLiteral("taking the text out…"));
  model.setDocuments(documents, 1000, notes);
  EXPECT_EQ(model.rowCount(), 1);
}

TEST(OutlineModel, TheLastHeadingBeforeTheReaderIsCurrent) {
  OutlineModel model;
  const QAbstractItemModelTester tester(&model, kFatal);
  EXPECT_FALSE(model.current().isValid());
  model.setOutline({{10, QStringLiteral("one"), 0},
                    {20, QStringLiteral("two"), 1, QStringLiteral("xii")},
                    {20, QStringLiteral("three"), 9}});
  EXPECT_EQ(model.index(0).data(Qt::AccessibleTextRole).toString(), QStringLiteral("one"));
  EXPECT_EQ(model.index(1).data(Qt::AccessibleTextRole).toString(), QStringLiteral("two, page xii"));
  EXPECT_FALSE(model.current().isValid());
  QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
  const std::pair<quint64, int> places[] = {{0, -1}, {9, -1}, {10, 0}, {19, 0}, {20, 2}, {99999, 2}, {10, 0}, {0, -1}};
  for (const auto& [byte, row] : places) {
    model.setCurrentByte(byte);
    EXPECT_EQ(model.current().row(), row) << byte;
  }
  EXPECT_EQ(changed.count(), 6);
  EXPECT_EQ(model.index(2).data(kIndentRole).toInt(), 4);
  model.setCurrentByte(15);
  model.setOutline({{1, QStringLiteral("other"), 0}, {14, QStringLiteral("here"), 0}});
  EXPECT_EQ(model.current().row(), 1);
  QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
  model.setOutline({{1, QStringLiteral("other"), 0}, {14, QStringLiteral("here"), 0}});
  EXPECT_EQ(reset.count(), 0);
  EXPECT_EQ(model.index(1).data(Qt::AccessibleTextRole).toString(), QStringLiteral("here, you are here"));
}

TEST(BookmarkModel, TellsThePlaceAndAsksForANewLabel) {
  BookmarkModel model;
  const QAbstractItemModelTester tester(&model, kFatal);
  model.setBookmarks({{4, 250, "the\nwhale", ""}, {2, 1500, "", ""}});
  EXPECT_EQ(columnOf(model), list({"the whale", "Bookmark"}));
  EXPECT_EQ(columnOf(model, kSecondLineRole), list({"", ""}));
  model.setDocuments({makeDocument(1, "a", 0, 1000)});
  EXPECT_EQ(columnOf(model, kSecondLineRole), list({"at 25 %", "at 100 %"}));
  model.setDocuments({makeDocument(1, "a", 0, 1000), makeDocument(2, "b", 1000, 2000)});
  EXPECT_EQ(columnOf(model, kSecondLineRole), list({"a · at 25 %", "b · at 50 %"}));
  QSignalSpy asked(&model, &BookmarkModel::renameRequested);
  EXPECT_FALSE(model.setData(model.index(0), QStringLiteral("the\nwhale"), Qt::EditRole));
  EXPECT_FALSE(model.setData(model.index(1), QStringLiteral("x"), Qt::EditRole));
  ASSERT_EQ(asked.count(), 1);
  EXPECT_EQ(asked.at(0).at(0).toLongLong(), 2);
  EXPECT_EQ(asked.at(0).at(1).toString(), QStringLiteral("x"));
  const QPersistentModelIndex kept = model.index(1);
  model.setBookmarks({{2, 1500, "x", ""}});
  EXPECT_EQ(kept.row(), 0);
}

TEST(SessionTableModel, EveryColumnHasTextAndOrder) {
  SessionTableModel model;
  const QAbstractItemModelTester tester(&model, kFatal);
  model.setSessions({makeSession("a", 1200, false), makeBroken("b")});
  model.setCurrentSession(pathOf("a"));
  const QStringList expected = list({"a (open)", "a.txt", "18 MB", "*", "62 %", "367", "1,200"});
  const QLocale before;
  QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
  for (int column = 0; column < SessionTableModel::kColumns; ++column) {
    const QModelIndex cell = model.index(0, column);
    if (column != SessionTableModel::kLastUse) {
      EXPECT_EQ(cell.data().toString(), expected[column]) << column;
    }
    EXPECT_TRUE(cell.data(kSortRole).isValid()) << column;
    EXPECT_FALSE(model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty()) << column;
  }
  QLocale::setDefault(before);
  EXPECT_EQ(model.index(0, 0).data(Qt::EditRole).toString(), QStringLiteral("a"));
  EXPECT_TRUE(model.index(1, SessionTableModel::kDocuments).data().toString().contains(QStringLiteral("is empty")));
  EXPECT_EQ(model.index(1, SessionTableModel::kSegments).data().toString(), QString());
  EXPECT_TRUE(model.index(0, 0).flags().testFlag(Qt::ItemIsEditable));
  EXPECT_FALSE(model.index(0, 1).flags().testFlag(Qt::ItemIsEditable));
}

TEST(TrashModel, ListsWhatWasThrownAway) {
  TrashModel model;
  const QAbstractItemModelTester tester(&model, kFatal);
  model.setTrash({{"/books/.trash/x-0/a.tidemark", "a", std::chrono::system_clock::time_point(), 5}});
  EXPECT_EQ(columnOf(model), list({"a"}));
  EXPECT_EQ(columnOf(model, kPathRole), list({"/books/.trash/x-0/a.tidemark"}));
  model.setTrash({});
  EXPECT_EQ(model.rowCount(), 0);
}

}  // namespace
}  // namespace tidemark::ui
