// A QApplication for the tests of the window. The platform is chosen here, because test discovery ignores environments.

#include <gtest/gtest.h>

#include <QApplication>

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  QApplication::setOrganizationName(QStringLiteral("TidemarkTest"));
  QApplication::setApplicationName(QStringLiteral("tidemark-test"));
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
