#include "core/task/denoise/sample_moments.h"

#include "core/map/radar.h"
#include "core/task/denoise/aloft.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace embellie::denoise {

namespace {

constexpr float None = std::numeric_limits<float>::quiet_NaN();
constexpr float Circle = 2 * std::numbers::pi_v<float>;
using Motion = MadeUpTraits::Motion;
constexpr float GoneAloft = -100; ///< dB

MadeUpTraits rainTraits(SampleRandom& random) {
    MadeUpTraits traits;
    traits.motion = Motion::Wind;
    traits.scatter = random.uniform(0.3f, 1.5f);
    traits.correlation = random.uniform(0.96f, 0.997f);
    traits.correlationSpread = random.uniform(0.003f, 0.03f);
    traits.difference = random.uniform(-0.2f, 0.4f);
    traits.differenceSpread = random.uniform(0.1f, 0.6f);
    traits.width = random.uniform(0.6f, 2.5f);
    traits.widthSpread = random.uniform(0.2f, 0.8f);
    traits.quality = random.uniform(0.6f, 0.97f);
    traits.qualitySpread = random.uniform(0.02f, 0.12f);
    return traits;
}

MadeUpTraits clutterTraits(ClutterKind kind, SampleRandom& random) {
    MadeUpTraits traits; // of what stands still: ground, masts, mountains
    traits.scatter = random.uniform(0.05f, 0.4f);
    traits.correlation = random.uniform(0.4f, 0.95f);
    traits.correlationSpread = random.uniform(0.05f, 0.25f);
    traits.difference = random.uniform(-1, 1);
    traits.differenceSpread = random.uniform(1, 3);
    traits.width = random.uniform(0.1f, 0.7f);
    traits.widthSpread = random.uniform(0.05f, 0.4f);
    traits.quality = random.uniform(0.7f, 0.99f);
    traits.qualitySpread = random.uniform(0.02f, 0.2f);
    const auto moving = [&](Motion motion, float scatter) {
        traits.motion = motion;
        traits.scatter = scatter;
        traits.quality = random.uniform(0.3f, 0.95f);
        traits.width = random.uniform(0.7f, 3);
        traits.widthSpread = random.uniform(0.3f, 1);
    };
    switch (kind) {
    case ClutterKind::ClearAir:
        moving(Motion::Wind, random.uniform(0.5f, 2));
        traits.correlation = random.uniform(0.35f, 0.9f);
        traits.difference = random.uniform(0, 5);
        break;
    case ClutterKind::Ring: // side lobes, or insects
        if (random.chance(0.5))
            moving(Motion::Wind, random.uniform(0.5f, 2));
        break;
    case ClutterKind::Spokes:
        moving(Motion::Any, 0);
        traits.correlation = random.uniform(0.1f, 0.9f);
        traits.correlationSpread = random.uniform(0.02f, 0.15f);
        traits.difference = 4 * random.normal();
        traits.differenceSpread = random.uniform(0.3f, 2);
        traits.width = random.uniform(2, 8);
        traits.quality = random.uniform(0.02f, 0.3f);
        break;
    case ClutterKind::Speckle:
        moving(random.chance(0.5) ? Motion::Any : Motion::Wind, random.uniform(2, 8));
        traits.differenceSpread = random.uniform(1, 4);
        break;
    case ClutterKind::PointTargets: // masts, or blades that turn
        if (random.chance(0.4))
            moving(Motion::Any, 0);
        break;
    case ClutterKind::Sea:
        moving(Motion::Drift, random.uniform(0.3f, 1));
        traits.correlation = random.uniform(0.55f, 0.92f);
        traits.difference = random.uniform(-5, 1);
        break;
    case ClutterKind::Specks:
    case ClutterKind::Mountains:
    case ClutterKind::Streaks:
        break;
    }
    return traits;
}

void drawRainAloft(MadeUpTraits& traits, SampleRandom& random) {
    traits.aloft = random.uniform(-5, 2);
    traits.aloftSpread = random.uniform(0.5f, 3);
}

void drawClutterAloft(ClutterKind kind, MadeUpTraits& traits, SampleRandom& random) {
    switch (kind) {
    case ClutterKind::ClearAir:
    case ClutterKind::Ring:
        traits.aloft = random.uniform(-25, 0);
        traits.aloftSpread = random.uniform(1, 4);
        break;
    case ClutterKind::Spokes:
        traits.aloft = random.chance(0.4) ? random.uniform(-6, 3) : GoneAloft;
        traits.aloftSpread = random.uniform(0.5f, 4);
        break;
    case ClutterKind::Speckle:
        traits.aloft = GoneAloft;
        break;
    case ClutterKind::Specks:
    case ClutterKind::PointTargets:
    case ClutterKind::Sea:
    case ClutterKind::Mountains:
    case ClutterKind::Streaks:
        traits.aloft = random.uniform(-45, -3);
        traits.aloftSpread = random.uniform(3, 10);
        break;
    }
}

} // namespace

