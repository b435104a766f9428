#include "core/score/probability_counts.h"

#include "core/base/error.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace embellie {

namespace {

constexpr double Slack = 1e-3;   // of a thousandth: 0.4f is a little more than 0.4
constexpr int RoundingSteps = 3; // half of the coarsest rounding of our result files, 0.004, and one step
constexpr double Rounding = 0.0021;

std::uint64_t above(const std::vector<std::uint64_t>& counts, int step) {
    return std::accumulate(counts.begin() + std::clamp(step, 0, ProbabilitySteps) + 1, counts.end(),
                           std::uint64_t(0));
}

void add(std::vector<std::uint64_t>& to, const std::vector<std::uint64_t>& from) {
    for (std::size_t i = 0; i < to.size(); ++i)
        to[i] += from[i];
}

} // namespace

std::vector<std::int16_t> probabilitySteps(const Field& probability) {
    std::vector<std::int16_t> steps(probability.size(), -1);
    for (std::size_t cell = 0; cell < steps.size(); ++cell)
        if (const double value = probability.values()[cell]; std::isfinite(value))
            steps[cell] = static_cast<std::int16_t>(
                std::clamp(std::ceil(value * ProbabilitySteps - Slack), 0.0, double(ProbabilitySteps)));
    return steps;
}

void agreeWith(std::vector<std::int16_t>& steps, const Field& cleaned, int step) {
    assert(steps.size() == cleaned.size());
    for (std::size_t cell = 0; cell < steps.size(); ++cell) {
        if (steps[cell] < 0 || std::abs(int(steps[cell]) - step) > RoundingSteps)
            continue;
        const bool kept = cleaned.states()[cell] == State::Valid;
        steps[cell] = static_cast<std::int16_t>(
            std::clamp(kept ? std::max(int(steps[cell]), step + 1) : std::min(int(steps[cell]), step), 0,
                       ProbabilitySteps));
    }
}

std::optional<int> stepThatMade(const Field& cleaned, const Field& probability) {
    if (cleaned.size() != probability.size())
        return std::nullopt;
    double removed = -std::numeric_limits<double>::infinity(), kept = -removed;
    for (std::size_t cell = 0; cell < cleaned.size(); ++cell)
        if (const double value = probability.values()[cell]; std::isfinite(value)) {
            if (cleaned.states()[cell] == State::Valid)
                kept = std::min(kept, value);
            else
                removed = std::max(removed, value);
        }
    if (!std::isfinite(kept) || !std::isfinite(removed) || removed - kept > 2 * Rounding)
        return std::nullopt;
    const double low = std::min(removed, kept) - Rounding, high = std::max(removed, kept) + Rounding;
    for (const int grain : {100, 50, 10, 5, 1}) {
        const double width = double(grain) / ProbabilitySteps;
        const double nearest = std::round((low + high) / 2 / width) * width;
        if (nearest >= low && nearest <= high)
            return static_cast<int>(std::lround(std::clamp(nearest, 0.0, 1.0) * ProbabilitySteps));
    }
    return std::nullopt;
}

double ReliabilityBin::observed() const {
    return echoes > 0 ? double(rain) / double(echoes) : std::numeric_limits<double>::quiet_NaN();
}

