#pragma once

#include "core/score/verification.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace embellie {

/// Thresholds on a probability are counted in thousandths: finer than what files keep (0.004 in ODIM_H5).
inline constexpr int ProbabilitySteps = 1000;

/// By cell the first threshold, in thousandths, at which it is no longer kept: at the threshold s / 1000 the
/// cells stay whose number is greater than s, that is, whose probability is. -1 where there is no
/// probability.
std::vector<std::int16_t> probabilitySteps(const Field& probability);

/// Files round probabilities after the choice was made. Cells within that rounding of @p step get the side of
/// it on which @p cleaned has them.
void agreeWith(std::vector<std::int16_t>& steps, const Field& cleaned, int step);

/// The roundest threshold between the probabilities of the cells that @p cleaned has and of those that it has
/// not; nothing where the two overlap by more than rounding, or one of them is empty.
std::optional<int> stepThatMade(const Field& cleaned, const Field& probability);

/// Echoes of one range of probabilities.
struct ReliabilityBin {
    double from = 0, to = 0;  ///< probabilities, from excluded (but for 0)
    std::uint64_t echoes = 0; ///< forecasts of such a probability
    std::uint64_t rain = 0;   ///< of them, where the reference has rain
    double forecast = 0;      ///< their mean probability; NaN without echoes
    double observed() const;  ///< rain / echoes; NaN without echoes
};

/// What a choice by probability gives, for every threshold on it: counts of cells per thousandth, pooled over
/// any number of Fields by +=. A score at another threshold is then a sum over counts, with no network and no
/// Field asked again. A value; 0.2 MB for five thresholds of reflectivity.
class ProbabilityCounts {
public:
    ProbabilityCounts() = default;
    /// Counts one Field by the rule of verify(). @p whole is what each cell shows if it is kept (mostly raw
    /// itself), @p steps as by probabilitySteps(). All have the reference's shape. @throws Error where not
    ProbabilityCounts(const Field& reference, const Field& whole, std::span<const std::int16_t> steps,
                      const Field& raw, const VerificationRule& rule);

    /// @p other has the same thresholds, or one of both is empty (asserted).
    ProbabilityCounts& operator+=(const ProbabilityCounts& other);
    bool isEmpty() const { return m_raw.fields == 0; }
    const std::vector<ThresholdScore>& thresholds() const { return m_raw.thresholds; }

    /// verify() of the field that keeps the cells whose number is greater than @p step.
    Verification at(int step) const;
    /// The 2 × 2 table of the threshold of reflectivity with this index.
    Contingency table(std::size_t threshold, int step) const;

    /// Whether a probability means what it says (Wilks, Statistical Methods in the Atmospheric Sciences, 3rd
    /// ed., 2011, section 8.4.4): of the echoes from that threshold of reflectivity on, by equal ranges of
    /// their probability, the share that is rain in the reference. Probabilities by thousandths, the middle
    /// of each.
    std::vector<ReliabilityBin> reliability(std::size_t threshold, int bins = 10) const;

private:
    /// By step, 0 to ProbabilitySteps: cells that show a value from the threshold on if they are kept.
    struct Counts {
        std::vector<std::uint64_t> rain, other; ///< rain in the reference, and not
        std::vector<std::uint64_t> clutter;     ///< of the others, where raw is from the threshold on too
        std::vector<std::uint64_t> heard;       ///< of the rain, where raw is from the threshold on too
    };
    Verification m_raw; ///< of the raw echoes as a candidate
    std::vector<Counts> m_counts;
    std::vector<ErrorSums> m_errors; ///< by step: value if kept minus reference
};

} // namespace embellie
