#include "gui/draw/painter.h"

namespace embellie {

std::optional<Picture::Cell> Picture::cellAt(QPoint pixel) const {
    if (!image.rect().contains(pixel))
        return std::nullopt;
    for (std::size_t i = maps.size(); i-- > 0;)
        if (const std::optional<std::size_t> cell = maps[i]->cellAt({pixel.x() / scale, pixel.y() / scale}))
            return Cell{i, *cell};
    return std::nullopt;
}

} // namespace embellie
