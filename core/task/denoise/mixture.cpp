#include "core/task/denoise/mixture.h"

#include "core/task/denoise/sample_moments.h"
#include "core/task/denoise/season.h"
#include "core/task/denoise/synthetic.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace embellie::denoise {

float scaled(float dbz) {
    return std::clamp((dbz - 10) / 20, -1.5f, 2.5f);
}

float unscaled(float value) {
    return 20 * value + 10;
}

std::vector<float> channels(const std::vector<float>& dbz, int rays, int gates, double firstGateMeters,
                            double gateMeters) {
    const std::size_t plane = static_cast<std::size_t>(rays) * static_cast<std::size_t>(gates);
    std::vector<float> input(3 * plane);
    for (std::size_t i = 0; i < plane; ++i) {
        const bool echo = std::isfinite(dbz[i]);
        input[i] = echo ? scaled(dbz[i]) : -1.5f;
        input[plane + i] = echo ? 1.0f : 0.0f;
        input[2 * plane + i] = static_cast<float>(
            (firstGateMeters + static_cast<double>(i % static_cast<std::size_t>(gates)) * gateMeters) /
            100e3);
    }
    return input;
}

Polar sum(const Mixture& mixture) {
    Polar seen = mixture.rain;
    for (std::size_t i = 0; i < seen.z.size(); ++i)
        seen.z[i] = mixture.blanked[i] ? 0 : seen.z[i] + mixture.clutter.z[i];
    return seen;
}

Sample sampleOf(const Mixture& mixture, const Polar& seen) {
    const std::size_t plane = seen.z.size();
    std::vector<float> dbz(plane), rain(plane, 0.0f), weight(plane, 0.0f), value(plane, 0.0f);
    const float threeDecibels = linear(3);
    for (std::size_t i = 0; i < plane; ++i) {
        if (seen.z[i] <= 0) {
            dbz[i] = std::numeric_limits<float>::quiet_NaN();
            continue;
        }
        dbz[i] = decibels(seen.z[i]);
        const float wet = mixture.rain.z[i], other = mixture.clutter.z[i];
        const bool isRain = wet > 0 && wet >= other;
        const bool draw = wet > 0 && other > 0 && std::max(wet, other) < threeDecibels * std::min(wet, other);
        rain[i] = isRain ? 1.0f : 0.0f;
        weight[i] = (draw ? 0.2f : 1.0f) * (isRain ? mixture.trust[i] : 1.0f);
        value[i] = isRain ? scaled(decibels(wet)) : 0.0f;
    }
    const std::vector<std::int64_t> shape{1, seen.rays, seen.gates};
    Sample sample;
    sample["input"] = {{3, seen.rays, seen.gates},
                       channels(dbz, seen.rays, seen.gates, 0.5 * seen.gateMeters, seen.gateMeters)};
    sample["rain"] = {shape, std::move(rain)};
    sample["weight"] = {shape, std::move(weight)};
    sample["value"] = {shape, std::move(value)};
    return sample;
}

void addChannels(Sample& sample, const std::vector<float>& planes) {
    SampleArray& input = sample["input"];
    input.shape[0] += static_cast<std::int64_t>(planes.size()) / (input.shape[1] * input.shape[2]);
    input.values.insert(input.values.end(), planes.begin(), planes.end());
}

