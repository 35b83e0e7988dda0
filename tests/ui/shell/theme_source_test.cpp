#include "ui/shell/theme_source.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>
#if __has_include(<QDBusVariant>)
#include <QDBusVariant>
#endif

namespace tidemark::ui {
namespace {

TEST(ThemeSource, UnderstandsTheAnswerOfThePortal) {
  EXPECT_EQ(darkFromPortal(1U, false), true);
  EXPECT_EQ(darkFromPortal(2U, true), false);
  EXPECT_EQ(darkFromPortal(0U, true), true);
  EXPECT_EQ(darkFromPortal(0U, false), false);
  EXPECT_EQ(darkFromPortal(3U, true), std::nullopt);
  EXPECT_EQ(darkFromPortal(QStringLiteral("dark"), true), std::nullopt);
  EXPECT_EQ(darkFromPortal({}, true), std::nullopt);
#if __has_include(<QDBusVariant>)
  const auto wrapped = QVariant::fromValue(QDBusVariant(QVariant::fromValue(QDBusVariant(1U))));
  EXPECT_EQ(darkFromPortal(wrapped, false), true);
#endif
}

TEST(ThemeSource, WithoutADesktopTheFirstAnswerStays) {
  qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
  ThemeSource source(true);
  QSignalSpy changed(&source, &ThemeSource::darkChanged);
  source.askDesktop();
  source.askDesktop();
  QTest::qWait(50);
  EXPECT_TRUE(source.isDark());
  EXPECT_EQ(changed.count(), 0);
}

}  // namespace
}  // namespace tidemark::ui
