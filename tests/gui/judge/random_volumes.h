#pragma once

#include "core/io/dataset.h"
#include "core/io/odim/odim_writer.h"

#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace embellie::test {

inline const TimePoint Noon = toTimePoint({2026, 3, 4, 12, 0, 0});

inline Sweep smallSweep(double elevation) {
    Sweep sweep;
    sweep.site = {"tst", "Test", 50, 4, 200};
    sweep.fixedAngle = elevation;
    sweep.gates = 40;
    sweep.gateMeters = 1000;
    sweep.firstGateMeters = 500;
    for (int ray = 0; ray < 36; ++ray)
        sweep.rays.push_back({ray * 10.0, ray * 10.0 + 10, elevation, 0});
    return sweep;
}

/// Cells by @p chance: so many per cent noData, noEcho, rejected, else a value in half dBZ.
inline FieldPtr randomField(const std::string& id, double elevation, std::uint32_t seed,
                            std::vector<int> chance) {
    std::mt19937 random(seed);
    const Sweep sweep = smallSweep(elevation);
    const std::size_t cells = sweep.rays.size() * sweep.gates;
    std::vector<float> values(cells);
    std::vector<State> states(cells);
    for (std::size_t cell = 0; cell < cells; ++cell) {
        const int drawn = int(random() % 100);
        states[cell] = drawn < chance[0]                           ? State::NoData
                       : drawn < chance[0] + chance[1]             ? State::NoEcho
                       : drawn < chance[0] + chance[1] + chance[2] ? State::Rejected
                                                                   : State::Valid;
        values[cell] = float(int(random() % 120)) / 2 - 10;
    }
    Quantity quantity;
    quantity.id = id;
    quantity.unit = "dBZ";
    return std::make_shared<Field>(quantity, sweep, TimeInterval{Noon, Noon}, values, states);
}

/// A volume of two sweeps with TH and DBZH at @p time.
inline OdimVolume volumeAt(TimePoint time) {
    OdimVolume volume;
    volume.time = time;
    volume.site = smallSweep(0).site;
    std::uint32_t seed = 1;
    for (const double elevation : {0.5, 1.5}) {
        std::vector<OdimMoment> moments;
        for (const char* id : {"TH", "DBZH"}) {
            const FieldPtr made = randomField(id, elevation, seed++, {10, 30, 0});
            moments.push_back(
                {std::make_shared<Field>(made->quantity(), made->geometry(), TimeInterval{time, time},
                                         std::vector<float>(made->values().begin(), made->values().end()),
                                         std::vector<State>(made->states().begin(), made->states().end())),
                 {},
                 {}});
        }
        volume.sweeps.push_back(std::move(moments));
    }
    return volume;
}

inline std::filesystem::path writeVolume(const std::filesystem::path& file, TimePoint time,
                                         const std::string& siteName = {}) {
    Feedback silent;
    OdimVolume volume = volumeAt(time);
    if (!siteName.empty())
        volume.site.name = siteName;
    writeOdimVolume(file, volume, silent);
    return file;
}

inline std::shared_ptr<Dataset> opened(const std::vector<std::filesystem::path>& files) {
    Feedback silent;
    return Dataset::open(files, silent);
}

} // namespace embellie::test
