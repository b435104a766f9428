#pragma once

#include "core/simulate/scene.h"
#include "core/task/denoise/mixture.h"
#include "core/task/sweep_data.h"

#include <utility>

// Sweeps of files and of simulated scenes, on their way into the sources that samples are mixed from.
namespace embellie::denoise {

/// A sweep still on its own gates, with what the task may look at beside its reflectivity.
struct SourceSweep {
    std::string name;
    FieldPtr field;
    Companions further;
    FieldPtr rainAloft; ///< the true rain of what is aloft; null where it isn't known
};

/// The reflectivity of a sweep, and of its layer the first of @p quantities, with the chosen moments that
/// there are. @throws Error, Cancelled
SourceSweep readSweep(const SweepData& sweeps, const SweepEntry& sweep,
                      const std::vector<std::string>& quantities, const ChosenMoments& chosen,
                      Feedback& feedback);
/// The reflectivity of another quantity in the sweep above; null where there is none. @throws Error,
/// Cancelled
FieldPtr readAloft(const SweepData& sweeps, const LayerEntry& layer, const std::string& quantity,
                   Feedback& feedback);
/// @p above: the sweep above, null where there is none
SourceSweep simulatedSweep(const std::string& name, const SimulatedSweep& sweep, const SimulatedSweep* above,
                           const ChosenMoments& chosen);

/// On even rays and gates from the radar on, with its moments.
Polar sweepOf(const SourceSweep& sweep, const MixtureRule& rule, float gateMeters);
/// A sweep of a rainy day: what can't be trusted to be rain is taken out.
RainSource rainSource(const SourceSweep& sweep, const MixtureRule& rule, float gateMeters);
/// Rain and the rest of a sweep with known truth. Its moments are those of what dominates the gate, but for
/// what is aloft, which is parted too where its truth is known.
std::pair<Polar, Polar> parted(const SourceSweep& all, const Field& rain, const MixtureRule& rule,
                               float gateMeters);

/// The reverse: even rays and gates, @p like its place and time; @p values by gate, NaN where there is no
/// echo, aloft where nothing is known.
Field fieldOf(const Polar& polar, const Field& like, const std::string& id, const std::string& unit,
              std::vector<float> values);
/// Its reflectivity.
Field fieldOf(const Polar& polar, const Field& like, const std::string& id);

} // namespace embellie::denoise
