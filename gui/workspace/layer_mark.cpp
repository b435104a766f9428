#include "gui/workspace/layer_mark.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <tuple>

namespace embellie {

LayerMark markOf(const VolumeEntry& volume, std::size_t layer) {
    LayerMark mark{volume.layers[layer].angle, volume.layers[layer].label, 0};
    for (std::size_t i = 0; i < layer; ++i)
        mark.ordinal += volume.layers[i].angle == mark.angle;
    return mark;
}

std::size_t nearestLayer(const VolumeEntry& volume, const LayerMark& mark, const std::string& moment) {
    double nearest = std::numeric_limits<double>::infinity();
    for (const LayerEntry& layer : volume.layers)
        nearest = std::min(nearest, std::abs(layer.angle - mark.angle));
    using Rank = std::tuple<bool, bool, std::size_t>;
    std::optional<Rank> least;
    std::size_t best = 0, ordinal = 0;
    for (std::size_t i = 0; i < volume.layers.size(); ++i) {
        const LayerEntry& layer = volume.layers[i];
        if (std::abs(layer.angle - mark.angle) != nearest)
            continue;
        const Rank rank{layer.label != mark.label, !layer.find(moment),
                        std::max(ordinal, mark.ordinal) - std::min(ordinal, mark.ordinal)};
        if (!least || rank < *least) {
            least = rank;
            best = i;
        }
        ++ordinal;
    }
    return best;
}

} // namespace embellie
