#pragma once
// Whether every text of a window has room for what it says; and pictures of it, for people to look at.

#include <gtest/gtest.h>

#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QTest>

namespace tidemark::ui {

/// Nothing happens unless TM_PICTURES names a folder.
inline void keepPicture(QWidget& window, const QString& name) {
  const QString folder = qEnvironmentVariable("TM_PICTURES");
  if (folder.isEmpty()) return;
  QTest::qWait(50);
  QDir().mkpath(folder);
  window.grab().save(QStringLiteral("%1/%2.png").arg(folder, name));
}

inline void expectNoTextIsCut(const QWidget& window, const char* where) {
  QTest::qWait(20);
  for (const QPushButton* each : window.findChildren<QPushButton*>()) {
    if (!each->isVisible()) continue;
    EXPECT_GE(each->width(), each->sizeHint().width()) << where << ": " << each->text().toStdString();
  }
  for (const QLabel* each : window.findChildren<QLabel*>()) {
    if (!each->isVisible() || each->text().isEmpty()) continue;
    const int needed = each->wordWrap() ? each->heightForWidth(each->width()) : each->sizeHint().height();
    EXPECT_GE(each->height(), needed) << where << ": " << each->text().toStdString();
    const int widest = each->wordWrap() ? 0 : each->sizeHint().width();
    EXPECT_GE(each->width(), widest) << where << ": " << each->text().toStdString();
  }
}

}  // namespace tidemark::ui
