#pragma once
// Play, scrub, speed: the row under the grid. Shows a Playback and moves it; GUI thread.

#include <QWidget>

#include "ui/wavefront/playback.h"

class QComboBox;
class QLabel;
class QSlider;
class QToolButton;

namespace tidemark::ui {

class HeatLegend;

class TransportBar : public QWidget {
  Q_OBJECT
 public:
  explicit TransportBar(Playback& playback, QWidget* parent = nullptr);

  /// Takes over where the playback stands. `live`: no replay is shown, the read itself is.
  void refresh(bool available, bool live);
  void setFollowing(bool following);
  [[nodiscard]] HeatLegend& legend() const { return *m_legend; }
  [[nodiscard]] QString noteText() const;
  /// Steps from slowest to fastest; the last one is "fit to 10 s".
  void stepSpeed(int steps);

 Q_SIGNALS:
  void playToggled();
  void scrubbed(double share);  // 0..1 of the replay, which may have to be loaded first
  void speedChanged();
  void liveRequested();
  void followToggled(bool following);

 private:
  void makeSpeeds();
  void applySpeed(int index);
  void updateIcon(bool playing, bool available);
  void keepPlaceRoom();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  Playback& m_playback;
  QToolButton* m_play = nullptr;
  QString m_iconKey;
  QSlider* m_scrub = nullptr;
  QLabel* m_place = nullptr;
  QComboBox* m_speed = nullptr;
  QLabel* m_note = nullptr;
  QToolButton* m_live = nullptr;
  QToolButton* m_follow = nullptr;
  HeatLegend* m_legend = nullptr;
};

}  // namespace tidemark::ui
