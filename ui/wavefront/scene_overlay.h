#pragma once
// What lies over the cells of the grid: the running group, the next one, the pointer's cross-hair and card, labels.

#include <QPainter>

#include "ui/wavefront/wavefront_scene.h"

namespace tidemark::ui {

/// `sprites` and `fonts` are kept by the caller from frame to frame.
void paintSceneOverlay(QPainter& painter, const SceneView& view, OverlaySprites& sprites, LabelFonts& fonts);
/// Where the hover card goes: beside the cell, inside the picture.
[[nodiscard]] QRectF cardRect(const SceneView& view, double pictureHeight);
void paintCard(QPainter& painter, const SceneView& view, double pictureHeight);

}  // namespace tidemark::ui
