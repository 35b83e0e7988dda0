#pragma once
// What assistive technology sees of the pages: "Page xii of 300", and the words of that page. GUI thread.

namespace tidemark::ui {

class PageView;

void installPageAccessibility();
/// Says that another page is seen now.
void notifyPageChanged(PageView* view);

}  // namespace tidemark::ui
