#pragma once

#include "core/task/denoise/moments.h"
#include "core/task/denoise/synthetic.h"

#include <optional>
#include <vector>

namespace embellie::denoise {

/// What an echo of one kind is like where nobody measured it, drawn once for all its gates.
struct MadeUpTraits {
    enum class Motion { Still, Wind, Drift, Any };
    Motion motion = Motion::Still;
    float scatter = 0; ///< m/s, of the velocity
    float correlation = 1, correlationSpread = 0;
    float difference = 0, differenceSpread = 0; ///< dB
    float width = 1, widthSpread = 0;           ///< m/s
    float quality = 1, qualitySpread = 0;
    float aloft = 0, aloftSpread = 0; ///< dB, of the sweep above against the echo below
};

/// The further moments of one sample. Echoes of files bring their own; a moment is used only where every file
/// that the sample is made of has it, so that its being there says nothing. Echoes that are made up get
/// plausible values, drawn over and over in wide ranges about those of core/simulate/echo_traits.h, so that
/// no fixed value becomes the mark of a kind, and so do those that a stronger echo of their file hid. At the
/// end whole moments are dropped, and gates of the others (weak ones, blocks, here and there), so that
/// networks do without them and missing says nothing.
class SampleMoments {
public:
    /// @p dropout: chance that a moment is missing altogether, and again that all are.
    SampleMoments(const ChosenMoments& chosen, float dropout, const Polar& shape, SampleRandom random);

    /// A file's sweep is going to be placed gate by gate; rainPlaced(), clutterPlaced() end it.
    void useRain(const Polar& source) { use(source, m_rain); }
    void useClutter(const Polar& source) { use(source, m_clutter); }
    void placeRain(std::size_t to, const Polar& source, std::size_t from) { place(m_rain, to, source, from); }
    void placeClutter(std::size_t to, const Polar& source, std::size_t from) {
        place(m_clutter, to, source, from);
    }
    void rainPlaced(const Polar& rain) { m_rain.power = rain.z; }
    void clutterPlaced(const Polar& clutter) { m_clutter.power = clutter.z; }
    /// A file's sweep as it is.
    void rainIs(const Polar& source) { is(m_rain, source); }
    void clutterIs(const Polar& source) { is(m_clutter, source); }
    /// What was added to the sweep since the last call of either was made up.
    void rainMadeUp(const Polar& rain);
    void clutterMadeUp(ClutterKind kind, const Polar& clutter);
    /// The receiver's noise: dBZ at 100 km, growing with 20 log r.
    void noise(float level) { m_noise = level; }
    /// °C, as expectedTemperature(); nothing: unknown.
    void season(std::optional<float> temperature) { m_temperature = temperature; }

    /// The rain ends where the beam is above its clouds, and so does that above.
    void shallow() { m_shallow = true; }

    /// Drops moments and gates, and shifts the calibration of the others.
    void lose(const Polar& seen);
    /// The channels of momentChannels(); @p rain: what is left of it after all, @p seen the sum.
    std::vector<float> planes(const Polar& rain, const Polar& seen);
    /// The moment in its unit, NaN where it is missing; after planes().
    const std::vector<float>& values(std::size_t moment) const { return m_values[moment]; }
    bool isKnown(std::size_t moment) const { return m_known[moment]; }

private:
    struct Layer {
        std::vector<float> power;                ///< as last seen
        std::vector<std::vector<float>> moments; ///< by moment; NaN unknown
        MadeUpTraits hidden{};                   ///< of what a stronger echo of the file hid
    };
    void use(const Polar& source, Layer& layer);
    void is(Layer& layer, const Polar& source);
    void place(Layer& layer, std::size_t to, const Polar& source, std::size_t from, bool makeUp = true);
    void add(Layer& layer, const Polar& now, const MadeUpTraits& traits);
    float drawn(const Moment& moment, const MadeUpTraits& traits, int ray, float dbz);
    float folded(float velocity) const;
    void needNyquist();
    MadeUpTraits traitsOfRain();
    MadeUpTraits traitsOf(ClutterKind kind);
    void mixAt(std::size_t cell, const Polar& rain, const Polar& seen);
    void endAloft(const Polar& rain, const Polar& seen);
    float aloftAt(std::size_t moment, std::size_t cell, float wet, float noise);

    ChosenMoments m_chosen;
    float m_dropout;
    int m_rays, m_gates;
    SampleRandom m_random;
    Layer m_rain, m_clutter;
    std::vector<std::vector<float>> m_values;
    std::vector<std::vector<std::uint8_t>> m_lost; ///< by moment, by gate; empty: none
    std::vector<bool> m_known;
    std::vector<float> m_bias;
    std::optional<float> m_noise;
    float m_nyquist = 0; ///< m/s; 0: not yet known
    float m_windSpeed, m_windFrom;
    std::optional<float> m_elevation; ///< degrees
    std::optional<float> m_temperature;
    std::vector<std::uint8_t> m_rainMadeUp; ///< by gate
    bool m_shallow = false;
    std::optional<std::size_t> m_aloft; ///< which moment
    float m_gateMeters = 0;
    float m_leastAloft = 0, m_leastAloftAt100km = 0; ///< linear; what is weaker the radar does not show
};

} // namespace embellie::denoise
