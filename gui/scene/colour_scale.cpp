#include "gui/scene/colour_scale.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace embellie {

namespace {

/// Bins enough that each holds at most one edge, unless that takes more than stays in the nearest cache.
constexpr std::size_t MostBins = 4096;

std::vector<double> stretched(const Palette& palette, const std::optional<Limits>& limits) {
    std::vector<double> edges = palette.edges;
    if (!limits || !(limits->high > limits->low))
        return edges;
    if (palette.scale == Palette::Scale::Relative) {
        const double limit = std::max(std::abs(limits->low), std::abs(limits->high));
        for (double& edge : edges)
            edge *= limit;
        return edges;
    }
    const double first = edges.front(), last = edges.back();
    if (limits->low == first && limits->high == last)
        return edges;
    const bool log = palette.scale == Palette::Scale::Log && limits->low > 0;
    for (double& edge : edges) {
        if (log)
            edge = limits->low *
                   std::pow(limits->high / limits->low, std::log(edge / first) / std::log(last / first));
        else
            edge = limits->low + (edge - first) * (limits->high - limits->low) / (last - first);
    }
    return edges;
}

/// What the loop over cells needs, in one place. The loop is written so that it can be vectorised;
/// gui/CMakeLists.txt gives this file the options for it.
struct BinLoop {
    const float* edge;
    const QRgb *low, *high;
    float first, perUnit, last;
    QRgb byState[4];
};

#if defined(__x86_64__)
__attribute__((target_clones("avx512f", "avx2", "default")))
#endif
void colourAll(const BinLoop& constants, const float* values, const State* cellStates, std::size_t count, QRgb* __restrict out) {
    const BinLoop loop = constants; // as locals: what is written can't change them
    const auto* states = reinterpret_cast<const std::uint8_t*>(cellStates);
    for (std::size_t i = 0; i < count; ++i) {
        const float value = values[i];
        float place = (value - loop.first) * loop.perUnit + 1.0f;
        place = place > 0.0f ? place : 0.0f; // of NaN too
        place = place < loop.last ? place : loop.last;
        const auto bin = static_cast<std::int32_t>(place);
        const QRgb low = loop.low[bin], high = loop.high[bin];
        const QRgb colour = value < loop.edge[bin] ? low : high;
        const std::int32_t state = states[i];
        const QRgb missing = state == 1 ? loop.byState[1] : state == 2 ? loop.byState[2] : loop.byState[3];
        out[i] = state == 0 ? colour : missing;
    }
}

} // namespace

ColourScale::ColourScale(const Palette& palette, const LayerStyle& style, ThemeKind theme)
    : m_landmarks(palette.landmarks), m_states(palette.states[static_cast<std::size_t>(theme)]) {
    const auto index = static_cast<std::size_t>(theme);
    const bool traditional = style.traditional && palette.traditional.size() == palette.colours[index].size();
    m_steps = traditional ? palette.traditional : palette.colours[index];
    m_below = palette.below[index];
    m_above = palette.above[index];
    m_other = m_states.noData;
    m_flags = palette.flags;
    m_log = palette.scale == Palette::Scale::Log;
    m_cyclic = palette.kind == Palette::Kind::Cyclic;
    if (palette.kind == Palette::Kind::Classes) {
        m_classes = palette.classes;
        assert(m_classes.size() == m_steps.size());
        return;
    }
    const std::vector<double> edges = stretched(palette, style.limits);
    for (double edge : edges)
        m_edges.push_back(static_cast<float>(edge));
    if (style.limits && edges != palette.edges)
        m_landmarks.clear();
    makeBins();
}