SampleMoments::SampleMoments(const ChosenMoments& chosen, float dropout, const Polar& shape,
                             SampleRandom random)
    : m_chosen(chosen), m_dropout(dropout), m_rays(shape.rays), m_gates(shape.gates), m_random(random),
      m_lost(chosen.moments.size()), m_known(chosen.moments.size(), true) {
    const std::vector<float> nothing(shape.z.size(), None);
    m_rain = m_clutter = {std::vector<float>(shape.z.size(), 0.0f),
                          std::vector<std::vector<float>>(chosen.moments.size(), nothing)};
    m_values.assign(chosen.moments.size(), nothing);
    m_bias.assign(chosen.moments.size(), 0.0f);
    m_rainMadeUp.assign(shape.z.size(), 0);
    m_gateMeters = shape.gateMeters;
    for (std::size_t i = 0; i < chosen.moments.size(); ++i)
        if (chosen.moments[i].kind == Moment::Kind::Aloft)
            m_aloft = i;
    m_windSpeed = m_random.uniform(1, 25);
    m_windFrom = m_random.uniform(0, Circle);
}

void SampleMoments::use(const Polar& source, Layer& layer) {
    layer.hidden = &layer == &m_rain ? traitsOfRain() : traitsOf(static_cast<ClutterKind>(m_random.below(9)));
    if (&layer == &m_clutter || !m_elevation)
        m_elevation = source.elevation; // most clutter depends on it
    for (std::size_t i = 0; i < m_known.size(); ++i) {
        const bool has = i < source.moments.size() && !source.moments[i].empty();
        m_known[i] = m_known[i] && has;
        if (has && m_chosen.moments[i].kind == Moment::Kind::Velocity)
            for (std::size_t cell = 0; cell < source.z.size(); ++cell)
                if (const float value = momentValue(m_chosen.moments[i], source.moments[i][cell]);
                    source.z[cell] > 0 && std::isfinite(value))
                    m_nyquist = std::max(m_nyquist, std::abs(value));
    }
    needNyquist();
}

// What is aloft is drawn only where it is wanted: all else of a sample is the same without.
MadeUpTraits SampleMoments::traitsOfRain() {
    MadeUpTraits traits = rainTraits(m_random);
    if (m_aloft)
        drawRainAloft(traits, m_random);
    return traits;
}

MadeUpTraits SampleMoments::traitsOf(ClutterKind kind) {
    MadeUpTraits traits = clutterTraits(kind, m_random);
    if (m_aloft)
        drawClutterAloft(kind, traits, m_random);
    return traits;
}

void SampleMoments::needNyquist() {
    constexpr float speeds[] = {7.5f, 8.3f, 13, 16, 24, 32, 48};
    if (m_nyquist <= 0)
        m_nyquist = speeds[m_random.below(7)];
}

void SampleMoments::place(Layer& layer, std::size_t to, const Polar& source, std::size_t from, bool makeUp) {
    for (std::size_t i = 0; i < m_known.size(); ++i) {
        if (!m_known[i])
            continue;
        const std::uint8_t code = source.moments[i][from];
        float& value = layer.moments[i][to];
        value =
            makeUp && code == HiddenMoment
                ? drawn(m_chosen.moments[i], layer.hidden,
                        static_cast<int>(to / static_cast<std::size_t>(m_gates)), decibels(source.z[from]))
                : momentValue(m_chosen.moments[i], code);
        if (m_chosen.moments[i].kind == Moment::Kind::Aloft && code != HiddenMoment)
            value = value <= NothingAloft + 0.5f ? GoneAloft : value - decibels(source.z[from]);
    }
}

