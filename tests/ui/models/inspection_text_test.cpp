#include "ui/models/inspection_text.h"

#include <gtest/gtest.h>

#include <QLocale>
#include <algorithm>

namespace tidemark::ui {
namespace {

class InspectionTextTest : public ::testing::Test {
 protected:
  void SetUp() override {
    QLocale::setDefault(QLocale::c());
    ModelConfig config;
    config.vocabularySize = 128256;
    config.hiddenSize = 2048;
    config.layers = 16;
    config.heads = 32;
    config.keyValueHeads = 8;
    config.memory = MemoryConfig{1024, 128, 64, 2};
    config.memory->normalizeKeys = true;
    m_inspection.config = config;
    m_inspection.parameters = 1'240'000'000;
    m_inspection.dtypes = {{DType::kF32, 1, 8}, {DType::kBF16, 1, 2000}};
    m_inspection.gpuBytes = 3'800'000'000;
    m_inspection.chatTemplate = "own: Q: {question}\nA:";
    m_inspection.memory = MemoryNeed{4'000'000'000, 1'000'000'000, 0, 50'000'000, 50'000'000};
    m_inspection.cuda.detail = "no GPU";
    m_inspection.tokenizerFile = "tokenizer.model";
  }
  [[nodiscard]] QString value(const char* label, quint64 freeBytes = 0) const {
    for (const InspectionRow& row : inspectionRows(m_inspection, freeBytes)) {
      if (row.label == QString::fromUtf8(label)) return row.value;
    }
    return QStringLiteral("(no such row)");
  }
  ModelInspection m_inspection;
};

TEST_F(InspectionTextTest, EveryFactHasARow) {
  EXPECT_EQ(value("Family"), QStringLiteral("Llama"));
  EXPECT_TRUE(value("Shape").startsWith(QStringLiteral("16 layer"))) << value("Shape").toStdString();
  EXPECT_TRUE(value("Shape").contains(QStringLiteral("2048")));
  EXPECT_TRUE(value("Shape").contains(QStringLiteral("8 for keys")));
  EXPECT_EQ(value("Parameters"), QStringLiteral("1.24 billion"));
  EXPECT_EQ(value("Weights"), QStringLiteral("BF16 (2.0 kB), F32 (8 bytes)")) << "the larger part first";
  EXPECT_TRUE(value("Memory").contains(QStringLiteral("1024 tokens and 128 memory tokens")));
  EXPECT_EQ(value("Memory flags"), QStringLiteral("corrected sums, keys of unit length"));
  EXPECT_EQ(value("Needs on a GPU"), QStringLiteral("3.8 GB"));
  EXPECT_EQ(value("GPU"), QStringLiteral("no GPU"));
  EXPECT_EQ(value("Tokenizer"), QStringLiteral("tokenizer.model"));
  EXPECT_EQ(value("Questions are put as"), QStringLiteral("own: Q: {question} A:")) << "on one line";
}

TEST_F(InspectionTextTest, NeedIsComparedWithWhatIsFree) {
  EXPECT_EQ(value("Needs on the CPU"), QStringLiteral("5.0 GB"));
  EXPECT_EQ(value("Needs on the CPU", 8'000'000'000), QStringLiteral("5.0 GB of 8.0 GB that are free"));
  EXPECT_EQ(value("Needs on the CPU", 2'000'000'000), QStringLiteral("5.0 GB, and only 2.0 GB are free"));
}

TEST_F(InspectionTextTest, HeadlinesFollowWhatIsInTheWay) {
  const QString good = inspectionHeadline(m_inspection);
  m_inspection.config->memory.reset();
  const QString plain = inspectionHeadline(m_inspection);
  m_inspection.problems = {"there is no weight"};
  const QString bad = inspectionHeadline(m_inspection);
  EXPECT_NE(good, plain);
  EXPECT_TRUE(bad.contains(QLatin1Char('1')));
  EXPECT_EQ(inspectionInShort(m_inspection), QStringLiteral("there is no weight"));
}

TEST_F(InspectionTextTest, NothingKnownIsNoCrash) {
  const ModelInspection nothing;
  EXPECT_EQ(inspectionRows(nothing, 0).size(), 1u);  // no tokenizer
  EXPECT_TRUE(inspectionInShort(nothing).isEmpty());
  EXPECT_EQ(countText(812), QStringLiteral("812"));
  EXPECT_EQ(countText(4'900'000), QStringLiteral("4.9 million"));
}

}  // namespace
}  // namespace tidemark::ui
