#pragma once
// The pages with their bar: which page, how large, light or dark; and a sentence where there is nothing to show. GUI
// thread.

#include <QWidget>

#include "ui/pages/page_view.h"

class QLabel;
class QLineEdit;
class QStackedWidget;
class QToolButton;

namespace tidemark::ui {

class PagePanel final : public QWidget {
  Q_OBJECT

 public:
  explicit PagePanel(QWidget* parent = nullptr);

  /// Not owned; null empties the panel. What the source says of itself is shown here.
  void setSource(PageSource* source, const QStringList& pageNames);
  [[nodiscard]] PageView& view() { return *m_view; }
  /// The sentence in place of the pages; empty while there are pages.
  [[nodiscard]] QString sentence() const;

 Q_SIGNALS:
  void closeRequested();

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  [[nodiscard]] QToolButton* addButton(const QString& icon, const QString& name, const QString& description);
  QWidget* makeBar();
  void connectView();
  void showPage();
  void showZoom();
  void showSentence(const QString& text);
  void enterPage();
  void sizeParts();

  PageView* m_view;
  QLineEdit* m_page;
  QLabel* m_count;
  QLabel* m_percent;
  QToolButton* m_fitWidth = nullptr;
  QToolButton* m_fitPage = nullptr;
  QToolButton* m_dark = nullptr;
  QWidget* m_bar = nullptr;
  QLabel* m_sentence;
  QStackedWidget* m_stack;
  QStringList m_names;
  QPointer<PageSource> m_source;
};

}  // namespace tidemark::ui
