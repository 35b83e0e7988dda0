#include "ui/shell/about_dialog.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSysInfo>
#include <QTextBrowser>
#include <QVBoxLayout>

#include "ui/shell/used_libraries.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

constexpr int kIcon = 64;

QString versionText(const AboutInfo& info) {
  return info.commit.isEmpty() ? AboutDialog::tr("Version %1").arg(info.version)
                               : AboutDialog::tr("Version %1 (%2)").arg(info.version, info.commit);
}

QString systemText() {
  return AboutDialog::tr("Qt %1 on %2, %3")
      .arg(QString::fromLatin1(qVersion()), QSysInfo::prettyProductName(), QSysInfo::currentCpuArchitecture());
}

QString detailsHtml(const AboutInfo& info) {
  QString html = QStringLiteral("<p><b>%1</b></p><ul>").arg(AboutDialog::tr("This build").toHtmlEscaped());
  for (const QString& feature : info.features) html += QStringLiteral("<li>%1</li>").arg(feature.toHtmlEscaped());
  html += QStringLiteral("<li>%1</li></ul>").arg(systemText().toHtmlEscaped());
  html += QStringLiteral("<p><b>%1</b></p><ul>").arg(AboutDialog::tr("Libraries").toHtmlEscaped());
  for (const LibraryInfo& library : usedLibraries()) {
    const QString version = library.version.isEmpty() ? QString() : QLatin1Char(' ') + library.version.toHtmlEscaped();
    html += QStringLiteral("<li><a href=\"%1\">%2</a>%3: %4</li>")
                .arg(library.address.toHtmlEscaped(), library.name.toHtmlEscaped(), version,
                     library.licence.toHtmlEscaped());
  }
  return html + QStringLiteral("</ul>");
}

}  // namespace

QString aboutText(const AboutInfo& info) {
  QStringList lines{QStringLiteral("Tidemark"), versionText(info), systemText()};
  for (const QString& feature : info.features) lines += feature;
  for (const LibraryInfo& library : usedLibraries()) {
    QStringList parts{library.name};
    if (!library.version.isEmpty()) parts += library.version;
    lines += QStringLiteral("%1: %2 (%3)").arg(parts.join(QLatin1Char(' ')), library.licence, library.address);
  }
  return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

AboutDialog::AboutDialog(const AboutInfo& info, QWidget* parent) : QDialog(parent), m_name(new QLabel(tr("Tidemark"))) {
  setWindowTitle(tr("About Tidemark"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(24, 24, 24, 16);
  layout->setSpacing(12);
  auto* head = new QHBoxLayout;
  head->setSpacing(16);
  auto* icon = new QLabel;
  icon->setPixmap(themedIcon(QStringLiteral("tidemark")).pixmap(QSize(kIcon, kIcon), devicePixelRatioF()));
  icon->setAccessibleName(tr("Tidemark"));
  head->addWidget(icon, 0, Qt::AlignTop);
  auto* titles = new QVBoxLayout;
  titles->setSpacing(4);
  updateFont();
  auto* version = new QLabel(versionText(info));
  version->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  version->setForegroundRole(QPalette::PlaceholderText);
  auto* purpose = new QLabel(
      tr("Reads documents of any length with a memory of constant size, and answers questions about them on this "
         "computer. Apache License 2.0."));
  purpose->setWordWrap(true);
  for (QLabel* label : {m_name, version, purpose}) titles->addWidget(label);
  head->addLayout(titles, 1);
  layout->addLayout(head);

  auto* details = new QTextBrowser;
  details->setHtml(detailsHtml(info));
  details->setOpenExternalLinks(true);
  details->setAccessibleName(tr("Build and libraries"));
  details->setAccessibleDescription(tr("Features of this build, and the licences of the libraries in it"));
  layout->addWidget(details, 1);

  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  QPushButton* copy = buttons->addButton(tr("&Copy"), QDialogButtonBox::ActionRole);
  copy->setAutoDefault(false);
  copy->setAccessibleDescription(tr("Copies all of this as text, for a bug report"));
  layout->addWidget(buttons);
  buttons->button(QDialogButtonBox::Close)->setFocus();
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(copy, &QPushButton::clicked, this, [info] { QApplication::clipboard()->setText(aboutText(info)); });
  resize(fontMetrics().averageCharWidth() * 76, fontMetrics().height() * 28);
}

void AboutDialog::updateFont() {
  QFont large = font();
  large.setPointSizeF(font().pointSizeF() * 1.6);
  large.setWeight(QFont::DemiBold);
  m_name->setFont(large);
}

void AboutDialog::changeEvent(QEvent* event) {
  QDialog::changeEvent(event);
  if (event->type() == QEvent::FontChange) updateFont();
}

}  // namespace tidemark::ui
