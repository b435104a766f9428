#pragma once

#include "core/task/denoise/polar.h"
#include "core/task/task.h"

#include <optional>
#include <string>
#include <vector>

// Moments beside reflectivity: what the network sees of them, in samples and in files.
namespace embellie::denoise {

/// A further moment that the network may look at. Its channels: (value - middle) / scale, clipped to
/// ±MomentReach, 0 where it is missing; and 1 where it is known, else 0.
struct Moment {
    enum class Kind { Correlation, Difference, Velocity, Width, Quality, Aloft };
    Kind kind = Kind::Correlation;
    std::string id;                      ///< as in denoise.moments: "RHOHV"
    std::vector<std::string> quantities; ///< names under which files have it, the rawest first
    std::string unit;
    float middle = 0, scale = 1;
    float bias = 0; ///< in its unit: by about so much its calibration differs from radar to radar
    TextPattern help;
};
inline constexpr float MomentReach = 2.5f;

/// What the setting denoise.moments asks for.
struct ChosenMoments {
    std::vector<Moment> moments;
    bool height = false; ///< one channel more: height of the beam above the radar in 10 km
    bool season =
        false; ///< two channels more: the temperature to be expected (season.h), and whether it is known
    bool looksAloft() const;
    bool none() const { return moments.empty() && !height && !season; }
    std::size_t channels() const { return 2 * moments.size() + (height ? 1 : 0) + (season ? 2 : 0); }
};

/// @throws Error for a name that is none of the known ones
ChosenMoments chosenMoments(const Settings& settings);
/// The channels that follow those of reflectivity.
std::vector<ChannelInfo> momentChannels(const ChosenMoments& chosen);
/// TaskInfo::companions: the arrays of the same sweep, but for those that denoise.without names.
std::vector<PredictionInput> momentArrays(const SourceInfo& info, const Settings& settings,
                                          const std::string& array);

float scaled(const Moment& moment, float value); ///< 0 for NaN
/// Code of a moment that is known of the gate but not of this part of its echo, which another part hides.
inline constexpr std::uint8_t HiddenMoment = 255;
std::uint8_t momentCode(const Moment& moment, float value); ///< as Polar::moments; 0 for NaN
float momentValue(const Moment& moment, std::uint8_t code); ///< the reverse
/// Of two echoes of the powers @p powerA and @p powerB (linear Z) in one gate whose moments are @p a and @p b
/// (NaN: unknown): ZDR of the summed powers; RHOHV and SQI weighted with power, as where both echoes have the
/// same ZDR, phase and velocity, which is the most that they can be (sums of complex covariances: Bringi and
/// Chandrasekar, Polarimetric Doppler Weather Radar, 2001, chapter 6); velocity and width of the stronger
/// echo, and so all where one of both is unknown.
float mixed(const Moment& moment, float powerA, float a, float powerB, float b);

/// Finds the cells of one sweep by those of another: the same one where both have the same gates, else the
/// nearest.
class NearestCell {
public:
    NearestCell(const Sweep& from, const Sweep& to);
    /// Nothing where the other sweep has a gap or ends.
    std::optional<std::size_t> find(std::size_t ray, std::size_t gate) const {
        if (m_rays[ray] < 0 || m_gates[gate] < 0)
            return std::nullopt;
        return static_cast<std::size_t>(m_rays[ray]) * m_columns + static_cast<std::size_t>(m_gates[gate]);
    }

private:
    std::vector<std::int64_t> m_rays, m_gates; ///< -1: none
    std::size_t m_columns;
};

/// Gives @p polar, which is polarOf(reflectivity), the moments of @p fields: of each gate that of the
/// strongest of the gates joined in it. Moments that are not there stay empty.
void addMoments(Polar& polar, const Field& reflectivity, const Companions& fields,
                const std::vector<Moment>& moments);

/// The channels of momentChannels() for a field of a file: rays in @p order (NoRay: an empty one), every @p
/// joined gates one, with the moment of the strongest of them. Where there is no echo no moment is known.
std::vector<float> momentPlanes(const ChosenMoments& chosen, const Field& reflectivity,
                                const Companions& fields, const std::vector<std::size_t>& order,
                                std::size_t joined);

/// The two channels of the season, which are zero before; each of @p plane cells.
void fillSeason(float* planes, std::size_t plane, std::optional<float> temperature);

/// How much the mere presence of a moment tells: echoes of rain and of the rest, and how many of them have
/// it.
struct PresenceCount {
    double rain = 0, rainWith = 0, rest = 0, restWith = 0;
    /// |share of the rain that has it - share of the rest that has it|: 0 tells nothing, 1 everything
    /// (Youden's index of the rule "what has it is rain", or of its reverse).
    double tells() const;
    void add(bool isRain, bool has) {
        (isRain ? rain : rest) += 1;
        (isRain ? rainWith : restWith) += has ? 1 : 0;
    }
};
/// Above this a run says that the presence gives the answer away.
inline constexpr double TellingPresence = 0.3;

} // namespace embellie::denoise
