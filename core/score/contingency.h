#pragma once

#include <cstdint>

#include <nlohmann/json_fwd.hpp>

namespace embellie {

/// The 2 × 2 table of a yes/no forecast. Counts of parts add up to those of the whole, so scores are pooled
/// by +=.
///
/// Formulas: Wilks, Statistical Methods in the Atmospheric Sciences, 3rd ed., 2011, section 8.2; the same
/// names in the WWRP/WGNE Joint Working Group's "Forecast Verification" pages. A ratio whose denominator is
/// zero is NaN, never 0.
struct Contingency {
    std::uint64_t hits = 0, misses = 0, falseAlarms = 0, correctNegatives = 0;

    Contingency& operator+=(const Contingency& other);
    void add(bool observed, bool predicted) {
        ++(observed ? (predicted ? hits : misses) : (predicted ? falseAlarms : correctNegatives));
    }
    std::uint64_t total() const { return hits + misses + falseAlarms + correctNegatives; }

    double pod() const; ///< probability of detection: hits / observed, [0, 1], best 1
    double far() const; ///< false alarm ratio: false alarms / predicted, [0, 1], best 0
    double csi() const; ///< critical success index (threat score): hits / (observed or predicted), best 1
    double hss() const; ///< Heidke skill score: share correct beyond chance, ]-inf, 1], 0 is chance
    double frequencyBias() const; ///< predicted / observed, [0, inf[, best 1
    double rainLost() const;      ///< observed rain not predicted / observed: 1 - pod()
    friend bool operator==(const Contingency&, const Contingency&) = default;
};

/// {"hits", "misses", "false_alarms", "correct_negatives", "pod", "far", "csi", "hss", "bias", "rain_lost"};
/// null for NaN.
nlohmann::json toJson(const Contingency& table);

/// Differences predicted minus reference over the cells where both have a value, in their unit.
struct ErrorSums {
    std::uint64_t count = 0;
    double sum = 0, squares = 0;

    ErrorSums& operator+=(const ErrorSums& other);
    void add(double difference) {
        ++count;
        sum += difference;
        squares += difference * difference;
    }
    double bias() const; ///< mean error (Wilks 2011, eq. 8.31); NaN without cells
    double rmse() const; ///< root of the mean squared error (eq. 8.30); NaN without cells
};

} // namespace embellie