ProbabilityCounts::ProbabilityCounts(const Field& reference, const Field& whole,
                                     std::span<const std::int16_t> steps, const Field& raw,
                                     const VerificationRule& rule)
    : m_raw(verify(reference, raw, &raw, rule)), m_counts(rule.thresholds.size()),
      m_errors(ProbabilitySteps + 1) {
    if (whole.size() != reference.size() || steps.size() != reference.size())
        throw Error(text(EMBELLIE_TR("score", "the fields to compare have different shapes")))
            .in(whole.origin().file, whole.origin().path);
    for (Counts& counts : m_counts)
        for (auto* each : {&counts.rain, &counts.other, &counts.clutter, &counts.heard})
            each->resize(ProbabilitySteps + 1);
    for (std::size_t cell = 0; cell < steps.size(); ++cell) {
        const double value = whole.values()[cell];
        if (steps[cell] < 0 || !std::isfinite(value) || !isCounted(reference, &raw, rule.removed, cell))
            continue;
        const double truth = reference.values()[cell], echo = raw.values()[cell];
        for (std::size_t at = 0; at < m_counts.size(); ++at) {
            const double threshold = rule.thresholds[at];
            if (value < threshold)
                continue;
            Counts& counts = m_counts[at];
            const auto step = static_cast<std::size_t>(steps[cell]);
            if (truth >= threshold) {
                ++counts.rain[step];
                counts.heard[step] += echo >= threshold;
            } else {
                ++counts.other[step];
                counts.clutter[step] += echo >= threshold;
            }
        }
        if (std::isfinite(truth))
            m_errors[static_cast<std::size_t>(steps[cell])].add(value - truth);
    }
}

ProbabilityCounts& ProbabilityCounts::operator+=(const ProbabilityCounts& other) {
    if (isEmpty())
        return *this = other;
    if (other.isEmpty())
        return *this;
    m_raw += other.m_raw;
    for (std::size_t at = 0; at < m_counts.size(); ++at) {
        add(m_counts[at].rain, other.m_counts[at].rain);
        add(m_counts[at].other, other.m_counts[at].other);
        add(m_counts[at].clutter, other.m_counts[at].clutter);
        add(m_counts[at].heard, other.m_counts[at].heard);
    }
    for (std::size_t step = 0; step < m_errors.size(); ++step)
        m_errors[step] += other.m_errors[step];
    return *this;
}

Contingency ProbabilityCounts::table(std::size_t threshold, int step) const {
    const Counts& counts = m_counts.at(threshold);
    const Contingency& raw = *m_raw.thresholds[threshold].raw;
    Contingency table;
    table.hits = above(counts.rain, step);
    table.misses = raw.hits + raw.misses - table.hits;
    table.falseAlarms = above(counts.other, step);
    table.correctNegatives = raw.falseAlarms + raw.correctNegatives - table.falseAlarms;
    return table;
}

Verification ProbabilityCounts::at(int step) const {
    Verification scores = m_raw;
    for (std::size_t at = 0; at < m_counts.size(); ++at) {
        scores.thresholds[at].candidate = table(at, step);
        scores.thresholds[at].clutterKept = above(m_counts[at].clutter, step);
        scores.thresholds[at].rainKept = above(m_counts[at].heard, step);
    }
    scores.error = {};
    for (int each = std::clamp(step, 0, ProbabilitySteps) + 1; each <= ProbabilitySteps; ++each)
        if (!m_errors.empty())
            scores.error += m_errors[std::size_t(each)];
    return scores;
}

std::vector<ReliabilityBin> ProbabilityCounts::reliability(std::size_t threshold, int bins) const {
    const Counts& counts = m_counts.at(threshold);
    std::vector<ReliabilityBin> made(static_cast<std::size_t>(bins));
    for (int bin = 0; bin < bins; ++bin) {
        ReliabilityBin& one = made[std::size_t(bin)];
        one.from = double(bin) / bins;
        one.to = double(bin + 1) / bins;
        double sum = 0;
        // The step s holds the probabilities above (s - 1) / 1000, up to s / 1000.
        const int first = bin == 0 ? 0 : bin * ProbabilitySteps / bins + 1,
                  last = (bin + 1) * ProbabilitySteps / bins;
        for (int step = first; step <= last; ++step) {
            const std::uint64_t rain = counts.rain[std::size_t(step)];
            const std::uint64_t echoes = rain + counts.other[std::size_t(step)];
            one.echoes += echoes;
            one.rain += rain;
            sum += double(echoes) * std::max(0.0, step - 0.5) / ProbabilitySteps;
        }
        one.forecast = one.echoes > 0 ? sum / double(one.echoes) : std::numeric_limits<double>::quiet_NaN();
    }
    return made;
}

} // namespace embellie
