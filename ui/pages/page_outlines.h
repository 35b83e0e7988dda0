#pragma once
// Draws a page and the outlines of quotes over it. GUI thread; paints on anything.

#include <QRectF>

#include "ui/pages/page_source.h"

class QPainter;

namespace tidemark::ui {

struct ThemeColors;

/// The picture over `rect`, scaled if it was drawn for another size, then its outlines in the colour of evidence that
/// is read on this paper. Quotes that were not found paint nothing.
void paintPage(QPainter& painter, const QRectF& rect, const PagePicture& picture, bool withOutlines);

/// The paper of a page that is still being drawn, with its name.
void paintBlankPage(QPainter& painter, const QRectF& rect, const QString& text, const PageColors& colors);

/// What all outlines of a quote cover, in pixels of the picture; empty: it was not found.
[[nodiscard]] QRectF outlineBounds(const std::vector<QPolygonF>& outlines);

}  // namespace tidemark::ui
