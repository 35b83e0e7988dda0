#pragma once
// The permanent widget of the status bar: the device and why, and on the other side what the session holds.

#include <QString>
#include <QWidget>
#include <array>

namespace tidemark::ui {

class ElidedLabel;

/// Each field is hidden until it is set. Numbers follow the locale. GUI thread.
class StatusLine : public QWidget {
  Q_OBJECT

 public:
  explicit StatusLine(QWidget* parent = nullptr);

 public Q_SLOTS:
  /// "CPU · 2 threads", and why it is this one ("no GPU: driver not found"); the reason gives way when there is no
  /// room.
  void setDevice(const QString& device, const QString& reason);
  /// Below 0 or not finite hides the field.
  void setTokensPerSecond(double rate);
  /// Below 0 hides the field; so do all the following.
  void setMemoryBytes(qint64 bytes);
  void setTailTokens(qint64 tokens);
  void setSnapshots(qint64 count);
  void setSessionBytes(qint64 bytes);
  /// Hides the five fields of a session.
  void clearSession();

 public:
  /// All that is shown, for tests and for a screen reader.
  [[nodiscard]] QString summary() const;

 private:
  enum Field { kDevice, kReason, kRate, kMemory, kTail, kSnapshots, kSize, kFieldCount };
  void setField(Field field, const QString& text);

  std::array<ElidedLabel*, kFieldCount> m_fields{};
};

}  // namespace tidemark::ui
