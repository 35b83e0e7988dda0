#pragma once
// As of where a memory is meant: the end, the top of the text, a snapshot, or any segment. GUI thread.

#include <QWidget>
#include <functional>
#include <optional>
#include <vector>

class QComboBox;
class QSpinBox;

namespace tidemark::ui {

class PlaceChooser final : public QWidget {
  Q_OBJECT

 public:
  /// `name` is what the memory is called for screen readers.
  explicit PlaceChooser(const QString& name, QWidget* parent = nullptr);

  /// Of a session with so many segments; what is chosen stays if it can.
  void setPlaces(qint64 segments, const std::vector<qint64>& snapshots, bool withHere,
                 const std::function<QString(qint64)>& placeName);
  /// Nothing: at the end.
  void choose(std::optional<qint64> segment);
  /// Nothing: at the end. `here` is the segment at the top of the text.
  [[nodiscard]] std::optional<qint64> segment(std::optional<qint64> here) const;
  /// Whether the top of the text is chosen.
  [[nodiscard]] bool isHere() const;

 private:
  void showKind();

  QComboBox* m_kind;
  QSpinBox* m_segment;
};

}  // namespace tidemark::ui
