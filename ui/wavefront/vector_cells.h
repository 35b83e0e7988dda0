#pragma once
// Cells as shapes, for drawings (SVG). Neighbours of one colour and look are one shape.

#include <QPainter>

#include "ui/wavefront/wavefront_scene.h"

namespace tidemark::ui {

void paintVectorCells(QPainter& painter, const SceneView& view);

}  // namespace tidemark::ui
