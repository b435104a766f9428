#include "core/task/denoise/cleaned.h"

#include <cassert>
#include <limits>

namespace embellie::denoise {

std::string cleanedId(const std::string& raw) {
    if (raw.starts_with("DBZ"))
        return raw;
    return raw == "TV" || raw == "UV" ? "DBZV" : "DBZH";
}

Cleaned cleaned(const Field& raw, std::vector<float> probability, float threshold, const std::string& meaning,
                const std::string& step, const std::vector<float>& restored) {
    assert(probability.size() == raw.size() && (restored.empty() || restored.size() == raw.size()));
    constexpr float none = std::numeric_limits<float>::quiet_NaN();
    std::vector<float> kept(raw.size(), none);
    std::vector<State> states(raw.states().begin(), raw.states().end()), measured(raw.size(), State::NoEcho);
    for (std::size_t i = 0; i < kept.size(); ++i) {
        if (states[i] != State::Valid) {
            probability[i] = none;
            if (states[i] == State::NoData)
                measured[i] = State::NoData;
            continue;
        }
        measured[i] = State::Valid;
        if (probability[i] > threshold)
            kept[i] = restored.empty() ? raw.values()[i] : restored[i];
        else
            states[i] = State::Rejected;
    }
    Quantity quantity = raw.quantity();
    quantity.id = cleanedId(quantity.id);
    if (quantity.unit.empty() || quantity.unit == "unitless") // xradar's TH
        quantity.unit = "dBZ";
    Origin origin = raw.origin();
    origin.history.push_back(step);
    Quantity chance;
    chance.id = "PROBABILITY";
    chance.longName = meaning;
    chance.unit = "1";
    chance.kind = Kind::Probability;
    return {std::make_shared<Field>(quantity, raw.geometry(), raw.time(), std::move(kept), std::move(states),
                                    origin),
            std::make_shared<Field>(chance, raw.geometry(), raw.time(), std::move(probability),
                                    std::move(measured), origin)};
}

} // namespace embellie::denoise
