#pragma once
// What a model folder does not say by itself, to be filled in by somebody who knows. Empty fields hint nothing. GUI
// thread.

#include <QWidget>

#include "engine/weights/model_hints.h"

class QComboBox;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace tidemark::ui {

class HintsForm final : public QWidget {
  Q_OBJECT
 public:
  explicit HintsForm(QWidget* parent = nullptr);

  void setHints(const ModelHints& hints);
  [[nodiscard]] ModelHints hints() const;

 Q_SIGNALS:
  /// Somebody pressed the button; only then the hints count.
  void applied(const tidemark::ModelHints& hints);

 private:
  void updateButton();

  ModelHints m_given;
  QComboBox* m_baseConfig;
  QSpinBox* m_segmentSize;
  QSpinBox* m_memoryTokens;
  QLineEdit* m_loraAlpha;
  QSpinBox* m_loraRank;
  QLineEdit* m_chatTemplate;
  QPushButton* m_apply;
};

}  // namespace tidemark::ui
