#include "core/command/score/pairs.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <tuple>

namespace embellie {

namespace {

constexpr double SameAngle = 0.05; // degrees
constexpr std::chrono::milliseconds SameTime{60 * 1000};

constexpr double SamePlace = 0.01; // degrees: files round differently

bool isSamePlace(const ScoredArray& a, const ScoredArray& b) {
    if (!a.site || !b.site)
        return a.site.has_value() == b.site.has_value();
    return std::abs(a.site->first - b.site->first) <= SamePlace &&
           std::abs(std::remainder(a.site->second - b.site->second, 360)) <= SamePlace;
}

} // namespace

std::vector<ScoredArray> findArrays(const std::vector<std::string>& files, const std::string& wanted,
                                    Feedback& feedback) {
    std::vector<ScoredArray> found;
    std::set<std::filesystem::path> seen;
    for (const std::string& file : files) {
        feedback.throwIfCancelled();
        if (!seen.insert(std::filesystem::weakly_canonical(file)).second)
            continue;
        const SourceInfo info = openSource(file)->describe();
        std::size_t before = found.size();
        for (const ArrayInfo& array : info.arrays) {
            if (!array.qualityOf.empty() && array.id != wanted && array.path != wanted)
                continue;
            if (array.id != wanted && array.path != wanted && array.quantity.id != wanted)
                continue;
            ScoredArray& entry = found.emplace_back();
            entry.file = file;
            entry.id = array.id;
            entry.shape = array.shape;
            entry.time = info.time.begin;
            entry.hasTime = info.hasTime;
            if (info.site)
                entry.site = std::pair(info.site->latitude, info.site->longitude);
            if (array.sweep) {
                const SweepInfo& sweep = info.sweeps[*array.sweep];
                entry.angle = sweep.fixedAngle;
                entry.gateMeters = sweep.gateMeters;
                entry.firstGateMeters = sweep.firstGateMeters;
                if (sweep.time.begin != TimePoint{}) {
                    entry.time = sweep.time.begin;
                    entry.hasTime = true;
                }
            }
        }
        if (found.size() == before) {
            std::string known;
            for (const ArrayInfo& array : info.arrays)
                if (array.qualityOf.empty() && known.size() < 200)
                    known += (known.empty() ? "" : ", ") + array.id;
            throw Error(text(EMBELLIE_TR("score", "there is no array \"{0}\""), wanted))
                .in(file)
                .expected(text(EMBELLIE_TR("score", "one of {0}"), known));
        }
    }
    return found;
}

Partners::Partners(std::vector<ScoredArray> arrays) : m_arrays(std::move(arrays)) {
    std::stable_sort(m_arrays.begin(), m_arrays.end(),
                     [](const ScoredArray& a, const ScoredArray& b) { return a.time < b.time; });
}

const ScoredArray* Partners::of(const ScoredArray& one) const {
    const ScoredArray* best = nullptr;
    // How far apart in time; another file; another sweep of it.
    using Distance = std::tuple<std::chrono::milliseconds, bool, bool>;
    std::optional<Distance> least;
    const auto sweepOf = [](const ScoredArray& array) { return array.id.substr(0, array.id.find('/')); };
    const auto begin =
        std::lower_bound(m_arrays.begin(), m_arrays.end(), one.time - SameTime,
                         [](const ScoredArray& array, TimePoint time) { return array.time < time; });
    for (auto at = begin; at != m_arrays.end() && at->time <= one.time + SameTime; ++at) {
        const ScoredArray& other = *at;
        if (!isSamePlace(other, one) || other.shape != one.shape ||
            other.angle.has_value() != one.angle.has_value() || other.hasTime != one.hasTime)
            continue;
        if (one.angle && std::abs(*one.angle - *other.angle) > SameAngle)
            continue;
        if (one.angle && (std::abs(one.gateMeters - other.gateMeters) > 0.01 * one.gateMeters ||
                          std::abs(one.firstGateMeters - other.firstGateMeters) > 0.5 * one.gateMeters))
            continue;
        const Distance distance{std::chrono::abs(one.time - other.time), one.file != other.file,
                                sweepOf(one) != sweepOf(other)};
        if (!least || distance < *least) {
            least = distance;
            best = &other;
        }
    }
    return best;
}

} // namespace embellie