void SampleMoments::is(Layer& layer, const Polar& source) {
    use(source, layer);
    for (std::size_t cell = 0; cell < source.z.size(); ++cell)
        if (source.z[cell] > 0)
            place(layer, cell, source, cell, false);
    layer.power = source.z;
}

float SampleMoments::folded(float velocity) const {
    return velocity - 2 * m_nyquist * std::round(velocity / (2 * m_nyquist));
}

float SampleMoments::drawn(const Moment& moment, const MadeUpTraits& traits, int ray, float dbz) {
    switch (moment.kind) {
    case Moment::Kind::Correlation:
        return std::clamp(traits.correlation - traits.correlationSpread * std::abs(m_random.normal()), 0.0f,
                          1.0f);
    case Moment::Kind::Difference: {
        // Drops flatten as they grow.
        const float flat =
            traits.motion == Motion::Wind && traits.correlation > 0.95f ? 0.001f * dbz * dbz : 0;
        return traits.difference + (dbz > 0 ? flat : 0) + traits.differenceSpread * m_random.normal();
    }
    case Moment::Kind::Width:
        return std::max(0.05f, traits.width + traits.widthSpread * m_random.normal());
    case Moment::Kind::Quality:
        return std::clamp(traits.quality + traits.qualitySpread * m_random.normal(), 0.0f, 1.0f);
    case Moment::Kind::Aloft:
        return std::max(GoneAloft, traits.aloft + traits.aloftSpread * m_random.normal());
    case Moment::Kind::Velocity:
        break;
    }
    if (traits.motion == Motion::Any)
        return m_random.uniform(-m_nyquist, m_nyquist);
    const float share = traits.motion == Motion::Wind ? 1 : traits.motion == Motion::Drift ? 0.2f : 0;
    const float angle = (static_cast<float>(ray) + 0.5f) * Circle / static_cast<float>(m_rays) - m_windFrom;
    return folded(-share * m_windSpeed * std::cos(angle) + traits.scatter * m_random.normal());
}

void SampleMoments::add(Layer& layer, const Polar& now, const MadeUpTraits& traits) {
    needNyquist();
    for (std::size_t cell = 0; cell < now.z.size(); ++cell) {
        const float more = now.z[cell] - layer.power[cell];
        if (more <= 0)
            continue;
        const int ray = static_cast<int>(cell / static_cast<std::size_t>(m_gates));
        if (&layer == &m_rain)
            m_rainMadeUp[cell] = 1;
        for (std::size_t i = 0; i < m_known.size(); ++i)
            if (m_known[i]) {
                float& value = layer.moments[i][cell];
                if (m_chosen.moments[i].kind == Moment::Kind::Aloft) {
                    const float power = layer.power[cell],
                                drawnAloft = drawn(m_chosen.moments[i], traits, ray, 0);
                    value = power > 0 ? aloftSum(power, value, more, drawnAloft) - decibels(power + more)
                                      : drawnAloft;
                    continue;
                }
                value = mixed(m_chosen.moments[i], layer.power[cell], value, more,
                              drawn(m_chosen.moments[i], traits, ray, decibels(more)));
            }
    }
    layer.power = now.z;
}

void SampleMoments::rainMadeUp(const Polar& rain) {
    add(m_rain, rain, traitsOfRain());
}

void SampleMoments::clutterMadeUp(ClutterKind kind, const Polar& clutter) {
    add(m_clutter, clutter, traitsOf(kind));
}

