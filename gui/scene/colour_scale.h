#pragma once

#include "gui/scene/palette.h"

#include <cstdint>
#include <span>

namespace embellie {

/// How a layer is coloured; the part of it that views and workspaces keep.
struct LayerStyle {
    std::string palette;          ///< id; empty: by the quantity
    std::optional<Limits> limits; ///< empty: by the palette, a velocity by its Nyquist velocity
    double opacity = 1;           ///< 0 to 1
    bool traditional = false;     ///< the palette's traditional colours
    friend bool operator==(const LayerStyle&, const LayerStyle&) = default;
};

/// A palette with its limits and theme applied: colour as a pure function of value and state. Comparisons are
/// made in float, the precision of the values.
class ColourScale {
public:
    /// Limits other than the palette's own stretch its edges (a relative palette's are multiplied by the
    /// larger end, a logarithmic one is stretched in the logarithm).
    ColourScale(const Palette& palette, const LayerStyle& style, ThemeKind theme);

    QRgb colour(float value, State state) const;
    /// The same for many cells; the three have the same size.
    void colours(std::span<const float> values, std::span<const State> states, std::span<QRgb> out) const;

    const std::vector<float>& edges() const { return m_edges; }       ///< ascending; empty for classes
    const std::vector<QRgb>& steps() const { return m_steps; }        ///< one per interval, or per class
    const std::vector<Meaning>& classes() const { return m_classes; } ///< of classes and flags
    const std::vector<double>& landmarks() const { return m_landmarks; }
    const StateColours& states() const { return m_states; }
    QRgb below() const { return m_below; }
    QRgb above() const { return m_above; }
    bool isLogarithmic() const { return m_log; }
    bool isCyclic() const { return m_cyclic; }
    friend bool operator==(const ColourScale&, const ColourScale&) = default;

private:
    /// Bins of equal width with at most one edge in each: a value has colour low before the edge and high
    /// from it on. The first and last bin are what lies below and above.
    struct Bins {
        std::vector<float> edge;
        std::vector<QRgb> low, high;
        float first = 0, perUnit = 0;
        friend bool operator==(const Bins&, const Bins&) = default;
    };
    QRgb search(float value) const;
    QRgb classColour(float value) const;
    void makeBins();

    std::vector<float> m_edges;
    std::vector<QRgb> m_steps;
    std::vector<Meaning> m_classes;
    std::vector<double> m_landmarks;
    StateColours m_states;
    QRgb m_below = 0, m_above = 0, m_other = 0;
    bool m_log = false, m_cyclic = false, m_flags = false;
    Bins m_bins; ///< empty where the edges lie too close for bins
};

// NOLINTBEGIN(readability-identifier-naming): names that the JSON library looks for
void to_json(nlohmann::json& json, const Limits& limits);
void from_json(const nlohmann::json& json, Limits& limits);
void to_json(nlohmann::json& json, const LayerStyle& style);
void from_json(const nlohmann::json& json, LayerStyle& style);
// NOLINTEND(readability-identifier-naming)

} // namespace embellie
