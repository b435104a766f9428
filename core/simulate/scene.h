#pragma once

#include "core/base/feedback.h"
#include "core/field/field.h"
#include "core/settings/settings.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace embellie {

/// Declared settings "sim.*": times, sweeps, gates, rain, clutter, noise, seed.
SettingTable sceneSettings();

/// Classes of a scene's CLASS field: what dominates TH in a cell.
enum class EchoClass : int {
    None = 0,
    Rain = 1,
    GroundClutter = 2,
    ClearAir = 3,
    Interference = 4,
    Speckle = 5,
    Noise = 6,
    SeaClutter = 7,
    WindPark = 8
};
/// Their names and colours, in that order.
std::vector<Meaning> echoClasses();

/// Name of every simulated site, in files too: observations never bear it.
inline constexpr const char* SimulatedSiteName = "Simulated radar";

/// One sweep as the radar would give it, and its truth; all share one geometry (ray, gate), rays from north.
/// A blanked sector is NoData in all of them.
struct SimulatedSweep {
    FieldPtr th;      ///< dBZ, everything: linear sum of all echoes, noEcho below the receiver's sensitivity
    FieldPtr dbzh;    ///< dBZ, the true rain; noEcho where there is none or it is below the sensitivity
    FieldPtr classes; ///< CLASS, EchoClass of the strongest part; None where TH is noEcho
    /// Of the sum of all echoes and the noise, as a radar estimates them, where TH is valid; VRADH and WRADH
    /// only where the SQI is not below sim.least_sqi. Null with "sim.moments" off.
    FieldPtr rhohv, vradh, wradh, zdr, sqi;
    /// Those that there are, in this order.
    std::vector<FieldPtr> fields() const;
};

struct SimulatedVolume {
    TimePoint time{};
    std::vector<SimulatedSweep> sweeps; ///< in the order of sim.elevations
};

/// A made-up radar and its weather: a function of the settings alone. The same settings give the same bytes
/// on every machine of the same arithmetic, times and sweeps in any order (each purpose has its own
/// counter-based random stream). Const functions may be called from several threads.
///
/// Rain: a Gaussian random field with a power-law spectrum, drifting with the wind and slowly changing, makes
/// the stratiform rain and its banding (the spectral method of Pegram and Clothier, High resolution
/// space-time modelling of rainfall: the "String of Beads" model, J. Hydrol. 241, 2001); its exponential
/// makes rates log-normal (Crane, J. Clim. Appl. Meteorol. 24, 1985, and others). Convective cells are
/// exponential in distance (HYCELL's outer part: Féral et al., Radio Sci. 38, 2003), born at random and along
/// a line. Z = 200 R^1.6 (Marshall and Palmer, J. Meteorol. 5, 1948). Not rain: ground clutter where the beam
/// or its side lobes touch a fractal land with mountains (Terrain), sea (seaDb), wind parks (WindParks),
/// clear air near the ground, interference spokes growing with 20 log r, speckle, receiver noise: gamma
/// distributed, its mean subtracted but for a share. RHOHV, VRADH, WRADH, ZDR and SQIH follow from the parts
/// of each gate (echoTraits, momentsOf).
class SimulatedScene {
public:
    /// @throws Error for settings that do not fit together
    explicit SimulatedScene(const Settings& settings);
    ~SimulatedScene();
    SimulatedScene(SimulatedScene&&) noexcept;
    SimulatedScene& operator=(SimulatedScene&&) noexcept;

    /// Those in force: with "sim.variety" on, with what was drawn.
    const Settings& settings() const;
    const Site& site() const;
    std::size_t times() const;
    std::size_t sweeps() const;
    TimePoint time(std::size_t index) const;

    SimulatedSweep sweep(std::size_t time, std::size_t sweep) const;
    /// @throws Cancelled
    SimulatedVolume volume(std::size_t time, Feedback& feedback) const;

    /// Rain gauges below the rain, on land: mm in the interval that ends at each time, in steps of the
    /// tipping bucket, with the gauge's own error of some percent. Geometry: Series. Rain that falls is what
    /// the radar would see near the ground. @throws Cancelled
    FieldPtr gauges(Feedback& feedback) const;

private:
    struct Model;
    std::unique_ptr<const Model> m_model;
};

} // namespace embellie
