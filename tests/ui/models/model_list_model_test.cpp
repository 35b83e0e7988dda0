#include "ui/models/model_list_model.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include "ui/sessions/list_roles.h"

namespace tidemark::ui {
namespace {

ModelRow row(const char* path, CheckState check = CheckState::kNotChecked, const char* inShort = "") {
  return {QString::fromUtf8(path),   QString::fromUtf8(path).section(QLatin1Char('/'), -1), false, false, check,
          QString::fromUtf8(inShort)};
}

TEST(ModelListModel, SaysWhatIsKnownOfEach) {
  ModelListModel model;
  const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  ModelRow builtin = row("/usr/mini");
  builtin.isBuiltin = builtin.isDefault = true;
  model.setModels({builtin, row("/m/a", CheckState::kChecking), row("/m/b", CheckState::kGood, "Llama · 5 parameters"),
                   row("/m/c", CheckState::kBad, "there is no config.json")});
  const auto second = [&](int at) { return model.index(at).data(kSecondLineRole).toString(); };
  EXPECT_EQ(second(0), QStringLiteral("default · comes with the program"));
  EXPECT_EQ(second(1), QStringLiteral("Checking …"));
  EXPECT_EQ(second(2), QStringLiteral("Llama · 5 parameters"));
  EXPECT_EQ(second(3), QStringLiteral("there is no config.json"));
  EXPECT_TRUE(model.index(2).data(kProblemRole).toString().isEmpty());
  EXPECT_FALSE(model.index(3).data(kProblemRole).toString().isEmpty());
  EXPECT_TRUE(model.index(0).data(kCurrentRole).toBool());
  EXPECT_EQ(model.index(1).data(kPathRole).toString(), QStringLiteral("/m/a"));
  EXPECT_TRUE(model.index(3).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("config.json")));
}

TEST(ModelListModel, NewContentsKeepTheRowsThatStay) {
  ModelListModel model;
  const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  model.setModels({row("/m/a"), row("/m/b"), row("/m/c")});
  const QPersistentModelIndex c = model.index(2);
  QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
  model.setModels({row("/m/c", CheckState::kGood, "x"), row("/m/d"), row("/m/a")});
  EXPECT_EQ(reset.count(), 0);
  EXPECT_EQ(c.row(), 0);
  EXPECT_EQ(c.data(kSecondLineRole).toString(), QStringLiteral("x"));
  EXPECT_EQ(model.rowOf(QStringLiteral("/m/d")), 1);
  EXPECT_EQ(model.rowOf(QStringLiteral("/m/b")), -1);
  model.setModels({});
  EXPECT_FALSE(c.isValid());
}

}  // namespace
}  // namespace tidemark::ui