namespace {

/// Where a window of the sample lies in a source.
struct Placement {
    int roll = 0,
        shift = 0; ///< rays; gates of the source that come before the window (negative: blank before it)
    bool mirrored = false;
};

template <class Use>
void forWindow(const Polar& source, const Polar& target, const Placement& place, Use&& use) {
    for (int ray = 0; ray < target.rays; ++ray) {
        const int turned = place.mirrored ? target.rays - 1 - ray : ray;
        const int from = ((turned + place.roll) % source.rays + source.rays) % source.rays;
        for (int gate = 0; gate < target.gates; ++gate)
            if (const int at = gate + place.shift;
                at >= 0 && at < source.gates && source.z[source.at(from, at)] > 0)
                use(target.at(ray, gate), source.at(from, at));
    }
}

/// One of the sources: of the first ones, which are of simulated scenes, with the chance @p share.
template <class Source>
const Source& oneOf(const std::vector<Source>& sources, std::size_t ofScenes, float share,
                    SampleRandom& random) {
    std::size_t begin = 0, end = sources.size();
    if (ofScenes > 0 && ofScenes < end)
        (random.chance(share) ? end : begin) = ofScenes;
    return sources[begin + static_cast<std::size_t>(random.below(static_cast<std::int64_t>(end - begin)))];
}

void addRealRain(Mixture& mixture, const RainSource& source, const MixtureRule& rule, SampleRandom& random,
                 SampleMoments* more) {
    if (more)
        more->useRain(source.sweep);
    const auto half = static_cast<std::int64_t>(40e3f / mixture.rain.gateMeters);
    const int spare = std::max(0, source.sweep.gates - mixture.rain.gates);
    const Placement place{static_cast<int>(random.below(mixture.rain.rays)),
                          static_cast<int>(random.below(half) - half / 2 + random.below(spare + 1)),
                          random.chance(0.5)};
    const float offset = random.uniform(-rule.offset, rule.offset);
    const float noise = random.chance(0.5) ? random.uniform(0, 3) : 0;
    forWindow(source.sweep, mixture.rain, place, [&](std::size_t to, std::size_t from) {
        mixture.rain.z[to] =
            source.sweep.z[from] * linear(noise > 0 ? offset + noise * random.normal() : offset);
        mixture.trust[to] = source.trust[from];
        if (more)
            more->placeRain(to, source.sweep, from);
    });
    if (more)
        more->rainPlaced(mixture.rain);
}

void addRealClutter(Mixture& mixture, const Polar& source, SampleRandom& random, SampleMoments* more) {
    if (more)
        more->useClutter(source);
    const auto half = static_cast<std::int64_t>(10e3f / mixture.rain.gateMeters);
    const Placement place{static_cast<int>(random.below(mixture.rain.rays)),
                          static_cast<int>(random.below(2 * half + 1) - half), random.chance(0.5)};
    const float factor = linear(random.uniform(-8, 10));
    forWindow(source, mixture.clutter, place, [&](std::size_t to, std::size_t from) {
        mixture.clutter.z[to] += source.z[from] * factor;
        if (more)
            more->placeClutter(to, source, from);
    });
    if (more)
        more->clutterPlaced(mixture.clutter);
}

/// Weak rain is seen here and there only.
void stipple(Mixture& mixture, SampleRandom& random) {
    const float level = random.uniform(-5, 12), width = random.uniform(2, 8);
    for (float& z : mixture.rain.z)
        if (z > 0 && random.uniform() > (decibels(z) - level) / width + 0.5f)
            z = 0;
}

void blank(Mixture& mixture, SampleRandom& random, float varied) {
    const Polar& sweep = mixture.rain;
    if (random.chance(0.2 * varied)) {
        const int end = sweep.gates / 3 + static_cast<int>(random.below(2 * sweep.gates / 3));
        for (int ray = 0; ray < sweep.rays; ++ray)
            for (int gate = end; gate < sweep.gates; ++gate)
                mixture.blanked[sweep.at(ray, gate)] = 1;
    }
    if (random.chance(0.1 * varied)) {
        const int from = static_cast<int>(random.below(sweep.rays)),
                  width = static_cast<int>(1 + random.below(40));
        for (int i = 0; i < width; ++i)
            for (int gate = 0; gate < sweep.gates; ++gate)
                mixture.blanked[sweep.at((from + i) % sweep.rays, gate)] = 1;
    }
}

/// The receiver's noise: its level grows with 20 log r, its power is gamma distributed (mean of a few
/// pulses), its mean is subtracted, and what then lies under a signal-to-noise limit is not shown. What
/// remains of it counts as clutter; rain under -6 dB of it loses its label, and within 3 dB of that most of
/// its weight. @return its level, dBZ at 100 km
float addReceiverNoise(Mixture& mixture, Polar& seen, SampleRandom& random) {
    const float level = random.uniform(-22, 8), cut = linear(random.uniform(-8, 5));
    const std::int64_t pulses = 4 + random.below(28);
    const float deviation = 1 / std::sqrt(static_cast<float>(pulses));
    const float lost = linear(-6), doubtful = linear(-3);
    for (int gate = 0; gate < seen.gates; ++gate) {
        const float noise = linear(level + 20 * std::log10(seen.rangeMeters(gate) / 100e3f));
        for (int ray = 0; ray < seen.rays; ++ray) {
            const std::size_t i = seen.at(ray, gate);
            if (mixture.blanked[i])
                continue;
            // Wilson and Hilferty's cube of a normal number is gamma distributed to within a percent.
            const float cube = 1 - deviation * deviation / 9 + deviation / 3 * random.normal();
            const float residue = noise * (cube * cube * cube - 1);
            const float power = seen.z[i] + residue;
            if (power < cut * noise || power <= 0) {
                seen.z[i] = 0;
                continue;
            }
            seen.z[i] = power;
            mixture.clutter.z[i] += std::max(residue, 0.0f);
            const float rain = mixture.rain.z[i];
            if (rain < lost * noise)
                mixture.rain.z[i] = 0;
            else if (rain < doubtful * noise)
                mixture.trust[i] *= 0.25f;
        }
    }
    return level;
}

/// What the radar does not show any more, and the steps in which it stores the rest.
void limit(Polar& seen, SampleRandom& random, float varied) {
    const float floor = linear(random.uniform(-25, 6));
    // Some files hold only what is above a reflectivity, so that even rain ends sharply.
    const float weakest = random.chance(0.3 * varied) ? linear(random.uniform(-5, 14)) : 0;
    constexpr float steps[] = {0, 0.4f, 0.5f, 1};
    const float step = random.chance(varied) ? steps[random.below(4)] : 0;
    for (int gate = 0; gate < seen.gates; ++gate) {
        const float part = seen.rangeMeters(gate) / 100e3f, least = floor * part * part;
        for (int ray = 0; ray < seen.rays; ++ray) {
            float& z = seen.z[seen.at(ray, gate)];
            if (z > 0 && z < std::max(least, weakest))
                z = 0;
            else if (z > 0 && step > 0)
                z = linear(step * std::round(decibels(z) / step));
        }
    }
}

/// Rain and the rest shall count alike, within limits: where one is rare its gates weigh more, at the same
/// sum.
void balance(Sample& sample) {
    const std::vector<float>& rain = sample["rain"].values;
    std::vector<float>& weight = sample["weight"].values;
    double wet = 0, other = 0;
    for (std::size_t i = 0; i < weight.size(); ++i)
        (rain[i] > 0 ? wet : other) += weight[i];
    if (wet <= 0 || other <= 0)
        return;
    const double factor = std::clamp(std::sqrt(other / wet), 0.7, 3.0),
                 norm = (wet + other) / (factor * wet + other);
    for (std::size_t i = 0; i < weight.size(); ++i)
        weight[i] *= static_cast<float>(rain[i] > 0 ? factor * norm : norm);
}

} // namespace