void ColourScale::makeBins() {
    float closest = std::numeric_limits<float>::infinity();
    for (std::size_t i = 1; i < m_edges.size(); ++i)
        closest = std::min(closest, m_edges[i] - m_edges[i - 1]);
    const float range = m_edges.back() - m_edges.front();
    if (m_cyclic || !(closest > 0) || !(range / closest < MostBins / 2.5f))
        return;
    const auto count = static_cast<std::size_t>(range / closest * 2.5f) + 2;
    m_bins.first = m_edges.front();
    m_bins.perUnit = static_cast<float>(count) / range;
    const std::size_t bins = count + 3;
    m_bins.edge.assign(bins, std::numeric_limits<float>::infinity());
    m_bins.low.resize(bins);
    m_bins.high.resize(bins);
    // A value's bin is found by the same float operations as an edge's, so that rounding can't part them. The
    // last step holds its upper edge too.
    std::vector<float> edges = m_edges;
    edges.back() = std::nextafter(edges.back(), std::numeric_limits<float>::infinity());
    std::size_t next = 0;
    QRgb colour = m_below;
    for (std::size_t b = 0; b < bins; ++b) {
        m_bins.low[b] = m_bins.high[b] = colour;
        if (next == edges.size() ||
            static_cast<std::size_t>((edges[next] - m_bins.first) * m_bins.perUnit + 1.0f) != b)
            continue;
        m_bins.edge[b] = edges[next];
        ++next;
        colour = next < edges.size() ? m_steps[next - 1] : m_above;
        m_bins.high[b] = colour;
    }
}

QRgb ColourScale::search(float value) const {
    if (m_cyclic) {
        const float turn = m_edges.back() - m_edges.front();
        value -= turn * std::floor((value - m_edges.front()) / turn);
    }
    if (value < m_edges.front())
        return m_below;
    if (value > m_edges.back())
        return m_above;
    const auto after = std::upper_bound(m_edges.begin(), m_edges.end(), value);
    const auto step = static_cast<std::size_t>(after - m_edges.begin()) - 1;
    return m_steps[std::min(step, m_steps.size() - 1)];
}

QRgb ColourScale::classColour(float value) const {
    const auto number = static_cast<std::int64_t>(std::llround(value));
    if (m_flags && number == 0)
        return m_states.noEcho;
    for (std::size_t i = 0; i < m_classes.size(); ++i)
        if (m_flags ? (number & m_classes[i].value) != 0 : number == m_classes[i].value)
            return m_steps[i];
    return m_other;
}

QRgb ColourScale::colour(float value, State state) const {
    switch (state) {
    case State::NoData:
        return m_states.noData;
    case State::NoEcho:
        return m_states.noEcho;
    case State::Rejected:
        return m_states.rejected;
    case State::Valid:
        break;
    }
    return m_classes.empty() && !m_edges.empty() ? search(value) : classColour(value);
}

void ColourScale::colours(std::span<const float> values, std::span<const State> states,
                          std::span<QRgb> out) const {
    assert(values.size() == states.size() && values.size() == out.size());
    if (m_bins.edge.empty()) {
        // Neighbours are often alike: classes and rain-free areas come in runs.
        for (std::size_t i = 0; i < values.size(); ++i) {
            const bool asBefore = i > 0 && states[i] == states[i - 1] &&
                                  (states[i] != State::Valid || values[i] == values[i - 1]);
            out[i] = asBefore ? out[i - 1] : colour(values[i], states[i]);
        }
        return;
    }
    const BinLoop loop{m_bins.edge.data(),
                       m_bins.low.data(),
                       m_bins.high.data(),
                       m_bins.first,
                       m_bins.perUnit,
                       static_cast<float>(m_bins.edge.size() - 1),
                       {0, m_states.noData, m_states.noEcho, m_states.rejected}};
    colourAll(loop, values.data(), states.data(), values.size(), out.data());
}

// NOLINTBEGIN(readability-identifier-naming): names that the JSON library looks for
void to_json(nlohmann::json& json, const Limits& limits) {
    json = {limits.low, limits.high};
}

void from_json(const nlohmann::json& json, Limits& limits) {
    limits = {json.at(0).get<double>(), json.at(1).get<double>()};
}

void to_json(nlohmann::json& json, const LayerStyle& style) {
    json = nlohmann::json::object();
    if (!style.palette.empty())
        json["palette"] = style.palette;
    if (style.limits)
        json["limits"] = *style.limits;
    if (style.opacity != 1)
        json["opacity"] = style.opacity;
    if (style.traditional)
        json["traditional"] = true;
}

void from_json(const nlohmann::json& json, LayerStyle& style) {
    style = {};
    style.palette = json.value("palette", style.palette);
    if (json.contains("limits"))
        style.limits = json["limits"].get<Limits>();
    style.opacity = json.value("opacity", style.opacity);
    style.traditional = json.value("traditional", style.traditional);
}
// NOLINTEND(readability-identifier-naming)

} // namespace embellie
