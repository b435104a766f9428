#include "gui/scene/own_names.h"

#include "gui/scene/localised.h"

#include <algorithm>
#include <iterator>

namespace embellie {

namespace {

/// As palettes.json has their ids.
constexpr TextPattern palettes[] = {
    EMBELLIE_TR("palette", "Reflectivity"),
    EMBELLIE_TR("palette", "Radial velocity"),
    EMBELLIE_TR("palette", "Differential reflectivity"),
    EMBELLIE_TR("palette", "Copolar correlation"),
    EMBELLIE_TR("palette", "Specific differential phase"),
    EMBELLIE_TR("palette", "Differential phase"),
    EMBELLIE_TR("palette", "Spectrum width"),
    EMBELLIE_TR("palette", "Rain rate"),
    EMBELLIE_TR("palette", "Rain amount"),
    EMBELLIE_TR("palette", "Brightness temperature"),
    EMBELLIE_TR("palette", "Probability"),
    EMBELLIE_TR("palette", "Difference"),
    EMBELLIE_TR("palette", "Uncertainty"),
    EMBELLIE_TR("palette", "Echo class"),
    EMBELLIE_TR("palette", "Cloud type"),
};

/// As palettes.json and echoClasses() have them.
constexpr TextPattern classes[] = {
    EMBELLIE_TR("class", "none"),
    EMBELLIE_TR("class", "rain"),
    EMBELLIE_TR("class", "convective"),
    EMBELLIE_TR("class", "ground clutter"),
    EMBELLIE_TR("class", "sea clutter"),
    EMBELLIE_TR("class", "clear air"),
    EMBELLIE_TR("class", "clear air, insects"),
    EMBELLIE_TR("class", "birds"),
    EMBELLIE_TR("class", "interference"),
    EMBELLIE_TR("class", "wind park"),
    EMBELLIE_TR("class", "speckle"),
    EMBELLIE_TR("class", "receiver noise"),
    EMBELLIE_TR("class", "cloud-free land"),
    EMBELLIE_TR("class", "cloud-free sea"),
    EMBELLIE_TR("class", "snow over land"),
    EMBELLIE_TR("class", "sea ice"),
    EMBELLIE_TR("class", "very low"),
    EMBELLIE_TR("class", "low"),
    EMBELLIE_TR("class", "mid-level"),
    EMBELLIE_TR("class", "high opaque"),
    EMBELLIE_TR("class", "very high opaque"),
    EMBELLIE_TR("class", "fractional"),
    EMBELLIE_TR("class", "high semitransparent thin"),
    EMBELLIE_TR("class", "high semitransparent moderately thick"),
    EMBELLIE_TR("class", "high semitransparent thick"),
    EMBELLIE_TR("class", "high semitransparent above low or medium"),
    EMBELLIE_TR("class", "high semitransparent above snow or ice"),
};

template <std::size_t N>
QString nameIn(const TextPattern (&ours)[N], const std::string& name) {
    const auto* found = std::find_if(std::begin(ours), std::end(ours),
                                     [&](const TextPattern& each) { return each.pattern == name; });
    return found == std::end(ours) ? QString::fromStdString(name) : localised(*found);
}

} // namespace

QString paletteForPeople(const Palette& palette) {
    return palette.id.empty() ? QString::fromStdString(palette.name) : nameIn(palettes, palette.name);
}

QString classForPeople(const std::string& name) {
    return nameIn(classes, name);
}

} // namespace embellie
