#include "core/task/denoise/aloft.h"

#include "core/task/denoise/polar.h"

#include <cmath>
#include <limits>

namespace embellie::denoise {

std::optional<std::size_t> sweepAbove(double angle, std::span<const double> angles) {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < angles.size(); ++i) {
        const double higher = angles[i] - angle;
        if (higher >= 0.35 && higher <= 2.1 &&
            (!best || std::abs(higher - 1) < std::abs(angles[*best] - angle - 1)))
            best = i;
    }
    return best;
}

float aloftSum(float powerA, float aloftA, float powerB, float aloftB) {
    float sum = 0;
    if (powerA > 0)
        sum += powerA * linear(aloftA);
    if (powerB > 0)
        sum += powerB * linear(aloftB);
    return std::isnan(sum) ? sum : sum > linear(NothingAloft) ? decibels(sum) : NothingAloft;
}

Field restOf(const Field& all, const Field& rain) {
    std::vector<float> values(all.values().begin(), all.values().end());
    std::vector<State> states(all.states().begin(), all.states().end());
    for (std::size_t i = 0; i < values.size(); ++i)
        if (states[i] == State::Valid && rain.states()[i] == State::Valid) {
            const float whole = linear(values[i]), rest = whole - linear(rain.values()[i]);
            if (rest > 0.03f * whole)
                values[i] = decibels(rest);
            else
                states[i] = State::NoEcho;
        }
    return Field(all.quantity(), all.geometry(), all.time(), std::move(values), std::move(states));
}

} // namespace embellie::denoise
