#include "gui/views/pane/tiles.h"

#include <QRegion>

#include <algorithm>
#include <cstring>

namespace embellie {

std::vector<QRect> changedTiles(const QImage& before, const QImage& now, QPoint moved) {
    constexpr int side = 32;
    const QRect all = now.rect();
    const QRect kept = before.size() == now.size() ? all & all.translated(moved) : QRect();
    const QRegion incoming = QRegion(all) - kept;
    std::vector<QRect> tiles(incoming.begin(), incoming.end());
    for (int y = kept.top(); y <= kept.bottom(); y += side) {
        const int bottom = std::min(y + side - 1, kept.bottom());
        const std::size_t first = tiles.size();
        for (int x = kept.left(); x <= kept.right(); x += side) {
            const int right = std::min(x + side - 1, kept.right());
            const auto bytes = static_cast<std::size_t>(right - x + 1) * sizeof(QRgb);
            bool same = true;
            for (int row = y; same && row <= bottom; ++row)
                same = std::memcmp(reinterpret_cast<const QRgb*>(before.constScanLine(row - moved.y())) + x -
                                       moved.x(),
                                   reinterpret_cast<const QRgb*>(now.constScanLine(row)) + x, bytes) == 0;
            if (same)
                continue;
            if (tiles.size() > first && tiles.back().right() + 1 == x)
                tiles.back().setRight(right);
            else
                tiles.emplace_back(QPoint(x, y), QPoint(right, bottom));
        }
    }
    return tiles;
}

} // namespace embellie
