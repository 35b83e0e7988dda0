// Starts the window, does the main job and writes the pictures that the README shows:
//   screenshots FOLDER [light|dark] [documents|memory]    only those of files and pages, or of what memory is
// TM_FONT_PERCENT and TM_LANGUAGE (en, de) make pictures that are only looked at.
// Needs a display (./dev screenshots starts Xvfb). What is seen is what the platform shows, menus and all.

#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QPainter>
#include <QPdfWriter>
#include <QScreen>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QUrl>
#include <QWindow>
#include <cstdio>
#include <iterator>
#include <memory>

#include "engine/service/session_host.h"
#include "ui/chat/question_panel.h"
#include "ui/document/document_panel.h"
#include "ui/memory/diff_panel.h"
#include "ui/memory/recall_panel.h"
#include "ui/memory/segment_chart.h"
#include "ui/pages/page_panel.h"
#include "ui/reading/reading_list_page.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/preferences_dialog.h"
#include "ui/shell/settings.h"
#include "ui/timeline/timeline_panel.h"
#include "ui/timeline/timeline_view.h"
#include "ui/wavefront/wavefront_panel.h"
#include "ui/window/main_window.h"

namespace {

using namespace tidemark;
using namespace tidemark::ui;

std::filesystem::path resource(const char* name) {
  return std::filesystem::path(TM_SOURCE_DIR) / "resources" / name;
}

/// Files of several kinds, made from a text that comes with the program.
struct SampleDocuments {
  SampleDocuments(const QString& path, const std::filesystem::path& text) {
    QDir().mkpath(path);
    QFile source(QString::fromStdString(text.string()));
    const QString words = source.open(QIODevice::ReadOnly) ? QString::fromUtf8(source.readAll()) : QString();
    book = path + QStringLiteral("/The Whale.pdf");
    scan = path + QStringLiteral("/Ship's log, scanned.pdf");
    notes = path + QStringLiteral("/Notes.txt");
    broken = path + QStringLiteral("/Letters.epub");
    writeBook(words);
    writeScan();
    write(notes, words.toUtf8());
    write(broken, QByteArray("PK\3\4 this is no archive, whatever it is called"));
  }

  QString book;
  QString scan;
  QString notes;
  QString broken;

