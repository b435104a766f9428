#pragma once

#include "core/base/text.h"
#include "core/field/field.h"
#include "core/score/contingency.h"

#include <optional>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace embellie {

/// What a reference says by having no value (noData, noEcho, rejected) where the radar measured.
enum class RemovedMeans {
    NoRain,  ///< its maker removed it: a verdict
    Ignored, ///< noData and rejected cells of the reference do not count
};

struct VerificationRule {
    std::vector<double> thresholds{0}; ///< rain is a value >= threshold, in the Fields' unit (dBZ)
    RemovedMeans removed = RemovedMeans::NoRain;
};

/// Scores of one threshold.
struct ThresholdScore {
    double threshold = 0;
    Contingency candidate;
    std::optional<Contingency> raw; ///< the raw echoes scored as if they were the prediction
    /// Raw echoes that are no rain (raw >= threshold, reference not), and those of them that the candidate
    /// still has.
    std::uint64_t clutter = 0, clutterKept = 0;
    /// Of the raw echoes that are rain (raw's hits) those that the candidate still has.
    std::uint64_t rainKept = 0;

    /// clutterKept / clutter; NaN without raw or without clutter.
    double clutterLeft() const;
    /// What a cleaning takes away: 1 - rainKept / raw's hits; NaN without raw or without rain in it. What raw
    /// itself lacks (attenuated rain, a reference that has more) is no loss of the candidate's.
    double rainTaken() const;
};

/// Scores of a candidate against a reference, pooled over any number of Fields by +=.
struct Verification {
    std::vector<ThresholdScore> thresholds; ///< in the order of the rule
    ErrorSums error;                        ///< candidate minus reference
    std::optional<ErrorSums> rawError;      ///< raw minus reference
    std::uint64_t cells = 0;                ///< that counted
    std::size_t fields = 0;

    /// @p other has the same thresholds, or one of both is empty (asserted).
    Verification& operator+=(const Verification& other);
};

/// Whether a cell of Fields of one shape counts, as verify() says. @p raw may be null.
bool isCounted(const Field& reference, const Field* raw, RemovedMeans removed, std::size_t cell);

/// Scores one Field. @p raw may be null. All have the reference's shape.
///
/// A cell counts if raw is not noData; without raw, if the reference is not noData. The noData of an
/// ambiguous Field (see Quantity::ambiguous) counts as no echo. Observed rain: the reference has a value >=
/// threshold; predicted rain: the candidate has one. Of cells that count, the errors take those where
/// candidate and reference have a value.
/// @throws Error where the shapes differ
Verification verify(const Field& reference, const Field& candidate, const Field* raw,
                    const VerificationRule& rule);

/// {"thresholds": [{"threshold", …Contingency, "clutter_left", "rain_taken"}], "raw": {"thresholds",
/// "error"},
///  "error": {"bias_db", "rmse_db", "n"}, "cells", "fields"}; null for NaN, no "raw" without raw Fields.
nlohmann::json toJson(const Verification& scores);

/// "removes 94 % of what is not rain, loses 3 % of raw's rain"; without raw echoes in terms of what was
/// found.
Text inWords(const ThresholdScore& score);

} // namespace embellie
