#pragma once

#include "core/task/denoise/moments.h"
#include "core/task/sample.h"
#include "core/task/sample_random.h"

#include <vector>

namespace embellie::denoise {

/// A sweep of a rain source, with how far each gate may be trusted to be rain.
struct RainSource {
    Polar sweep; ///< echo that is not trusted at all is taken out
    std::vector<float> trust;
};

/// What samples are mixed from: sources by gate length.
struct Sources {
    std::vector<std::vector<RainSource>> rain; ///< by index into gateMeters
    std::vector<std::vector<Polar>> clutter;
    std::vector<float> gateMeters;
    std::vector<std::size_t> sceneRain, sceneClutter; ///< how many of the first are of simulated scenes
};

/// Chances and sizes of the mixture; the settings denoise.* of these names.
struct MixtureRule {
    int rays = 360, gates = 256;
    float syntheticRain = 0.3f; ///< share of samples whose rain is made up
    float snow = 0;             ///< share of made-up rain that is weak, smooth and shallow, in the cold
    float shallow = 0;          ///< the same of samples whose rain ends where the beam is above its clouds
    float dry = 0.06f;          ///< share without rain
    float realClutter = 0.75f;  ///< chance of clutter from files
    float syntheticClutter = 1; ///< factor on the chances of made-up clutter
    float sectors = 0;          ///< share of made-up interference that fills whole sectors
    float sceneRain = 0.3f;    ///< share of the files' rain that is of simulated scenes, where both are given
    float sceneClutter = 0.4f; ///< the same of clutter
    float noise = 0.35f;       ///< chance of receiver noise
    float offset = 6;          ///< dB: rain is moved by up to this
    float varied = 1;          ///< factor on the chances of cut range, blank sectors, stippling, quantisation
    ChosenMoments moments = {}; ///< further ones that the samples have; they change nothing else of a sample
    float momentDropout = 0.3f; ///< chance that one of them, and again that all of them, are missing
};

/// Rain and what is no rain on the same gates, before they are added.
struct Mixture {
    Polar rain, clutter;
    std::vector<float> trust;          ///< of the rain, by gate
    std::vector<std::uint8_t> blanked; ///< gates that the radar does not show
};

/// The sum in linear Z, by gate; additive: sum(a, b) = a + b exactly where both have echo.
Polar sum(const Mixture& mixture);

/// Arrays "input" (3, rays, gates), "rain", "weight", "value" (1, rays, gates): label, its weight and the
/// true dBZ scaled as the input. Rain where rain >= what is not; weight 1 on echo, 0.2 within 3 dB of a draw,
/// 0 without echo.
Sample sampleOf(const Mixture& mixture, const Polar& seen);

/// The network's channels for reflectivity in dBZ (NaN: no echo), rays × gates, first gate centre and length
/// in m: clip((dBZ - 10) / 20, -1.5, 2.5), echo mask, range / 100 km.
std::vector<float> channels(const std::vector<float>& dbz, int rays, int gates, double firstGateMeters,
                            double gateMeters);
/// Further channels behind those of a sample's input.
void addChannels(Sample& sample, const std::vector<float>& planes);
float scaled(float dbz); ///< (dBZ - 10) / 20, clipped
float unscaled(float value);

/// One sample of a run, drawn by @p random.
Sample makeSample(const Sources& sources, const MixtureRule& rule, SampleRandom& random);

} // namespace embellie::denoise