void SampleMoments::lose(const Polar& seen) {
    const bool all = m_random.chance(m_dropout);
    if (m_chosen.season && m_random.chance(0.5 * m_dropout))
        m_temperature.reset();
    for (std::size_t i = 0; i < m_known.size(); ++i) {
        m_bias[i] = m_chosen.moments[i].bias * m_random.normal();
        if (all || m_random.chance(m_dropout))
            m_known[i] = false;
        if (!m_known[i])
            continue;
        std::vector<std::uint8_t>& lost = m_lost[i];
        lost.assign(seen.z.size(), 0);
        const bool isAloft = m_chosen.moments[i].kind == Moment::Kind::Aloft;
        if (isAloft && m_random.chance(0.2)) // the sweep above ends sooner
            for (int gate = static_cast<int>(m_random.below(m_gates)); gate < m_gates; ++gate)
                for (int ray = 0; ray < m_rays; ++ray)
                    lost[seen.at(ray, gate)] = 1;
        if (!isAloft && m_random.chance(0.5)) { // weak echoes have none
            const float level = m_random.uniform(-15, 15), share = m_random.uniform(0.5f, 1);
            for (int gate = 0; gate < m_gates; ++gate) {
                const float least = linear(level + 20 * std::log10(seen.rangeMeters(gate) / 100e3f));
                for (int ray = 0; ray < m_rays; ++ray)
                    if (const std::size_t cell = seen.at(ray, gate);
                        seen.z[cell] < least && m_random.uniform() < share)
                        lost[cell] = 1;
            }
        }
        if (m_random.chance(0.3)) // blocks of rays and gates
            for (std::int64_t count = 1 + m_random.below(4); count > 0; --count) {
                const auto ray = static_cast<int>(m_random.below(m_rays)),
                           rays = static_cast<int>(1 + m_random.below(m_rays / 4)),
                           gate = static_cast<int>(m_random.below(m_gates)),
                           end = gate + static_cast<int>(1 + m_random.below(m_gates / 2));
                for (int r = ray; r < ray + rays; ++r)
                    for (int g = gate; g < std::min(end, m_gates); ++g)
                        lost[seen.at(r % m_rays, g)] = 1;
            }
        if (!isAloft && m_random.chance(0.3)) { // here and there
            const float share = m_random.uniform(0, 0.4f);
            for (std::uint8_t& cell : lost)
                if (m_random.uniform() < share)
                    cell = 1;
        }
    }
}

void SampleMoments::mixAt(std::size_t cell, const Polar& rain, const Polar& seen) {
    const int ray = static_cast<int>(cell / static_cast<std::size_t>(m_gates));
    const float wet = rain.z[cell], other = m_clutter.power[cell];
    float noise = 0;
    if (m_noise)
        noise = linear(*m_noise + 20 * std::log10(seen.rangeMeters(static_cast<int>(
                                                      cell % static_cast<std::size_t>(m_gates))) /
                                                  100e3f));
    // Noise is alike neither between the polarisations nor from pulse to pulse.
    MadeUpTraits nothing;
    nothing.motion = Motion::Any;
    nothing.correlation = 0.25f;
    nothing.correlationSpread = 0.1f;
    nothing.differenceSpread = 1.5f;
    nothing.width = 0.4f * m_nyquist;
    nothing.widthSpread = 0.1f * m_nyquist;
    nothing.quality = nothing.qualitySpread = 0.08f;
    for (std::size_t i = 0; i < m_known.size(); ++i) {
        if (!m_known[i] || (!m_lost[i].empty() && m_lost[i][cell]))
            continue;
        const Moment& moment = m_chosen.moments[i];
        if (moment.kind == Moment::Kind::Aloft) {
            m_values[i][cell] = aloftAt(i, cell, wet, noise);
            continue;
        }
        float value = mixed(moment, wet, m_rain.moments[i][cell], other, m_clutter.moments[i][cell]);
        if (noise > 0)
            value = mixed(moment, wet + other, value, noise, drawn(moment, nothing, ray, 0));
        m_values[i][cell] = value + m_bias[i];
    }
}

float SampleMoments::aloftAt(std::size_t moment, std::size_t cell, float wet, float noise) {
    const float other = m_clutter.power[cell];
    if (wet <= 0 && other <= 0) // the receiver's noise
        return noise > 0 ? NothingAloft : None;
    const float dbz = aloftSum(wet, m_rain.moments[moment][cell], other, m_clutter.moments[moment][cell]);
    if (!std::isfinite(dbz))
        return None;
    const float power = linear(dbz) + 0.3f * noise * m_random.normal();
    const float part =
        (static_cast<float>(cell % static_cast<std::size_t>(m_gates)) + 0.5f) * m_gateMeters / 100e3f;
    return power <= 0 || power < std::max(m_leastAloft, m_leastAloftAt100km * part * part) ? NothingAloft
                                                                                           : decibels(power);
}

