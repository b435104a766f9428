#include "core/score/verification.h"

#include "core/base/error.h"

#include <cassert>
#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

namespace embellie {

namespace {

void demandSameShape(const Field& reference, const Field& other) {
    const auto shapeText = [](const Field& field) {
        std::string words;
        for (const std::size_t size : shapeOf(field.geometry()))
            words += (words.empty() ? "" : " × ") + std::to_string(size);
        return words;
    };
    if (shapeOf(reference.geometry()) != shapeOf(other.geometry()))
        throw Error(text(EMBELLIE_TR("score", "the fields to compare have different shapes")))
            .in(other.origin().file, other.origin().path)
            .expected(text(EMBELLIE_TR("score", "{0} cells as in the reference"), shapeText(reference)))
            .found(text(EMBELLIE_TR("score", "{0} cells"), shapeText(other)));
}

bool measured(const Field& field, std::size_t cell) {
    return field.states()[cell] != State::NoData || field.quantity().ambiguous;
}

nlohmann::json errorJson(const ErrorSums& error) {
    return {{"bias_db", error.bias()}, {"rmse_db", error.rmse()}, {"n", error.count}};
}

std::string percent(double share) {
    // A share that is not quite everything is never shown as 100 %, one that is not quite nothing never as 0
    // %.
    const int decimals = (share > 0 && share < 0.01) || (share > 0.99 && share < 1) ? 1 : 0;
    return numberText(100 * share, decimals);
}

} // namespace

bool isCounted(const Field& reference, const Field* raw, RemovedMeans removed, std::size_t cell) {
    if (raw ? !measured(*raw, cell) : !measured(reference, cell))
        return false;
    return removed == RemovedMeans::NoRain ||
           (measured(reference, cell) && reference.states()[cell] != State::Rejected);
}

double ThresholdScore::rainTaken() const {
    return raw && raw->hits > 0 ? 1 - double(rainKept) / double(raw->hits)
                                : std::numeric_limits<double>::quiet_NaN();
}

double ThresholdScore::clutterLeft() const {
    return clutter > 0 ? double(clutterKept) / double(clutter) : std::numeric_limits<double>::quiet_NaN();
}

Verification& Verification::operator+=(const Verification& other) {
    if (fields == 0)
        return *this = other;
    if (other.fields == 0)
        return *this;
    assert(thresholds.size() == other.thresholds.size());
    for (std::size_t i = 0; i < thresholds.size(); ++i) {
        ThresholdScore& mine = thresholds[i];
        const ThresholdScore& added = other.thresholds[i];
        assert(mine.threshold == added.threshold && mine.raw.has_value() == added.raw.has_value());
        mine.candidate += added.candidate;
        if (mine.raw && added.raw)
            *mine.raw += *added.raw;
        mine.clutter += added.clutter;
        mine.clutterKept += added.clutterKept;
        mine.rainKept += added.rainKept;
    }
    error += other.error;
    if (rawError && other.rawError)
        *rawError += *other.rawError;
    cells += other.cells;
    fields += other.fields;
    return *this;
}

Verification verify(const Field& reference, const Field& candidate, const Field* raw,
                    const VerificationRule& rule) {
    demandSameShape(reference, candidate);
    if (raw)
        demandSameShape(reference, *raw);

    Verification scores;
    scores.fields = 1;
    for (const double threshold : rule.thresholds) {
        ThresholdScore& score = scores.thresholds.emplace_back();
        score.threshold = threshold;
        if (raw)
            score.raw.emplace();
    }
    if (raw)
        scores.rawError.emplace();

    for (std::size_t cell = 0; cell < reference.size(); ++cell) {
        if (!isCounted(reference, raw, rule.removed, cell))
            continue;
        ++scores.cells;
        // Values are NaN where there is none, and no comparison with NaN is true.
        const double truth = reference.values()[cell], guess = candidate.values()[cell];
        const double echo = raw ? raw->values()[cell] : std::numeric_limits<double>::quiet_NaN();
        for (ThresholdScore& score : scores.thresholds) {
            const bool rain = truth >= score.threshold, kept = guess >= score.threshold;
            score.candidate.add(rain, kept);
            if (!score.raw)
                continue;
            const bool heard = echo >= score.threshold;
            score.raw->add(rain, heard);
            score.rainKept += heard && rain && kept;
            if (heard && !rain) {
                ++score.clutter;
                score.clutterKept += kept;
            }
        }
        if (std::isfinite(truth) && std::isfinite(guess))
            scores.error.add(guess - truth);
        if (std::isfinite(truth) && std::isfinite(echo))
            scores.rawError->add(echo - truth);
    }
    return scores;
}

nlohmann::json toJson(const Verification& scores) {
    nlohmann::json thresholds = nlohmann::json::array(), rawThresholds = nlohmann::json::array();
    for (const ThresholdScore& score : scores.thresholds) {
        nlohmann::json entry = toJson(score.candidate);
        entry["threshold"] = score.threshold;
        if (score.raw) {
            entry["clutter_left"] = score.clutterLeft();
            entry["rain_taken"] = score.rainTaken();
            nlohmann::json rawEntry = toJson(*score.raw);
            rawEntry["threshold"] = score.threshold;
            rawThresholds.push_back(std::move(rawEntry));
        }
        thresholds.push_back(std::move(entry));
    }
    nlohmann::json object{{"thresholds", thresholds},
                          {"error", errorJson(scores.error)},
                          {"cells", scores.cells},
                          {"fields", scores.fields}};
    if (scores.rawError)
        object["raw"] = {{"thresholds", rawThresholds}, {"error", errorJson(*scores.rawError)}};
    return object;
}

Text inWords(const ThresholdScore& score) {
    const double lost = score.rainTaken();
    const bool hasRain = std::isfinite(lost);
    if (score.clutter > 0 && hasRain)
        return text(EMBELLIE_TR("score", "removes {0} % of what is not rain, loses {1} % of raw's rain"),
                    percent(1 - score.clutterLeft()), percent(lost));
    if (score.clutter > 0)
        return text(EMBELLIE_TR("score", "removes {0} % of what is not rain; raw has no rain to lose"),
                    percent(1 - score.clutterLeft()));
    if (hasRain)
        return text(EMBELLIE_TR("score", "loses {0} % of raw's rain; there is nothing else to remove"),
                    percent(lost));
    if (!std::isfinite(score.candidate.pod()))
        return text(EMBELLIE_TR("score", "there is no rain in the reference"));
    if (score.raw)
        return text(EMBELLIE_TR("score", "raw has none of the reference's rain"));
    const double wrong = score.candidate.far();
    if (!std::isfinite(wrong))
        return text(EMBELLIE_TR("score", "finds no rain at all"));
    return text(EMBELLIE_TR("score", "finds {0} % of the rain; {1} % of what it calls rain is none"),
                percent(score.candidate.pod()), percent(wrong));
}

} // namespace embellie
