#include "gui/pages/judge/run_threshold.h"

#include "core/run/predict_settings.h"
#include "core/score/probability_counts.h"
#include "core/task/task.h"

#include <cmath>

namespace embellie {

namespace fs = std::filesystem;

namespace {

std::string keyOf(const TaskInfo& task) {
    return task.id + ".threshold";
}

int stepOf(double probability) {
    return static_cast<int>(std::lround(probability * ProbabilitySteps));
}

} // namespace

std::optional<RunThreshold> readRunThreshold(const fs::path& run) {
    const RunRequest request = readRunRequest(run);
    const TaskInfo& task = taskOf(request.task);
    const std::string key = keyOf(task);
    const Setting* setting = task.settings.find(key);
    if (!setting || setting->type != Setting::Type::Real || setting->least != 0 || setting->most != 1)
        return std::nullopt;
    Settings settings(settingsOf(task, networkOf(request.network)));
    settings.mergeToml(request.settings, RunPaths{run}.request().string());
    const int trained = stepOf(settings.real(key));
    const auto own = readPredictSettings(run);
    if (const auto found = own.find(key); found != own.end())
        settings.setText(key, found->second);
    return RunThreshold{trained, stepOf(settings.real(key))};
}

void chooseRunThreshold(const fs::path& run, int step) {
    const std::optional<RunThreshold> known = readRunThreshold(run);
    if (!known)
        return;
    const std::string key = keyOf(taskOf(readRunRequest(run).task));
    auto settings = readPredictSettings(run);
    settings.erase(key);
    if (step != known->trained)
        settings[key] = settingText(double(step) / ProbabilitySteps);
    writePredictSettings(run, settings);
}

} // namespace embellie
