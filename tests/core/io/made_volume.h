#pragma once

#include "core/io/odim/odim_writer.h"

#include <cmath>

namespace embellie::test {

// A volume whose every cell follows from its place, so that programs that know nothing of ours (the Python of
// tst_convert) can say what it has to be. With s the sweep, r the ray and g the gate:
//   state: no data where (r + 2 g) % 11 == 0, no echo where (r + g) % 7 == 0, removed (of DBZH alone) where
//          (r + 3 g) % 13 == 0, the first of these that holds; valid elsewhere
//   DBZH = -20 + ((7 r + 3 g + s) % 140) / 2, VRADH = sin(r + g / 10) * 7, CLASS = (r + g) % 3,
//   PROB = ((r + g) % 250) * 0.004

inline State madeState(std::size_t ray, std::size_t gate, bool mayBeRejected) {
    return (ray + 2 * gate) % 11 == 0                    ? State::NoData
           : (ray + gate) % 7 == 0                       ? State::NoEcho
           : mayBeRejected && (ray + 3 * gate) % 13 == 0 ? State::Rejected
                                                         : State::Valid;
}

struct MadeSweep {
    double angle = 0.5;
    std::size_t rays = 90, gates = 50;
    double gateMeters = 500, firstGateMeters = 250;
    SweepMode mode = SweepMode::Azimuth;
};

inline Sweep madeGeometry(const MadeSweep& of) {
    Sweep sweep;
    sweep.site = {"frxyz", "Somewhere", 48.25, -1.5, 123};
    sweep.mode = of.mode;
    sweep.fixedAngle = of.angle;
    sweep.gates = of.gates;
    sweep.gateMeters = of.gateMeters;
    sweep.firstGateMeters = of.firstGateMeters;
    sweep.nyquist = 7.5 + of.angle;
    sweep.beamWidth = 1.25;
    const bool isRhi = of.mode == SweepMode::Rhi;
    for (std::size_t ray = 0; ray < of.rays; ++ray) {
        const double width = 360 / double(of.rays), start = std::fmod(90 + width * double(ray), 360);
        if (isRhi)
            sweep.rays.push_back({of.angle, of.angle, 0.25 + 0.5 * double(ray), 0.25 * double(ray)});
        else
            sweep.rays.push_back({start, std::fmod(start + width, 360), of.angle, 0.25 * double(ray)});
    }
    return sweep;
}

inline FieldPtr madeField(const std::string& id, std::size_t number, const MadeSweep& of) {
    Quantity quantity;
    quantity.id = id;
    quantity.unit = id == "DBZH" ? "dBZ" : id == "VRADH" ? "m s-1" : "1";
    if (id == "CLASS") {
        quantity.kind = Kind::Classes;
        quantity.meanings = {{0, "none", {}}, {1, "steady rain", {}}, {2, "hail", {}}};
    } else if (id == "PROB") {
        quantity.kind = Kind::Probability;
    }
    std::vector<float> values;
    std::vector<State> states;
    for (std::size_t ray = 0; ray < of.rays; ++ray)
        for (std::size_t gate = 0; gate < of.gates; ++gate) {
            states.push_back(madeState(ray, gate, id == "DBZH"));
            values.push_back(float(id == "DBZH"    ? -20 + double((7 * ray + 3 * gate + number) % 140) / 2
                                   : id == "VRADH" ? std::sin(double(ray) + double(gate) / 10) * 7
                                   : id == "CLASS" ? double((ray + gate) % 3)
                                                   : double((ray + gate) % 250) * 0.004));
        }
    const TimePoint time = *parseTime("2024-02-29T23:59:30Z") + std::chrono::seconds(20 * number);
    return std::make_shared<const Field>(quantity, madeGeometry(of),
                                         TimeInterval{time, time + std::chrono::seconds(10)},
                                         std::move(values), std::move(states));
}

/// DBZH (with its probability), VRADH and CLASS of each sweep; the last sweep has no VRADH.
inline OdimVolume madeVolume(const std::vector<MadeSweep>& sweeps) {
    OdimVolume volume;
    volume.time = *parseTime("2024-02-29T23:59:30Z");
    volume.site = madeGeometry({}).site;
    for (std::size_t number = 0; number < sweeps.size(); ++number) {
        const auto field = [&](const char* id) { return madeField(id, number, sweeps[number]); };
        volume.sweeps.push_back({{field("DBZH"), {field("PROB")}, {}, true}});
        if (number + 1 < sweeps.size())
            volume.sweeps.back().push_back({field("VRADH"), {}, {}, true});
        volume.sweeps.back().push_back({field("CLASS"), {}, {}, true});
    }
    return volume;
}

inline const std::vector<MadeSweep> PlainSweeps{{0.5}, {2.5}, {1.5}};
inline const std::vector<MadeSweep> RaggedSweeps{{0.5, 90, 50}, {9, 90, 20}, {15, 72, 25, 250, 125}};
inline const std::vector<MadeSweep> Rhis{{45, 20, 40, 500, 250, SweepMode::Rhi},
                                         {190, 24, 40, 500, 250, SweepMode::Rhi}};

} // namespace embellie::test
