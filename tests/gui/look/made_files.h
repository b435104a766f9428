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

/// A tiny sweep that begins at @p time, with 10.0 in all cells of each moment.
inline std::vector<OdimMoment> tinySweep(double angle, TimePoint time,
                                         const std::vector<std::string>& moments) {
    Sweep sweep;
    sweep.site = {"xxtst", "Testville", 45, 3, 100};
    sweep.fixedAngle = angle;
    for (int ray = 0; ray < 12; ++ray)
        sweep.rays.push_back({ray * 30.0, (ray + 1) * 30.0 - (ray == 11 ? 360.0 : 0.0), angle, 0.0});
    sweep.firstGateMeters = 500;
    sweep.gateMeters = 1000;
    sweep.gates = 10;
    std::vector<OdimMoment> fields;
    for (const std::string& moment : moments)
        fields.push_back({std::make_shared<const Field>(
                              Quantity{moment, "", "", "dBZ", Kind::Quantity, {}, false}, sweep,
                              TimeInterval{time, time + std::chrono::seconds(20)},
                              std::vector<float>(120, 10.0F), std::vector<State>(120, State::Valid)),
                          {},
                          {}});
    return fields;
}

inline void writeVolume(const std::filesystem::path& file, TimePoint time,
                        const std::vector<std::vector<OdimMoment>>& sweeps) {
    std::filesystem::create_directories(file.parent_path());
    OdimVolume volume;
    volume.time = time;
    volume.site = sweeps.front().front().field->sweep()->site;
    volume.sweeps = sweeps;
    Feedback feedback;
    writeOdimVolume(file, volume, feedback);
}

inline TimePoint minuteAfterNoon(int minute) {
    return *parseTime("2020-01-01T12:00:00Z") + std::chrono::minutes(minute);
}

/// Volumes of one tiny sweep at the minutes given after 2020-01-01 12:00.
inline void writeTimes(const std::filesystem::path& folder, const std::vector<int>& minutes) {
    for (const int minute : minutes)
        writeVolume(folder / ("t" + std::to_string(minute) + ".h5"), minuteAfterNoon(minute),
                    {tinySweep(1, minuteAfterNoon(minute), {"DBZH"})});
}

/// The same with two cuts at 0.5 degrees, of which the second alone has a velocity.
inline void writeSplitCuts(const std::filesystem::path& folder, const std::vector<int>& minutes) {
    for (const int minute : minutes) {
        const TimePoint time = minuteAfterNoon(minute);
        writeVolume(
            folder / ("s" + std::to_string(minute) + ".h5"), time,
            {tinySweep(0.5, time, {"TH"}), tinySweep(0.5, time + std::chrono::seconds(30), {"TH", "VRADH"})});
    }
}

} // namespace embellie::test
