#pragma once

// Small runs of the real trainer, for the tests of this folder.

#include "core/base/file.h"
#include "core/base/process.h"
#include "core/run/run_directory.h"
#include "core/task/scene_files.h"
#include "core/task/task.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <map>
#include <string>
#include <vector>

namespace embellie::test {

/// Seconds of training on one thread: bit for bit the same each time. @p others by key, over the defaults.
inline RunRequest tinyRequest(const std::string& task = "denoise",
                              const std::map<std::string, std::string>& others = {}) {
    RunRequest request;
    request.task = task;
    request.network = "unet";
    Settings settings(settingsOf(taskOf(task), networkOf("unet")));
    std::map<std::string, std::string> values{
        {"train.epochs", "3"},   {"train.steps", "40"},       {"train.batch", "1"},
        {"train.threads", "1"},  {"train.workers", "2"},      {"unet.width", "4"},
        {"unet.depth", "2"},     {"unet.dropout", "0.2"},     {task + ".gates", "32"},
        {task + ".scenes", "1"}, {"train.samples_kept", "1"}, {"train.seed", "7"}};
    for (const auto& [key, value] : others)
        values[key] = value;
    for (const auto& [key, value] : values)
        settings.setText(key, value);
    if (task == "denoise")
        settings.setText("denoise.gate_meters", "1000");
    request.settings = settings.toToml();
    request.created = now();
    return request;
}

/// A few small volumes with their truth, in a new folder below @p folder: data for tinyRequest() that are
/// read in a moment, while the built-in scene takes seconds.
inline std::map<std::string, std::vector<std::string>> smallScene(const std::filesystem::path& folder) {
    Settings scene(sceneSettings());
    for (const auto& [key, value] :
         {std::pair("sim.times", "3"), std::pair("sim.gates", "40"), std::pair("sim.elevations", "0.5, 3"),
          std::pair("sim.moments", "false")})
        scene.setText(key, value);
    Feedback feedback;
    writeSceneFiles(SimulatedScene(scene), folder / "scene", feedback);
    return {{"scene", {(folder / "scene").string()}}};
}

inline ProcessRequest learner(const std::string& word, const std::filesystem::path& run) {
    ProcessRequest request;
    request.program = programFolder() / "embellie-learn";
    request.arguments = {word, run.string()};
    request.environment["OMP_WAIT_POLICY"] = "passive";
    return request;
}

inline RunReader followed(const std::filesystem::path& run) {
    RunReader reader(run);
    reader.poll();
    return reader;
}

/// What must not depend on interruptions: losses and scores by epoch, as written.
inline std::vector<std::string> epochLines(const std::filesystem::path& run) {
    std::vector<std::string> lines;
    const RunReader reader = followed(run);
    for (RunEvent event : reader.events()) {
        if (event.kind != "epoch")
            continue;
        event.number = 0;
        event.attempt = 0;
        event.time = {};
        event.text.clear();
        event.values.erase("seconds");
        for (const char* measured : {"sample_wait_share", "peak_memory_bytes", "memory_estimate_bytes"})
            event.values.erase(measured);
        lines.push_back(eventLine(event));
    }
    return lines;
}

template <class Condition>
bool waitFor(Condition&& condition, int seconds) {
    for (int i = 0; i < 50 * seconds; ++i) {
        if (condition())
            return true;
        QTest::qSleep(20);
    }
    return false;
}

} // namespace embellie::test