 private:
  static void write(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    if (file.open(QIODevice::WriteOnly)) file.write(bytes);
  }
  void writeBook(const QString& words) const {
    QPdfWriter pdf(book);
    // Drawn in 96ths of an inch, placed as finely as other programs do.
    constexpr int kDotsPerInch = 1200;
    constexpr double kScale = kDotsPerInch / 96.0;
    pdf.setResolution(kDotsPerInch);
    pdf.setTitle(QStringLiteral("The Whale"));
    QPainter painter(&pdf);
    painter.scale(kScale, kScale);
    const QRect area(0, 0, static_cast<int>(pdf.width() / kScale), static_cast<int>(pdf.height() / kScale));
    const auto useFont = [&painter](int points, QFont::Weight weight) {
      QFont font(QStringLiteral("DejaVu Serif"), points, weight);
      font.setPixelSize(points * 96 / 72);  // a size in points would be scaled twice
      painter.setFont(font);
    };
    qsizetype at = 0;
    for (int page = 0; page < 12; ++page) {
      if (page > 0) pdf.newPage();
      const char* const titles[] = {"Chapter 1. The Counterpane",
                                    "",
                                    "",
                                    "Chapter 2. Breakfast",
                                    "",
                                    "",
                                    "",
                                    "",
                                    "Chapter 3. The Street",
                                    "",
                                    "",
                                    ""};
      useFont(18, QFont::Bold);
      painter.drawText(area.adjusted(60, 60, -60, 0), Qt::AlignHCenter, QString::fromLatin1(titles[page]));
      useFont(11, QFont::Normal);
      const qsizetype end = words.indexOf(QLatin1Char(' '), std::min(at + words.size() / 12, words.size() - 1));
      const QString body = words.mid(at, end < 0 ? -1 : end - at).simplified();
      at = end < 0 ? words.size() : end;
      painter.drawText(area.adjusted(60, 130, -60, -60), Qt::TextWordWrap | Qt::AlignJustify, body);
      useFont(9, QFont::Normal);
      painter.drawText(area.adjusted(0, 0, 0, -20), Qt::AlignHCenter | Qt::AlignBottom, QString::number(page + 1));
    }
  }
  void writeScan() const {
    QPdfWriter pdf(scan);
    pdf.setResolution(96);
    QPainter painter(&pdf);
    QImage paper(400, 560, QImage::Format_RGB32);
    for (int page = 0; page < 9; ++page) {
      if (page > 0) pdf.newPage();
      paper.fill(QColor(240, 232 - page, 214));
      if (page > 0) {
        painter.drawImage(QRect(0, 0, pdf.width(), pdf.height()), paper);
      } else {
        painter.drawText(QRect(100, 100, pdf.width() - 200, 200), QStringLiteral("Log of the Meridian, first volume"));
      }
    }
  }
};

class Photographer {
 public:
  Photographer(QDir folder, QString theme) : m_folder(std::move(folder)), m_theme(std::move(theme)) {
    m_context.makeEngine = [](NoticeSink sink) { return std::make_unique<SessionHost>(std::move(sink)); };
    m_context.builtinModel = resource("models/mini");
    m_context.samples = resource("samples");
    m_context.settingsPath = m_private.filePath(QStringLiteral("settings.ini"));
    m_context.statePath = m_private.filePath(QStringLiteral("window.ini"));
    m_context.version = QStringLiteral(TM_VERSION);
    Settings settings;
    settings.fontPercent = qEnvironmentVariableIntValue("TM_FONT_PERCENT") > 0
                               ? qEnvironmentVariableIntValue("TM_FONT_PERCENT")
                               : settings.fontPercent;
    settings.sessionsFolder = m_private.filePath(QStringLiteral("sessions"));
    settings.theme = m_theme == QStringLiteral("dark") ? ThemeChoice::kDark : ThemeChoice::kLight;
    (void)saveSettings(m_context.settingsPath, settings);
    m_window = std::make_unique<MainWindow>(m_context);
    m_window->resize(1600, 1000);
    m_window->move(0, 0);
    m_window->show();
    (void)QTest::qWaitForWindowExposed(m_window.get());
    m_window->activateWindow();
  }

