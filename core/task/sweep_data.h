#pragma once

#include "core/base/feedback.h"
#include "core/io/dataset.h"
#include "core/settings/settings.h"
#include "core/task/sample.h"
#include "core/task/task.h"

#include <memory>
#include <string>
#include <vector>

// What tasks on radar sweeps have in common: finding sweeps in files, splitting them, choosing what is
// predicted.
namespace embellie {

/// An azimuth sweep of the files of one role.
struct SweepEntry {
    std::string site; ///< title of its group
    TimePoint time{};
    LayerEntry layer;
    bool validation = false;
    /// "Jabbeke 2019-06-06": what is kept apart as a whole.
    std::string part() const;
    std::string name() const; ///< "Jabbeke 2019-06-06 00:00:00, 0.3°"
};

/// The sweeps of a role.
struct SweepData {
    std::shared_ptr<Dataset> dataset; ///< null where no paths were given
    std::vector<SweepEntry> sweeps;   ///< by site, time, angle
};

/// Opens @p paths (nothing where there are none); sweeps above @p mostElevation degrees are left out, and
/// those whose layer lacks all of
/// @p quantities. Files that can't be read are told as messages. @throws Error where not one sweep is left,
/// Cancelled
SweepData openSweeps(const std::string& role, const std::vector<std::string>& paths, double mostElevation,
                     const std::vector<std::string>& quantities, Feedback& feedback);

/// The first of @p quantities that the layer has; null where it has none.
const MomentEntry* firstOf(const LayerEntry& layer, const std::vector<std::string>& quantities);

/// Marks what is kept for validation: the parts (radar and day) whose name holds one of @p heldOut (separated
/// by commas), else a
/// @p share of the parts by chance of @p seed; of a single part the last times; of a single time, or for a
/// share of 0, nothing.
/// @return whether @p heldOut names one of them
bool splitByPart(SweepData& data, const std::string& heldOut, double share, std::uint64_t seed);
/// Marks the last @p share of the times; of a single time, or for a share of 0, nothing.
void splitByTime(SweepData& data, double share);

/// Takes every n-th sweep, so that at most @p most of the training ones and @p mostValidation of those kept
/// for validation are left.
void thinOut(SweepData& data, std::size_t most, std::size_t mostValidation);

/// The files behind the sweeps, with what they serve for. A file that serves both has two lines.
std::vector<UsedFile> usedFiles(const std::string& role, const SweepData& data);

/// Raw reflectivity by declared rule: of each azimuth sweep (with @p rhiToo of each RHI too) the first of @p
/// preferred that it has; or, where @p wanted names an array (id, path) or a quantity, that. @throws Error in
/// one sentence
std::vector<PredictionInput> sweepInputs(const SourceInfo& info, const std::string& wanted,
                                         const std::vector<std::string>& preferred, bool rhiToo = false);

/// The same of rawReflectivities(), for tasks that look at nothing else. @throws Error (wrong use) where
/// @p wanted names what says that it is none
std::vector<PredictionInput> reflectivityInputs(const SourceInfo& info, const std::string& wanted,
                                                bool rhiToo);

/// Stands in a list of quantities for whatever is in dBZ: names of reflectivity are without number.
inline constexpr const char* AnyReflectivity = "anything in dBZ";

/// Names under which raw reflectivity is found, the rawest first: total power before corrected reflectivity,
/// and AnyReflectivity at the end.
const std::vector<std::string>& rawReflectivities();

} // namespace embellie
