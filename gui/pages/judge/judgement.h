#pragma once

#include "core/io/dataset.h"
#include "core/score/confusion.h"
#include "core/score/verification.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace embellie {

/// Thresholds of the score table, dBZ: any rain, light, moderate, strong, and what begins to be convective.
inline const std::vector<double> JudgedThresholds{0, 7, 15, 20, 30};
/// Below so many gates of observed rain (or of a class) a score is said to be too weak to trust.
inline constexpr std::uint64_t FewestGates = 500;

/// Of the categories of a difference, 0xRRGGBB: calm where all is well, purple lower, green higher.
struct DifferenceColours {
    std::uint32_t agree = 0, lost = 0, left = 0;
};

/// What is compared: the same layer in the open data and in the result files. A value; safe on any thread.
struct JudgedLayer {
    std::shared_ptr<Dataset> data, results; ///< results null: only raw and reference are known
    LayerEntry layer;
    std::optional<LayerEntry> result;
    std::string raw, cleaned, reference; ///< quantity ids; reference empty where there is none
};

/// Everything of one layer that the four panes show; null where it is missing.
struct JudgedFields {
    FieldPtr raw, cleaned, reference, probability, difference;
    std::uint64_t agree = 0, lost = 0, left = 0; ///< cells of the difference; agree, other, other for classes
};

/// The layer of result files that belongs to a layer of the data: the same site or product, angle and shape,
/// nearest in time (at most a minute away). Null where there is none.
const LayerEntry* resultLayer(const Dataset& results, const GroupEntry& group, const LayerEntry& layer);

/// The moment of a result that answers @p raw: @p expected where it is there, else the standard name (TH is
/// cleaned to DBZH) or its own, else the first that is no quality. Empty where there is none.
std::string cleanedMoment(const LayerEntry& result, const std::string& raw, const std::string& expected);
/// The moment that most likely says what is true of @p raw: its cleaned twin, or, where classes are asked for
/// (@p expected), that moment. Empty where there is none.
std::string likelyReference(const LayerEntry& layer, const std::string& raw, const std::string& expected);
/// The probability that qualifies a cleaned moment; null where there is none.
const MomentEntry* probabilityOf(const LayerEntry& result, const std::string& cleaned);

/// Reads a layer and makes its difference at @p threshold (of classes: where they differ). Where the radar
/// measured an echo and the reference has nothing, its maker removed it (the rule of RemovedMeans::NoRain):
/// such cells are Rejected in the reference as it is shown. @throws Error, Cancelled
JudgedFields readJudged(const JudgedLayer& layer, double threshold, const DifferenceColours& colours,
                        Feedback& feedback);

/// Categories of cells at a threshold, by the rule of verify(): agree (rain in both), rain lost, echo left;
/// noEcho where neither has rain and noData where the radar did not measure. Counts go to @p fields.
FieldPtr differenceField(const Field& reference, const Field& cleaned, const Field* raw, double threshold,
                         const DifferenceColours& colours, JudgedFields& fields);
FieldPtr classDifference(const Field& reference, const Field& cleaned, const DifferenceColours& colours,
                         JudgedFields& fields);

/// Scores pooled over layers.
struct Judgement {
    Verification scores;              ///< of quantities
    std::optional<Confusion> classes; ///< of classes, instead
    std::size_t sweeps = 0;
    TimeInterval span;
};
/// Reads and scores all layers that have a result and a reference. @throws Error, Cancelled
Judgement judge(const std::vector<JudgedLayer>& layers, const std::vector<double>& thresholds,
                Feedback& feedback);

} // namespace embellie