  void work() {
    take("welcome");
    readSample();
    ask({"Where was Mary born?", "What is the favorite color of Charles?", "Where is Daniel?"});
    m_window->documentPanel().goToByte(5'200, false);
    take("answering");
    m_window->session().pauseReading();
    memory();
    readBook();
    playBack();
    palette();
    preferences();
    sessions();
    drop();
    about();
    shortcuts();
    closeDialogs();
  }

  /// What can be learned of a memory.
  void memoryOnly() {
    readSample();
    ask({"Where was Mary born?", "What is the favorite color of Charles?", "Where is Daniel?"});
    memory();
  }

  /// A PDF of a few chapters, a scan, a text and a file that is none.
  void documents() {
    const SampleDocuments files(m_private.filePath(QStringLiteral("files")), resource("samples/tavern-night.txt"));
    m_window->openFiles({files.book, files.scan, files.notes, files.broken});
    (void)QTest::qWaitFor([&] { return m_window->readingList().model().isSettled(); }, 60'000);
    take("reading-list");
    m_window->session().cancelChoice();
    m_window->openFiles({files.book});
    (void)waitFor(ReadingState::kFinished);
    ask({"What is the favorite color of Charles?", "Where was Mary born?"});
    // The answer says by itself where it was read; the picture shows the first place.
    const auto hasEvidence = [&] {
      const auto exchanges = m_window->questionPanel().exchanges();
      return !exchanges.empty() && !exchanges.back().evidence.empty();
    };
    if (QTest::qWaitFor(hasEvidence, 20'000)) {
      const Exchange answered = m_window->questionPanel().exchanges().back();
      Q_EMIT m_window->questionPanel().exchangeSelected(answered.questionId);
      Q_EMIT m_window->questionPanel().evidenceActivated(answered.evidence.front());
    } else {
      std::puts("the answer has no evidence");
    }
    QTest::qWait(1500);
    take("pages");
    m_window->pagePanel().view().setDarkPages(true);
    m_window->pagePanel().view().setZoom({PageFit::kPage, 1});
    QTest::qWait(1000);
    take("pages-dark-paper");
  }

 private:
  [[nodiscard]] bool waitFor(ReadingState state) {
    return QTest::qWaitFor([&] { return m_window->session().facts().state == state; }, 120'000);
  }

  void take(const char* name) {
    QTest::qWait(500);
    const QString path = m_folder.filePath(QStringLiteral("%1-%2.png").arg(QString::fromLatin1(name), m_theme));
    // The whole screen: also what lies above the window.
    const QPixmap picture =
        QGuiApplication::primaryScreen()->grabWindow(0, 0, 0, m_window->width(), m_window->height());
    const bool written = picture.save(path);
    std::printf("%s%s\n", path.toLocal8Bit().constData(), written ? "" : " could not be written");
  }

  void readSample() {
    m_window->actions().trySample->trigger();
    (void)waitFor(ReadingState::kFinished);
  }

  void ask(std::initializer_list<const char*> questions) {
    std::size_t count = 0;
    for (const char* question : questions) {
      Q_EMIT m_window->questionPanel().askRequested(QString::fromLatin1(question), std::nullopt);
      ++count;
      (void)QTest::qWaitFor(
          [&] {
            const auto all = m_window->questionPanel().exchanges();
            return all.size() == count && all.back().state == QuestionState::kDone;
          },
          60'000);
    }
  }

  /// One question at many places of the sample, and what a rewind says before it happens.
  void memory() {
    const QString draft = m_window->questionPanel().draft();
    m_window->questionPanel().setDraft(QStringLiteral("Where is Daniel?"));
    m_window->actions().askAlong->trigger();
    const auto isAsked = [&] {
      const AnswerTimeline& shown = m_window->timelinePanel().view().timeline();
      return shown.id != 0 && shown.state == QuestionState::kDone;
    };
    (void)QTest::qWaitFor(isAsked, 60'000);
    m_window->questionPanel().setDraft(draft);
    m_window->timelinePanel().view().setCurrentAnswer(m_window->timelinePanel().view().timeline().answers.size() / 2);
    m_window->timelinePanel().view().activateCurrent();
    take("along-the-document");
    m_window->actions().rewindHere->trigger();
    take("rewind");
    m_window->messageBar().dismissCurrent();
    compare();
    measure();
    m_window->actions().showWavefront->trigger();
  }

  /// The sample beside another edition of itself, in which somebody was born elsewhere.
  void compare() {
    const QString sample = m_window->session().facts().path;
    QFile source(QString::fromStdString(resource("samples/tavern-night.txt").string()));
    QByteArray words = source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
    words.replace("Mary was born in Geneva", "Mary was born in Lisbon");
    const QString edition = m_private.filePath(QStringLiteral("tavern-night, second edition.txt"));
    QFile changed(edition);
    if (changed.open(QIODevice::WriteOnly)) changed.write(words);
    changed.close();
    m_window->openFiles({edition});
    const auto isOther = [&] {
      const SessionFacts& facts = m_window->session().facts();
      return facts.path != sample && facts.state == ReadingState::kFinished;
    };
    (void)QTest::qWaitFor(isOther, 60'000);
    const QString other = m_window->session().facts().path;
    m_window->session().openSession(sample);
    (void)waitFor(ReadingState::kFinished);
    m_window->actions().compareMemories->trigger();
    DiffPanel& panel = m_window->diffPanel();
    panel.findChild<QCheckBox*>()->setChecked(true);
    (void)QTest::qWaitFor([&] { return panel.choose(std::nullopt, other); }, 10'000);  // once the list knows it
    take("compare-memories-empty");
    Q_EMIT panel.compareRequested();
    (void)QTest::qWaitFor([&] { return panel.result().has_value(); }, 60'000);
    panel.segments().setCurrent(2);
    panel.segments().activateCurrent();
    m_window->messageBar().dismissCurrent();
    take("compare-memories");
  }

  void measure() {
    m_window->actions().measureRecall->trigger();
    take("recall-empty");
    RecallPanel& panel = m_window->recallPanel();
    Q_EMIT panel.measureRequested();
    (void)QTest::qWaitFor([&] { return panel.result().has_value(); }, 60'000);
    panel.table().selectRow(2);
    Q_EMIT panel.table().activated(panel.table().model()->index(2, 0));
    take("recall");
  }

  void readBook() {
    m_window->openFiles({QString::fromStdString(resource("samples/moby-dick.txt").string())});
    (void)QTest::qWaitFor([&] { return m_window->session().segments().size() > 1400; }, 120'000);
    m_window->actions().pause->trigger();  // held still for the picture
    (void)waitFor(ReadingState::kPaused);
    m_window->actions().read->trigger();
    (void)waitFor(ReadingState::kReading);
    QTest::qWait(150);
    take("reading");
    (void)waitFor(ReadingState::kFinished);
  }

  void playBack() {
    for (QAction* action : m_window->wavefrontPanel().commandActions()) {
      if (action->objectName() == QStringLiteral("wavefrontPlay")) action->trigger();
    }
    QTest::qWait(1200);
    take("playback");
  }

  void palette() {
    m_window->actions().commandPalette->trigger();
    take("palette");
    m_window->findChild<CommandPalette*>()->closePalette();
  }

  void closeDialogs() {
    for (QWidget* top : QApplication::topLevelWidgets()) {
      if (top != m_window.get() && top->isVisible()) top->close();
    }
  }

  void preferences() {
    m_window->actions().preferences->trigger();
    auto* dialog = m_window->findChild<PreferencesDialog*>();
    if (dialog == nullptr) return;
    const char* const names[] = {"preferences", "preferences-reading", "preferences-appearance", "preferences-sessions",
                                 "preferences-accessibility"};
    for (int page = 0; page < static_cast<int>(std::size(names)); ++page) {
      dialog->showPage(static_cast<PreferencesDialog::Page>(page));
      take(names[page]);
    }
    closeDialogs();
  }

  void sessions() {
    m_window->actions().browseSessions->trigger();
    take("sessions");
    closeDialogs();
  }

  void drop() {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QStringLiteral("/tmp/book.txt"))});
    QDragEnterEvent enter(m_window->rect().center(), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window->windowHandle(), &enter);
    take("drop");
    QDragLeaveEvent leave;
    QApplication::sendEvent(m_window->windowHandle(), &leave);
  }

  void about() {
    m_window->actions().about->trigger();
    take("about");
    closeDialogs();
  }

  void shortcuts() {
    m_window->actions().shortcuts->trigger();
    take("shortcuts");
  }

  QDir m_folder;
  QString m_theme;
  QTemporaryDir m_private;
  WindowContext m_context;
  std::unique_ptr<MainWindow> m_window;
};

}  // namespace

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  QTranslator plurals;
  const QString language = qEnvironmentVariable("TM_LANGUAGE", QStringLiteral("en"));
  if (plurals.load(QStringLiteral(":/i18n/tidemark_%1.qm").arg(language))) QApplication::installTranslator(&plurals);
  const QStringList arguments = QApplication::arguments();
  if (arguments.size() < 2) {
    std::fputs("usage: screenshots FOLDER [light|dark] [documents|memory]\n", stderr);
    return 2;
  }
  const QDir folder(arguments[1]);
  if (!folder.mkpath(QStringLiteral("."))) {
    std::fputs("the folder for the pictures could not be made\n", stderr);
    return 1;
  }
  Photographer photographer(folder, arguments.value(2, QStringLiteral("light")));
  const QString part = arguments.value(3);
  if (part == QStringLiteral("memory")) {
    photographer.memoryOnly();
    return 0;
  }
  if (part != QStringLiteral("documents")) photographer.work();
  photographer.documents();
  return 0;
}
