#pragma once

#include "core/field/field.h"

#include <cmath>

namespace embellie::test {

/// What a made sweep looks like; rays of equal width, row 0 beginning at startAzimuth.
struct SweepShape {
    std::size_t rays = 360, gates = 100;
    double gateMeters = 1000, firstGateMeters = 500;
    double startAzimuth = 0, elevation = 0.5;
};

inline Sweep madeSweep(const SweepShape& shape) {
    Sweep sweep;
    sweep.site = {"test", "Test", 48.0, 2.0, 200.0};
    sweep.fixedAngle = shape.elevation;
    sweep.gates = shape.gates;
    sweep.gateMeters = shape.gateMeters;
    sweep.firstGateMeters = shape.firstGateMeters;
    const double width = 360.0 / static_cast<double>(shape.rays);
    for (std::size_t i = 0; i < shape.rays; ++i) {
        Ray ray;
        ray.azimuthStart = std::fmod(shape.startAzimuth + static_cast<double>(i) * width, 360.0);
        ray.azimuthStop = std::fmod(shape.startAzimuth + static_cast<double>(i + 1) * width, 360.0);
        ray.elevation = shape.elevation;
        sweep.rays.push_back(ray);
    }
    return sweep;
}

/// A reflectivity from -10 to 60 dBZ in cells and spirals, with some cells of each state.
inline FieldPtr madeReflectivity(Sweep sweep, double phase = 0) {
    const std::size_t gates = sweep.gates, count = sweep.rays.size() * gates;
    std::vector<float> values(count);
    std::vector<State> states(count, State::Valid);
    for (std::size_t i = 0; i < count; ++i) {
        const double ray =
            static_cast<double>(i / gates) / static_cast<double>(sweep.rays.size()) * 2 * 3.14159265358979;
        const double range = static_cast<double>(i % gates) / static_cast<double>(gates);
        const double wave = std::sin(3 * ray + 9 * range + phase) * std::cos(23 * range - 2 * ray);
        values[i] = static_cast<float>(25 + 35 * wave);
        if (wave < -0.6)
            states[i] = State::NoEcho;
        else if (std::sin(11 * ray + 31 * range) > 0.97)
            states[i] = State::Rejected;
        else if (range > 0.97)
            states[i] = State::NoData;
    }
    Quantity quantity;
    quantity.id = "DBZH";
    quantity.unit = "dBZ";
    return std::make_shared<const Field>(quantity, std::move(sweep), TimeInterval{}, std::move(values),
                                         std::move(states));
}

} // namespace embellie::test
