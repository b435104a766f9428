#include "core/field/field.h"

#include "core/base/error.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace embellie {

Field::Field(Quantity quantity, Geometry geometry, TimeInterval time, std::vector<float> values,
             std::vector<State> states, Origin origin)
    : m_quantity(std::move(quantity)), m_geometry(std::move(geometry)), m_time(time),
      m_values(std::move(values)), m_states(std::move(states)), m_origin(std::move(origin)) {
    const std::size_t cells = cellCount(m_geometry);
    if (m_values.size() != cells || m_states.size() != cells)
        throw Error(text(EMBELLIE_TR("field", "the cells of {0} don't fit its geometry"), m_quantity.id))
            .in(m_origin.file, m_origin.path)
            .expected(text(EMBELLIE_TR("field", "{0} cells"), cells))
            .found(text(EMBELLIE_TR("field", "{0} values and {1} states"), m_values.size(), m_states.size()));
    for (std::size_t i = 0; i < cells; ++i) {
        if (m_states[i] != State::Valid)
            m_values[i] = std::numeric_limits<float>::quiet_NaN();
        else if (!std::isfinite(m_values[i])) {
            m_states[i] = State::NoData;
            m_values[i] = std::numeric_limits<float>::quiet_NaN();
        }
    }
}

double Field::coverage() const {
    if (m_states.empty())
        return 0;
    const auto valid = std::count(m_states.begin(), m_states.end(), State::Valid);
    return static_cast<double>(valid) / static_cast<double>(m_states.size());
}

FieldSummary summarise(const Field& field) {
    FieldSummary summary;
    double sum = 0;
    double least = std::numeric_limits<double>::infinity(), most = -least;
    for (std::size_t i = 0; i < field.size(); ++i) {
        ++summary.counts[static_cast<std::size_t>(field.states()[i])];
        if (field.states()[i] != State::Valid)
            continue;
        const double value = field.values()[i];
        least = std::min(least, value);
        most = std::max(most, value);
        sum += value;
    }
    const std::size_t valid = summary.counts[0];
    const double nan = std::numeric_limits<double>::quiet_NaN();
    summary.min = valid ? least : nan;
    summary.max = valid ? most : nan;
    summary.mean = valid ? sum / static_cast<double>(valid) : nan;
    return summary;
}

const char* stateKey(State state) {
    switch (state) {
    case State::Valid:
        return "valid";
    case State::NoData:
        return "noData";
    case State::NoEcho:
        return "noEcho";
    case State::Rejected:
        return "rejected";
    }
    return "";
}

} // namespace embellie
