#pragma once
// The grid as a table for screen readers: a row per layer, a column per segment, a sentence per cell.

namespace tidemark::ui {

class WavefrontGrid;

/// Registers the interface for all grids; calling it again does nothing.
void installWavefrontAccessibility();
/// Tells screen readers which cell is selected now.
void announceSelection(WavefrontGrid& grid);
/// Tells them how much of the document is read.
void announceProgress(WavefrontGrid& grid, int percent);

}  // namespace tidemark::ui
