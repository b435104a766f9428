#pragma once

#include "core/io/odim/odim_writer.h"
#include "core/simulate/scene.h"

#include <filesystem>
#include <string>
#include <vector>

namespace embellie::test {

/// A small simulated scene: @p times volumes of two sweeps, 90 rays by 80 gates of 2 km.
inline void writeScene(const std::filesystem::path& folder, int times = 2) {
    Settings settings(sceneSettings());
    settings.set("sim.times", std::int64_t(times));
    settings.set("sim.elevations", std::vector<double>{0.5, 2.4});
    settings.set("sim.rays", std::int64_t(90));
    settings.set("sim.gates", std::int64_t(80));
    settings.set("sim.gate_length", 2000.0);
    const SimulatedScene scene(settings);
    Feedback feedback;
    std::filesystem::create_directories(folder);
    for (std::size_t time = 0; time < scene.times(); ++time) {
        OdimVolume volume;
        volume.time = scene.time(time);
        volume.site = scene.site();
        for (std::size_t i = 0; i < scene.sweeps(); ++i) {
            const SimulatedSweep sweep = scene.sweep(time, i);
            volume.sweeps.push_back({{sweep.th, {}, {}}, {sweep.dbzh, {}, {}}, {sweep.classes, {}, {}}});
        }
        writeOdimVolume(folder / ("scene" + std::to_string(time) + ".h5"), volume, feedback);
    }
}

/// Volumes of one tiny sweep at the minutes given after 2020-01-01 12:00.
inline void writeTimes(const std::filesystem::path& folder, const std::vector<int>& minutes) {
    std::filesystem::create_directories(folder);
    Feedback feedback;
    for (const int minute : minutes) {
        const TimePoint time = *parseTime("2020-01-01T12:00:00Z") + std::chrono::minutes(minute);
        Sweep sweep;
        sweep.site = {"xxtst", "Testville", 45, 3, 100};
        sweep.fixedAngle = 1;
        for (int ray = 0; ray < 12; ++ray)
            sweep.rays.push_back({ray * 30.0, (ray + 1) * 30.0 - (ray == 11 ? 360.0 : 0.0), 1.0, 0.0});
        sweep.firstGateMeters = 500;
        sweep.gateMeters = 1000;
        sweep.gates = 10;
        const auto field = std::make_shared<const Field>(
            Quantity{"DBZH", "", "", "dBZ", Kind::Quantity, {}, false}, sweep,
            TimeInterval{time, time + std::chrono::seconds(20)}, std::vector<float>(120, 10.0F),
            std::vector<State>(120, State::Valid));
        OdimVolume volume;
        volume.time = time;
        volume.site = sweep.site;
        volume.sweeps.push_back({OdimMoment{field, {}, {}}});
        writeOdimVolume(folder / ("t" + std::to_string(minute) + ".h5"), volume, feedback);
    }
}

} // namespace embellie::test
