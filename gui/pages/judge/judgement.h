#pragma once

#include "core/io/dataset.h"
#include "core/score/confusion.h"
#include "core/score/probability_counts.h"
#include "core/score/verification.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace embellie {

class Rival;

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

/// Which echoes are kept, by their probability; in thousandths (see ProbabilitySteps).
struct ProbabilityCut {
    int madeAt = 0; ///< the threshold by which the results were made
    int at = 0;     ///< the one that is looked at
};

/// Everything of one layer that the panes show, cell by cell the same places; null where it is missing.
struct JudgedFields {
    FieldPtr raw, cleaned, reference, probability, difference;
    FieldPtr uncertainty; ///< of the probability, where the results hold one
    FieldPtr made;        ///< cleaned as the results have it
    std::shared_ptr<const std::vector<std::int16_t>> steps; ///< by cell; null where there is no probability
    std::uint64_t agree = 0, lost = 0, left = 0; ///< cells of the difference; agree, other, other for classes
    std::optional<Error> refusal;                ///< why one that is there can't be laid over the raw field
};

/// @p field with its rays in the order of @p ground's (see onCellsOf()); itself where either is no sweep,
/// null for null. @throws Error where its rays lie elsewhere
FieldPtr laidOver(const Field& ground, const FieldPtr& field);

/// Whether two radars stand at one place, as far as files agree about it.
bool sameSite(const Site& a, const Site& b);

/// The layer of result files that belongs to a layer of the data: the same site or product, angle and shape,
/// nearest in time (at most a minute away). Null where there is none.
const LayerEntry* resultLayer(const Dataset& results, const GroupEntry& group, const LayerEntry& layer);

/// The moment of a result that answers @p raw: of those with a probability @p expected or else the last
/// (where the input has the expected name itself, the result has another); without such @p expected where it
/// is there, else the standard name (TH is cleaned to DBZH) or its own, else the first that is no quality.
/// Empty where there is none.
std::string cleanedMoment(const LayerEntry& result, const std::string& raw, const std::string& expected);
/// The moment that most likely says what is true of @p raw: its cleaned twin, or, where classes are asked for
/// (@p expected), that moment. Empty where there is none.
std::string likelyReference(const LayerEntry& layer, const std::string& raw, const std::string& expected);
/// The probability that qualifies a cleaned moment; null where there is none.
const MomentEntry* probabilityOf(const LayerEntry& result, const std::string& cleaned);
/// The quality field of that name, whatever a family of files writes before it; null where there is none.
const MomentEntry* uncertaintyOf(const LayerEntry& result, const std::string& cleaned);

/// By its kept and removed cells, the threshold of the probability that made the result of @p layer. Nothing
/// where they do not tell, or where there is no probability. @throws Error, Cancelled
std::optional<int> thresholdThatMade(Dataset& results, const GroupEntry& group, const LayerEntry& layer,
                                     const std::string& raw, const std::string& expected, Feedback& feedback);

/// Reads a layer, cut by its probability where @p cut says so and there is one, and makes its difference at
/// @p threshold (of classes: where they differ). Where the radar
/// measured an echo and the reference has nothing, its maker removed it (the rule of RemovedMeans::NoRain):
/// such cells are Rejected in the reference as it is shown. Rays of the results are brought into the order of
/// the raw field; what lies elsewhere is left out with a refusal. @throws Error, Cancelled
JudgedFields readJudged(const JudgedLayer& layer, double threshold, const std::optional<ProbabilityCut>& cut,
                        const DifferenceColours& colours, Feedback& feedback);

/// The same layer with the echoes kept whose probability is above @p cut.at. What the results removed shows
/// the raw value where it is now kept. Without a probability the fields as they are.
JudgedFields cutAt(JudgedFields fields, const ProbabilityCut& cut, double threshold,
                   const DifferenceColours& colours);

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
    ProbabilityCounts byProbability;  ///< empty unless every sweep has a probability
    std::size_t sweeps = 0;
    TimeInterval span;
};
/// Reads and scores all layers that have a result and a reference; by probability too where @p madeAt, the
/// threshold by which the results were made, is known. @throws Error, also where the rays of results lie
/// elsewhere than those of the raw field; Cancelled
Judgement judge(const std::vector<JudgedLayer>& layers, const std::vector<double>& thresholds,
                std::optional<int> madeAt, Feedback& feedback);
/// What a method makes of the raw fields of the same layers. @throws Error where it can't serve, Cancelled
Verification judgeRival(Rival& rival, const std::vector<JudgedLayer>& layers,
                        const std::vector<double>& thresholds, Feedback& feedback);

} // namespace embellie