/// The radar shows of the sweep above what it shows of this one, and made-up rain has a top: a little above
/// where the beam is in the farthest of it.
void SampleMoments::endAloft(const Polar& rain, const Polar& seen) {
    if (!m_aloft)
        return;
    const std::size_t index = *m_aloft;
    m_leastAloft = m_leastAloftAt100km = std::numeric_limits<float>::max();
    std::vector<std::size_t> echoes(static_cast<std::size_t>(m_gates));
    std::size_t all = 0;
    for (std::size_t cell = 0; cell < seen.z.size(); ++cell) {
        const auto gate = cell % static_cast<std::size_t>(m_gates);
        const float part = seen.rangeMeters(static_cast<int>(gate)) / 100e3f;
        if (seen.z[cell] > 0) {
            m_leastAloft = std::min(m_leastAloft, seen.z[cell]);
            m_leastAloftAt100km = std::min(m_leastAloftAt100km, seen.z[cell] / (part * part));
        }
        if (rain.z[cell] > 0 && (m_shallow || m_rainMadeUp[cell])) {
            ++echoes[gate];
            ++all;
        }
    }
    if (all == 0 || !m_known[index])
        return;
    std::size_t below = 0;
    int last = 0;
    while (static_cast<double>(below += echoes[static_cast<std::size_t>(last)]) <
           0.98 * static_cast<double>(all))
        ++last;
    const double higher = m_random.uniform(0.5f, 1.5f);
    const auto height = [&](int gate, double more) {
        return beamPoint(seen.rangeMeters(gate), *m_elevation + more, 0).heightMeters / 1000;
    };
    const double top = std::max(0.5, height(last, 0)) * m_random.uniform(0.9f, 1.6f),
                 fall = m_random.uniform(10, 80), perKilometre = m_random.uniform(-4, 0.5f);
    for (int gate = 0; gate < m_gates; ++gate) {
        const double drop = fall * std::max(0.0, height(gate, higher) / top - 1),
                     kilometres = height(gate, higher) - height(gate, 0);
        for (int ray = 0; ray < m_rays; ++ray) {
            const std::size_t cell = seen.at(ray, gate);
            if (rain.z[cell] <= 0 || !(m_shallow || m_rainMadeUp[cell]))
                continue;
            float& value = m_rain.moments[index][cell];
            value = std::max(
                GoneAloft,
                value + static_cast<float>((m_rainMadeUp[cell] ? perKilometre * kilometres : 0) - drop));
        }
    }
}

std::vector<float> SampleMoments::planes(const Polar& rain, const Polar& seen) {
    if (!m_elevation)
        m_elevation = m_random.chance(0.7) ? m_random.uniform(0, 3) : m_random.uniform(0, 12);
    needNyquist();
    endAloft(rain, seen);
    const std::size_t plane = seen.z.size();
    std::vector<float> planes(m_chosen.channels() * plane, 0.0f);
    for (std::size_t cell = 0; cell < plane; ++cell) {
        if (seen.z[cell] <= 0)
            continue;
        mixAt(cell, rain, seen);
        for (std::size_t i = 0; i < m_known.size(); ++i)
            if (const float value = m_values[i][cell]; std::isfinite(value)) {
                planes[2 * i * plane + cell] = scaled(m_chosen.moments[i], value);
                planes[(2 * i + 1) * plane + cell] = 1;
            }
    }
    if (m_chosen.height)
        for (int gate = 0; gate < m_gates; ++gate) {
            const auto height =
                static_cast<float>(beamPoint(seen.rangeMeters(gate), *m_elevation, 0).heightMeters / 10e3);
            for (int ray = 0; ray < m_rays; ++ray)
                planes[2 * m_known.size() * plane + seen.at(ray, gate)] = height;
        }
    if (m_chosen.season)
        fillSeason(planes.data() + planes.size() - 2 * plane, plane, m_temperature);
    return planes;
}

} // namespace embellie::denoise
