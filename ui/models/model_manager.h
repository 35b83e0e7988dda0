#pragma once
// The models that this program knows: a list, what was found in each, and how to add, fetch, choose and remove them. It
// only shows and asks; ModelsController (ui/window) knows. GUI thread.

#include <QDialog>
#include <vector>

#include "ui/models/download_page.h"
#include "ui/models/inspection_page.h"
#include "ui/models/model_list_model.h"
#include "ui/shell/message_bar.h"

class QListView;
class QStackedWidget;

namespace tidemark::ui {

class ModelManager final : public QDialog {
  Q_OBJECT
 public:
  explicit ModelManager(QWidget* parent = nullptr);

  /// The selection stays where it is as long as its model is there.
  void setModels(std::vector<ModelRow> models);
  void select(const QString& path);
  /// Path of the selected model; empty without one.
  [[nodiscard]] QString selected() const;
  /// Nothing happens unless it is about the selected model.
  void showDetails(const ModelDetails& details);
  void showDownload(const DownloadShown& shown) { m_download->show(shown); }
  void openDownloadPage();
  void say(Message message) { m_messages->showMessage(std::move(message)); }

  [[nodiscard]] ModelListModel& listModel() { return *m_model; }
  [[nodiscard]] InspectionPage& inspectionPage() { return *m_inspection; }
  [[nodiscard]] DownloadPage& downloadPage() { return *m_download; }
  [[nodiscard]] MessageBar& messageBar() { return *m_messages; }

 Q_SIGNALS:
  void selectionChanged(const QString& path);
  void folderChosen(const QString& folder);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  [[nodiscard]] QWidget* makeList();
  void chooseFolder();
  void fitList();

  ModelListModel* m_model;
  QListView* m_list;
  QWidget* m_side = nullptr;
  QStackedWidget* m_pages;
  InspectionPage* m_inspection;
  DownloadPage* m_download;
  MessageBar* m_messages;
};

}  // namespace tidemark::ui
