#include "ui/timeline/timeline_accessible.h"

#include <QAccessible>

#include "ui/accessible/accessible_list.h"
#include "ui/timeline/timeline_view.h"

namespace tidemark::ui {
namespace {

class Stretches final : public AccessibleItems {
 public:
  explicit Stretches(TimelineView& view) : m_view(view) {}

  [[nodiscard]] int count() const override { return static_cast<int>(stretches().size()); }
  /// The one with the current answer in it.
  [[nodiscard]] std::optional<int> current() const override {
    if (!m_view.currentAnswer()) return std::nullopt;
    const std::vector<AnswerStretch> all = stretches();
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (*m_view.currentAnswer() < all[i].end) return static_cast<int>(i);
    }
    return std::nullopt;
  }
  [[nodiscard]] std::optional<QString> value() const override {
    return m_view.currentAnswer() ? std::optional(m_view.describe(*m_view.currentAnswer())) : std::nullopt;
  }
  [[nodiscard]] QString name(int stretch) const override {
    return m_view.describeStretch(static_cast<std::size_t>(stretch));
  }
  [[nodiscard]] QString description(int stretch) const override {
    return current() == stretch ? m_view.describe(*m_view.currentAnswer()) : QString();
  }
  [[nodiscard]] QRect rect(int item) const override {
    const AnswerStretch stretch = stretches()[static_cast<std::size_t>(item)];
    const TimelineLayout layout = m_view.timelineLayout();
    QRectF all = layout.cellRect(stretch.first).united(layout.cellRect(stretch.end - 1));
    all.translate(0, -m_view.scrolled());
    return {m_view.viewport()->mapToGlobal(all.topLeft().toPoint()), all.size().toSize()};
  }
  void press(int stretch) override {
    m_view.setCurrentAnswer(stretches()[static_cast<std::size_t>(stretch)].first);
    m_view.activateCurrent();
  }

 private:
  [[nodiscard]] std::vector<AnswerStretch> stretches() const { return lanesOf(m_view.timeline().answers).stretches; }

  TimelineView& m_view;
};

QAccessibleInterface* makeTimelineInterface(const QString& /*className*/, QObject* object) {
  auto* view = qobject_cast<TimelineView*>(object);
  return view == nullptr ? nullptr : makeAccessibleList(view, std::make_unique<Stretches>(*view));
}

}  // namespace

void installTimelineAccessibility() {
  QAccessible::installFactory(makeTimelineInterface);
}

void notifyTimelineCurrent(TimelineView* view) {
  notifyCurrentItem(view, Stretches(*view).current().value_or(-1));
}

}  // namespace tidemark::ui
