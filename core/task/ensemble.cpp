#include "core/task/ensemble.h"

#include "core/io/odim/odim_writer.h"

#include <cassert>
#include <cmath>
#include <limits>

namespace embellie {

void MemberMean::add(const std::vector<float>& numbers) {
    if (m_members == 0) {
        m_mean.assign(numbers.size(), 0);
        m_squares.assign(numbers.size(), 0);
    }
    assert(numbers.size() == m_mean.size());
    ++m_members;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const double apart = static_cast<double>(numbers[i]) - m_mean[i];
        m_mean[i] += apart / static_cast<double>(m_members);
        m_squares[i] += apart * (static_cast<double>(numbers[i]) - m_mean[i]);
    }
}

std::vector<float> MemberMean::mean() const {
    return {m_mean.begin(), m_mean.end()};
}

std::vector<float> MemberMean::spread() const {
    std::vector<float> spread(m_squares.size(), 0.0f);
    for (std::size_t i = 0; i < spread.size() && m_members > 1; ++i)
        spread[i] = static_cast<float>(std::sqrt(m_squares[i] / static_cast<double>(m_members - 1)));
    return spread;
}

FieldPtr uncertaintyField(const Field& raw, std::vector<float> spread, std::size_t members,
                          const std::string& of) {
    assert(spread.size() == raw.size());
    std::vector<State> states(raw.size(), State::NoEcho);
    for (std::size_t i = 0; i < states.size(); ++i) {
        if (raw.states()[i] == State::Valid || raw.states()[i] == State::NoData)
            states[i] = raw.states()[i];
        if (states[i] != State::Valid)
            spread[i] = std::numeric_limits<float>::quiet_NaN();
    }
    Quantity quantity;
    quantity.id = UncertaintyId;
    quantity.longName =
        "standard deviation (n - 1) of " + of + " over " + std::to_string(members) + " networks";
    quantity.unit = "1";
    Origin origin = raw.origin();
    origin.history.push_back(quantity.longName);
    return std::make_shared<Field>(std::move(quantity), raw.geometry(), raw.time(), std::move(spread),
                                   std::move(states), std::move(origin));
}

} // namespace embellie