Sample makeSample(const Sources& sources, const MixtureRule& rule, SampleRandom& random) {
    const auto length =
        static_cast<std::size_t>(random.below(static_cast<std::int64_t>(sources.gateMeters.size())));
    const Polar empty(rule.rays, rule.gates, sources.gateMeters[length]);
    Mixture mixture{empty, empty, std::vector<float>(empty.z.size(), 1.0f),
                    std::vector<std::uint8_t>(empty.z.size(), 0)};
    std::optional<SampleMoments> moments;
    SampleRandom ahead = random; // the stream of the sample itself goes on as without moments
    const std::uint64_t stream = ahead.bits();
    if (!rule.moments.none())
        moments.emplace(rule.moments, rule.momentDropout, empty, SampleRandom(stream, -7, 0));
    Season season(rule.moments.season);
    const SampleRandom ofSeason(stream, -8, 0);
    SampleMoments* more = moments ? &*moments : nullptr;
    const auto rainMadeUp = [&] {
        if (more)
            more->rainMadeUp(mixture.rain);
    };
    const bool dry = random.chance(rule.dry);
    if (!dry) {
        if (sources.rain[length].empty() || random.chance(rule.syntheticRain)) {
            season.draw(ofSeason);
            addSyntheticRain(mixture.rain, random, season.snow(rule.snow));
            rainMadeUp();
        } else {
            const RainSource& source =
                oneOf(sources.rain[length], sources.sceneRain[length], rule.sceneRain, random);
            season.drawNear(source.sweep.temperature, ofSeason);
            addRealRain(mixture, source, rule, random, more);
        }
        const bool patchy = random.chance(0.3 * rule.varied),
                   shallow = random.chance(season.snow(rule.shallow));
        if (patchy)
            keepPatches(mixture.rain, random);
        if (shallow)
            makeShallow(mixture.rain, random);
        if (more && shallow)
            more->shallow();
        if (more && (patchy || shallow))
            more->rainPlaced(mixture.rain);
        if (random.chance(0.4 * rule.varied)) {
            addCells(mixture.rain, random, static_cast<int>(1 + random.below(25)));
            rainMadeUp();
        }
        if (random.chance(0.3 * rule.varied))
            stipple(mixture, random);
    }
    if (!sources.clutter[length].empty() && random.chance(rule.realClutter))
        for (int attempt = 0; attempt < 20; ++attempt) {
            const Polar& source =
                oneOf(sources.clutter[length], sources.sceneClutter[length], rule.sceneClutter, random);
            if (!season.allows(source.temperature))
                continue;
            if (dry)
                season.drawNear(source.temperature, ofSeason);
            addRealClutter(mixture, source, random, more);
            break;
        }
    else if (dry)
        season.draw(ofSeason);
    addSyntheticClutter(mixture.clutter, random, rule.syntheticClutter, rule.sectors, season.insects(),
                        [&](ClutterKind kind) {
                            if (more)
                                more->clutterMadeUp(kind, mixture.clutter);
                        });
    blank(mixture, random, rule.varied);
    Polar seen = sum(mixture);
    if (random.chance(rule.noise)) {
        const float level = addReceiverNoise(mixture, seen, random);
        if (more)
            more->noise(level);
    }
    limit(seen, random, rule.varied);
    Sample sample = sampleOf(mixture, seen);
    if (more) {
        more->season(season.temperature());
        more->lose(seen);
        addChannels(sample, more->planes(mixture.rain, seen));
    }
    balance(sample);
    return sample;
}

} // namespace embellie::denoise
