#pragma once

#include "core/field/field.h"

#include <string>
#include <vector>

namespace embellie {

/// What the members of an ensemble say of the same cells, one after another: their mean and how far they lie
/// apart (Welford's running sums, so that members need not be kept).
class MemberMean {
public:
    /// @p numbers as many as those of the first member.
    void add(const std::vector<float>& numbers);
    std::size_t members() const { return m_members; }
    std::vector<float> mean() const;
    /// Standard deviation with one member less as divisor; 0 of a single one.
    std::vector<float> spread() const;

private:
    std::size_t m_members = 0;
    std::vector<double> m_mean, m_squares;
};

/// The spread of @p members probabilities as a quality field (UncertaintyId) that says what it is. Valid
/// where there is an echo in @p raw, NoEcho and NoData as there. @p of: "the probability of rain"
FieldPtr uncertaintyField(const Field& raw, std::vector<float> spread, std::size_t members,
                          const std::string& of);

} // namespace embellie
