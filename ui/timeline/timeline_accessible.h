#pragma once
// What screen readers see of a TimelineView: a list with one item for every stretch of the document that is answered in
// the same words.

namespace tidemark::ui {

class TimelineView;

/// Makes Qt ask us for the interface of TimelineView; more calls do nothing.
void installTimelineAccessibility();

/// Tells screen readers that another place is current.
void notifyTimelineCurrent(TimelineView* view);

}  // namespace tidemark::ui
