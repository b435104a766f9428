#pragma once

// What the benches of training share: the words they are called with, one network of ours, and the same one
// in Python.

#include "core/base/process.h"
#include "core/learn/device.h"
#include "core/learn/run_setup.h"
#include "core/learn/task_learn.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <unistd.h>

namespace embellie::bench {

/// [--json] [--python PROGRAM] [--threads N] [--workers N]
struct Words {
    std::string python = "python3";
    int threads = 2, workers = 2;
    bool json = false;
};

/// The program begins again with the trainer's waiting policy where it was called without.
inline Words readWords(int argc, char** argv) {
    if (!std::getenv("OMP_WAIT_POLICY")) {
        ::setenv("OMP_WAIT_POLICY", "passive", 1);
        ::execv("/proc/self/exe", argv);
    }
    Words words;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--json")
            words.json = true;
        else if (word == "--python" && i + 1 < argc)
            words.python = argv[++i];
        else if (word == "--threads" && i + 1 < argc)
            words.threads = std::atoi(argv[++i]);
        else if (word == "--workers" && i + 1 < argc)
            words.workers = std::atoi(argv[++i]);
    }
    return words;
}

/// What is learnt by both sides: batches of the denoise task by a U-Net.
constexpr int BatchSize = 2, Rays = 360, Gates = 256, Width = 16, Depth = 4;

struct Subject {
    Settings settings;
    std::unique_ptr<TaskLearn> learn;
    std::int64_t channels, weights;
};

inline Subject makeSubject(int threads) {
    torch::manual_seed(1);
    const TaskInfo& task = taskOf("denoise");
    const NetworkInfo& network = networkOf("unet");
    Settings settings(settingsOf(task, network));
    settings.set("train.threads", std::int64_t(threads));
    setThreads(settings); // as the trainer does
    settings.set("unet.width", std::int64_t(Width));
    settings.set("unet.depth", std::int64_t(Depth));
    settings.set("denoise.moments", std::string()); // Python's samples have none
    auto learn = makeTaskLearn(task, network, settings);
    const auto channels = static_cast<std::int64_t>(task.channels(settings).size());
    const std::int64_t weights = network.weightCount(settings, networkShape(task, settings));
    return {std::move(settings), std::move(learn), channels, weights};
}

/// One process, nothing between the loss and the correction.
class PlainSteps : public StepTools {
public:
    torch::Tensor summed(torch::Tensor count) override { return count; }
    void inPrecision(const std::function<void()>& forward) override {
        const torchcompat::Autocast autocast(precision.autocast);
        forward();
    }
    void correct(torch::optim::Optimizer& optimizer, const Batch& batch, const LossOf& lossOf) override {
        optimizer.zero_grad();
        lossOf(batch).backward();
        torch::nn::utils::clip_grad_norm_(optimizer.param_groups().front().params(), 1.0);
        optimizer.step();
    }
    Precision precision = choosePrecision("fp32", torch::kCPU);
};

/// Runs tests/bench/@p script on the same network (unet.py): threads, @p numbers, batch, rays, gates,
/// channels, width, depth, normalisation, then @p more. It prints the number of its weights, then seconds.
/// @throws Error where Python's torch does not run, or its network has another size
inline std::vector<double> secondsOfPython(const Words& words, const Subject& subject,
                                           const std::string& script, const std::vector<int>& numbers,
                                           const std::vector<std::string>& more = {}) {
    ProcessRequest request;
    request.program = words.python;
    request.arguments = {EMBELLIE_SOURCE_FOLDER "/tests/bench/" + script, std::to_string(words.threads)};
    for (const int number : numbers)
        request.arguments.push_back(std::to_string(number));
    for (const std::int64_t number : {std::int64_t(BatchSize), std::int64_t(Rays), std::int64_t(Gates),
                                      subject.channels, std::int64_t(Width), std::int64_t(Depth)})
        request.arguments.push_back(std::to_string(number));
    request.arguments.push_back(subject.settings.string("unet.normalisation"));
    request.arguments.insert(request.arguments.end(), more.begin(), more.end());
    const char* const own = std::getenv("PYTHONPATH");
    request.environment["PYTHONPATH"] =
        EMBELLIE_SOURCE_FOLDER "/tests/bench/training" + (own ? ":" + std::string(own) : std::string());
    request.environment["PYTHONDONTWRITEBYTECODE"] = "1"; // the source folder stays as it is
    const ProcessResult result = runProcess(request);
    std::istringstream said(result.output);
    std::int64_t weights = 0;
    std::vector<double> seconds;
    said >> weights;
    for (double one = 0; said >> one;)
        seconds.push_back(one);
    if (result.status != 0 || seconds.empty())
        throw Error(text(EMBELLIE_TR("bench", "Python's torch does not run: {0}"), result.errors))
            .in(request.arguments.front());
    if (weights != subject.weights)
        throw Error(text(EMBELLIE_TR("bench", "Python has another network: {0} weights, not {1}"), weights,
                         subject.weights))
            .in(request.arguments.front());
    return seconds;
}

inline double median(std::vector<double> numbers) {
    std::sort(numbers.begin(), numbers.end());
    return numbers[numbers.size() / 2];
}

} // namespace embellie::bench
