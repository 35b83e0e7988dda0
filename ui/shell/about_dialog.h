#pragma once
// What this program is, what it was built with and under which licences its parts are.

#include <QDialog>
#include <QString>
#include <vector>

class QLabel;

namespace tidemark::ui {

struct AboutInfo {
  QString version;
  QString commit;                 // may be empty
  std::vector<QString> features;  // one sentence each: "CPU with AVX2", "no CUDA backend in this build"
};

/// Everything the dialog says, as plain text for a bug report.
[[nodiscard]] QString aboutText(const AboutInfo& info);

/// Non-modal. GUI thread.
class AboutDialog : public QDialog {
  Q_OBJECT

 public:
  explicit AboutDialog(const AboutInfo& info, QWidget* parent = nullptr);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void updateFont();

  QLabel* m_name;
};

}  // namespace tidemark::ui
