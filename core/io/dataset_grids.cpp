#include "core/io/dataset_join.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace embellie {

namespace {

std::string roundedText(double value) {
    return numberText(value, 3);
}

// Grids with one title, size, projection and place are one product, in whatever files.
std::string productKey(const SourceInfo& info, const Grid& grid) {
    std::string key = "product:";
    if (info.title != info.file.stem().string())
        key += info.title;
    else // nothing names the product: what it holds does
        for (const ArrayInfo& array : info.arrays)
            key += array.grid ? array.id + " " : "";
    for (const AxisRole role : {AxisRole::Y, AxisRole::X}) {
        const Axis& axis = *grid.axis(role);
        key += "|" + std::to_string(axis.size());
        if (axis.size() > 0)
            key += ":" + roundedText(axis.centres.front()) + ":" + roundedText(axis.centres.back());
    }
    if (grid.isCurvilinear())
        key += "|" + roundedText(grid.latitudes.front()) + ":" + roundedText(grid.longitudes.front()) + ":" +
               roundedText(grid.latitudes.back()) + ":" + roundedText(grid.longitudes.back());
    return key + "|" + grid.crs;
}

std::string shortNumber(double value) {
    std::string out = numberText(value, 3);
    while (out.ends_with('0'))
        out.pop_back();
    if (out.ends_with('.'))
        out.pop_back();
    return out;
}

struct Slice {
    TimeInterval time;
    bool hasTime = false;
    std::string label;
    double level = 0;
    Window window;
};

// All combinations of the indices along the axes that are neither X nor Y.
std::vector<Slice> slicesOf(const SourceInfo& info, const ArrayInfo& array) {
    Slice whole;
    whole.time = info.time;
    whole.hasTime = info.hasTime;
    whole.label = array.layer;
    std::vector<Slice> slices{whole};
    for (const Axis& axis : array.grid->axes) {
        if (axis.role == AxisRole::X || axis.role == AxisRole::Y)
            continue;
        std::vector<Slice> finer;
        for (const Slice& slice : slices)
            for (std::size_t i = 0; i < axis.size(); ++i) {
                Slice one = slice;
                one.window.parts.push_back({axis.name, i, i + 1, 1});
                if (axis.role == AxisRole::Time && !std::isfinite(axis.centres[i]))
                    continue; // written without a time
                if (axis.role == AxisRole::Time) {
                    const TimePoint time(std::chrono::milliseconds(std::llround(axis.centres[i] * 1000)));
                    one.time = {time, time, array.grid->calendar};
                    one.hasTime = true;
                } else {
                    one.level = axis.centres[i];
                    const std::string value = shortNumber(axis.centres[i]);
                    const std::string named = axis.role == AxisRole::Level && axis.unit != "1"
                                                  ? value + " " + axis.unit
                                                  : axis.name + " " + value;
                    one.label += (one.label.empty() ? "" : ", ") + named;
                }
                finer.push_back(std::move(one));
            }
        slices = std::move(finer);
    }
    return slices;
}

/// A product while it is put together, with the places of its volumes by time and of their layers by label: a
/// century of days has tens of thousands.
struct Product {
    GroupEntry group;
    std::map<std::optional<TimePoint>, std::size_t> volumes;
    std::vector<std::map<std::string, std::size_t>> layers; ///< by volume
};

LayerEntry& layerOf(Product& product, const Slice& slice) {
    const std::optional<TimePoint> time = slice.hasTime ? std::optional(slice.time.begin) : std::nullopt;
    const auto [volume, isNewVolume] = product.volumes.try_emplace(time, product.group.volumes.size());
    if (isNewVolume) {
        VolumeEntry& fresh = product.group.volumes.emplace_back();
        fresh.time = slice.time;
        fresh.hasTime = slice.hasTime;
        product.layers.emplace_back();
    }
    std::vector<LayerEntry>& layers = product.group.volumes[volume->second].layers;
    const auto [layer, isNewLayer] = product.layers[volume->second].try_emplace(slice.label, layers.size());
    if (!isNewLayer)
        return layers[layer->second];
    LayerEntry& fresh = layers.emplace_back();
    fresh.isSweep = false;
    fresh.angle = slice.level;
    fresh.label = slice.label;
    fresh.time = slice.time;
    fresh.hasTime = slice.hasTime;
    return fresh;
}

/// A file may have one quantity twice on one grid (a composite before and after a filter). The first keeps
/// its name, so that what asks for the quantity finds it; the others go by their array's.
void nameApart(const LayerEntry& layer, MomentEntry& moment) {
    const bool isTaken =
        std::any_of(layer.moments.begin(), layer.moments.end(), [&](const MomentEntry& other) {
            return other.quantity.id == moment.quantity.id && other.qualityOf.empty() &&
                   other.source == moment.source && other.array != moment.array;
        });
    if (isTaken)
        moment.quantity.id = moment.array;
}

/// What @p parent, an array of the file, is called in the layer.
std::string nameIn(const LayerEntry& layer, std::size_t file, const ArrayInfo& parent) {
    for (const MomentEntry& moment : layer.moments)
        if (moment.source == file && moment.array == parent.id)
            return moment.quantity.id;
    return parent.quantity.id;
}

} // namespace

void joinGrids(const std::vector<SourceInfo>& infos, std::vector<GroupEntry>& groups) {
    std::vector<Product> products;
    std::map<std::string, std::size_t> known;
    for (std::size_t file = 0; file < infos.size(); ++file)
        for (const ArrayInfo& array : infos[file].arrays) {
            if (!array.grid)
                continue;
            const std::string key = productKey(infos[file], *array.grid);
            const auto [place, isNew] = known.try_emplace(key, products.size());
            if (isNew) {
                GroupEntry& group = products.emplace_back().group;
                group.key = key;
                group.title = infos[file].title;
            }
            Product& product = products[place->second];
            for (const Slice& slice : slicesOf(infos[file], array)) {
                LayerEntry& layer = layerOf(product, slice);
                MomentEntry moment{array.quantity, file, array.id, "", slice.window};
                if (const ArrayInfo* const parent = infos[file].find(array.qualityOf))
                    moment.qualityOf = nameIn(layer, file, *parent);
                else if (!array.qualityOf.empty())
                    moment.qualityOf.assign(1, '*');
                else
                    nameApart(layer, moment);
                addMoment(product.group, layer, std::move(moment), infos);
            }
        }
    for (Product& product : products) {
        std::stable_sort(
            product.group.volumes.begin(), product.group.volumes.end(),
            [](const VolumeEntry& a, const VolumeEntry& b) { return a.time.begin < b.time.begin; });
        groups.push_back(std::move(product.group));
    }
}

} // namespace embellie
