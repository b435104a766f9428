#pragma once

#include <QImage>
#include <QRect>

#include <vector>

namespace embellie {

/// The parts of @p now that are not @p before moved by whole pixels (right and down): what comes in at the
/// edges, and tiles that differ, those beside each other joined. Both of 32 bits a pixel; all of @p now where
/// the sizes differ.
std::vector<QRect> changedTiles(const QImage& before, const QImage& now, QPoint moved = {});

} // namespace embellie
