#pragma once

#include "core/io/source.h"

#include <cstdint>
#include <functional>
#include <map>
#include <variant>

namespace embellie {

/// An attribute of a how group.
using OdimAttribute =
    std::variant<std::int64_t, double, std::string, std::vector<std::int64_t>, std::vector<double>>;
using OdimAttributes = std::map<std::string, OdimAttribute>;

/// Tasks that name our quality fields (qualityK/how/task); the reader knows them.
inline constexpr const char* OdimRejectedTask = "fr.embellie.rejected";       ///< 1: removed, 0: kept
inline constexpr const char* OdimProbabilityTask = "fr.embellie.probability"; ///< of rain, 0 to 1
/// How far the members of an ensemble differ in that probability; how/task_args says by what measure.
inline constexpr const char* OdimUncertaintyTask = "fr.embellie.uncertainty";

/// Id of the quality field that says how unsure a probability is, 0 to 1, in results of any family.
inline constexpr const char* UncertaintyId = "UNCERTAINTY";

/// A moment of a sweep. Its Rejected cells are written as undetect and named by a quality field; @p quality
/// are further quality fields on the same geometry (Kind::Probability: OdimProbabilityTask; UncertaintyId:
/// OdimUncertaintyTask, with its long name; an id with dots is a task's, any other a quantity's), @p how goes
/// into data<m>/how.
struct OdimMoment {
    FieldPtr field;
    std::vector<FieldPtr> quality;
    OdimAttributes how;
    bool isExact = false; ///< nothing is rounded: what no step gives back is float32
};

/// Sweeps in the order of the file; the moments of one sweep share its geometry.
struct OdimVolume {
    TimePoint time{}; ///< nominal
    Site site;
    std::vector<std::vector<OdimMoment>> sweeps;
    OdimAttributes how; ///< of the root
    /// All names of the radar ("NOD:frave", "WMO:07005"), where they are known; else site's.
    std::vector<std::string> identifiers;
};

/// A sweep that is written: its moments, and quality fields of all of them.
struct OdimSweep {
    std::vector<OdimMoment> moments; ///< at least one
    std::vector<FieldPtr> quality;   ///< nothing of them is rounded
};

/// Writes an ODIM_H5 2.3 polar volume (PVOL; one sweep: SCAN; where all are RHIs: ELEV), atomically; the same
/// content gives the same bytes. Reflectivities that are multiples of 0.5 dB and classes are packed into 8
/// bits exactly; what is in dBZ, dB, m s-1 or degrees else into 16 bits with a step of a hundredth,
/// probabilities and their uncertainties into steps of 0.004; the rest is float32. Where a moment is
/// ambiguous and has no cell without echo, nodata and undetect are one code. A sweep that looks straight up
/// is one at 90 degrees: the format has no other, and our readers take it for that.
/// @throws Error, Cancelled
void writeOdimVolume(const std::filesystem::path& file, const OdimVolume& volume, Feedback& feedback);

/// The same for volumes that are not held whole: @p volume has no sweeps, @p sweepAt is asked once for each
/// of
/// @p sweeps, in order.
void writeOdimVolume(const std::filesystem::path& file, const OdimVolume& volume, std::size_t sweeps,
                     const std::function<OdimSweep(std::size_t)>& sweepAt, Feedback& feedback);

/// The result for one sweep of an input file.
struct OdimResultSweep {
    std::size_t sweep = 0; ///< index into the input's SourceInfo::sweeps
    OdimMoment cleaned;    ///< on the sweep's own geometry
};

/// Writes a result file: a copy of the ODIM file @p input (same datasets in the same order, all its moments
/// and attributes), in which each result replaces the moment of its quantity, or is added behind the others.
/// @p how (run, checkpoint, network, version, settings) is added to the root's how. Atomic; @p output may not
/// be
/// @p input. @throws Error, Cancelled
void writeOdimResult(const std::filesystem::path& output, const std::filesystem::path& input,
                     const std::vector<OdimResultSweep>& results, const OdimAttributes& how,
                     Feedback& feedback);

} // namespace embellie
