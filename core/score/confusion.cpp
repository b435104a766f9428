#include "core/score/confusion.h"

#include "core/base/error.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

namespace embellie {

namespace {

double ratio(std::uint64_t part, std::uint64_t whole) {
    return whole > 0 ? double(part) / double(whole) : std::numeric_limits<double>::quiet_NaN();
}

} // namespace

Confusion::Confusion(std::vector<Meaning> classes)
    : m_classes(std::move(classes)), m_counts(m_classes.size() * m_classes.size()) {
    for (std::size_t i = 0; i < m_classes.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            assert(m_classes[i].value != m_classes[j].value);
}

void Confusion::add(int reference, int predicted) {
    const auto indexOf = [&](int value) {
        const auto found = std::find_if(m_classes.begin(), m_classes.end(),
                                        [&](const Meaning& meaning) { return meaning.value == value; });
        return static_cast<std::size_t>(found - m_classes.begin());
    };
    const std::size_t row = indexOf(reference), column = indexOf(predicted), size = m_classes.size();
    if (row < size && column < size)
        ++m_counts[row * size + column];
    else
        ++m_unknown;
}

Confusion& Confusion::operator+=(const Confusion& other) {
    if (m_classes.empty()) {
        const std::uint64_t unknown = m_unknown;
        *this = other;
        m_unknown += unknown;
        return *this;
    }
    m_unknown += other.m_unknown;
    if (other.m_classes.empty())
        return *this;
    assert(m_counts.size() == other.m_counts.size());
    for (std::size_t i = 0; i < m_counts.size(); ++i)
        m_counts[i] += other.m_counts[i];
    return *this;
}

std::uint64_t Confusion::count(std::size_t reference, std::size_t predicted) const {
    return m_counts[reference * m_classes.size() + predicted];
}

std::uint64_t Confusion::total() const {
    std::uint64_t all = 0;
    for (const std::uint64_t each : m_counts)
        all += each;
    return all;
}

double Confusion::accuracy() const {
    std::uint64_t right = 0;
    for (std::size_t i = 0; i < m_classes.size(); ++i)
        right += count(i, i);
    return ratio(right, total());
}

double Confusion::iou(std::size_t index) const {
    std::uint64_t either = 0;
    for (std::size_t i = 0; i < m_classes.size(); ++i)
        either += count(index, i) + (i != index ? count(i, index) : 0);
    return ratio(count(index, index), either);
}

double Confusion::recall(std::size_t index) const {
    std::uint64_t row = 0;
    for (std::size_t i = 0; i < m_classes.size(); ++i)
        row += count(index, i);
    return ratio(count(index, index), row);
}

double Confusion::precision(std::size_t index) const {
    std::uint64_t column = 0;
    for (std::size_t i = 0; i < m_classes.size(); ++i)
        column += count(i, index);
    return ratio(count(index, index), column);
}

double Confusion::meanIou() const {
    double sum = 0;
    int known = 0;
    for (std::size_t i = 0; i < m_classes.size(); ++i)
        if (const double one = iou(i); std::isfinite(one)) {
            sum += one;
            ++known;
        }
    return known > 0 ? sum / known : std::numeric_limits<double>::quiet_NaN();
}

Confusion confusionOf(const Field& reference, const Field& candidate) {
    if (shapeOf(reference.geometry()) != shapeOf(candidate.geometry()))
        throw Error(text(EMBELLIE_TR("score", "the class fields to compare have different shapes")))
            .in(candidate.origin().file, candidate.origin().path);
    if (reference.quantity().meanings.empty())
        throw Error(text(EMBELLIE_TR("score", "the reference does not say what its classes mean")))
            .in(reference.origin().file, reference.origin().path);
    Confusion confusion(reference.quantity().meanings);
    for (std::size_t cell = 0; cell < reference.size(); ++cell)
        if (reference.states()[cell] == State::Valid && candidate.states()[cell] == State::Valid)
            confusion.add(static_cast<int>(std::lround(reference.values()[cell])),
                          static_cast<int>(std::lround(candidate.values()[cell])));
    return confusion;
}

nlohmann::json toJson(const Confusion& confusion) {
    nlohmann::json classes = nlohmann::json::array(), matrix = nlohmann::json::array();
    for (std::size_t i = 0; i < confusion.classes().size(); ++i) {
        std::vector<std::uint64_t> row;
        std::uint64_t occurs = 0;
        for (std::size_t j = 0; j < confusion.classes().size(); ++j) {
            row.push_back(confusion.count(i, j));
            occurs += row.back();
        }
        classes.push_back({{"value", confusion.classes()[i].value},
                           {"name", confusion.classes()[i].name},
                           {"iou", confusion.iou(i)},
                           {"recall", confusion.recall(i)},
                           {"precision", confusion.precision(i)},
                           {"reference", occurs}});
        matrix.push_back(row);
    }
    return {{"accuracy", confusion.accuracy()},
            {"mean_iou", confusion.meanIou()},
            {"classes", classes},
            {"matrix", matrix},
            {"unknown", confusion.unknown()}};
}

} // namespace embellie
