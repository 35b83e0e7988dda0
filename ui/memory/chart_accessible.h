#pragma once
// What screen readers see of a ChartView: a list with one item for every item of the chart.

class QString;
class QWidget;

namespace tidemark::ui {

/// Makes Qt ask us for the interface of ChartViews; more calls do nothing.
void installChartAccessibility();

/// Has screen readers say what a label tells now; nothing if it is empty.
void sayAloud(QWidget* label, const QString& text);

}  // namespace tidemark::ui
