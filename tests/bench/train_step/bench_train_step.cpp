// A training step of our U-Net against the same network in Python's torch, same threads and waiting policy,
// in turns; prints medians and their ratio (over 1: ours is faster), and ours in bf16 where the processor has
// it. usage: bench_train_step [--json] [--python PROGRAM] [--threads N]

#include "core/base/file.h"
#include "core/base/process.h"
#include "core/learn/device.h"
#include "core/learn/run_setup.h"
#include "core/learn/task_learn.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>

#include <nlohmann/json.hpp>
#include <unistd.h>

using namespace embellie;
using Clock = std::chrono::steady_clock;

namespace {

class Plain : public StepTools {
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
    Precision precision;
};

bool processorHas(const std::string& flag) {
    std::ifstream file("/proc/cpuinfo");
    for (std::string word; file >> word;)
        if (word == flag)
            return true;
    return false;
}

double median(std::vector<double> times) {
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

} // namespace

int main(int argc, char** argv) {
    if (!std::getenv("OMP_WAIT_POLICY")) {
        ::setenv("OMP_WAIT_POLICY", "passive", 1);
        ::execv("/proc/self/exe", argv);
    }
    std::string python = "python3";
    int threads = 2;
    bool json = false;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--json")
            json = true;
        else if (word == "--python" && i + 1 < argc)
            python = argv[++i];
        else if (word == "--threads" && i + 1 < argc)
            threads = std::atoi(argv[++i]);
    }
    constexpr int rounds = 3, steps = 8, batch = 2, rays = 360, gates = 256, width = 16, depth = 4;
    torch::manual_seed(1);
    const TaskInfo& task = taskOf("denoise");
    const NetworkInfo& network = networkOf("unet");
    Settings settings(settingsOf(task, network));
    settings.set("train.threads", std::int64_t(threads));
    setThreads(settings); // as the trainer does
    settings.set("unet.width", std::int64_t(width));
    settings.set("unet.depth", std::int64_t(depth));
    const auto learn = makeTaskLearn(task, network, settings);
    Plain tools;
    const Precision full = choosePrecision("fp32", torch::kCPU), half = choosePrecision("bf16", torch::kCPU);
    const bool has16Bits = processorHas("avx512_bf16");
    const Batch sample{{"input", torch::randn({batch, 3, rays, gates})},
                       {"rain", (torch::rand({batch, 1, rays, gates}) > 0.5).to(torch::kFloat32)},
                       {"weight", torch::rand({batch, 1, rays, gates})},
                       {"value", torch::randn({batch, 1, rays, gates})}};
    std::vector<double> ours, ours16, theirs;
    long long theirWeights = 0;
    for (int round = 0; round < rounds; ++round) {
        for (const bool in16Bits : {false, true}) {
            tools.precision = in16Bits ? half : full;
            for (int step = 0; step < (in16Bits && !has16Bits ? 0 : steps); ++step) {
                const auto begin = Clock::now();
                learn->step(sample, tools);
                if (step > 0) // the first one warms up
                    (in16Bits ? ours16 : ours)
                        .push_back(std::chrono::duration<double>(Clock::now() - begin).count());
            }
        }
        ProcessRequest request;
        request.program = python;
        request.arguments = {EMBELLIE_SOURCE_FOLDER "/tests/bench/train_step/train_step.py",
                             std::to_string(threads),
                             std::to_string(steps),
                             std::to_string(batch),
                             std::to_string(rays),
                             std::to_string(gates),
                             std::to_string(width),
                             std::to_string(depth),
                             settings.string("unet.normalisation")};
        const ProcessResult result = runProcess(request);
        if (result.status != 0) {
            std::cerr << "bench_train_step: Python's torch does not run: "
                      << result.errors.substr(result.errors.rfind('\n', result.errors.size() - 2) + 1)
                      << std::endl;
            return 1;
        }
        std::istringstream words(result.output);
        words >> theirWeights;
        double seconds = 0;
        for (int step = 0; words >> seconds; ++step)
            if (step > 0)
                theirs.push_back(seconds);
    }
    const std::int64_t weights = network.weightCount(settings, networkShape(task, settings));
    if (weights != theirWeights) {
        std::cerr << "bench_train_step: not the same network: " << weights << " and " << theirWeights
                  << " weights" << std::endl;
        return 1;
    }
    const double mine = median(ours), python13 = median(theirs), mine16 = has16Bits ? median(ours16) : 0;
    if (json) {
        nlohmann::json words{{"bench", "train_step"},       {"threads", threads},
                             {"weights", weights},          {"ours_ms", 1e3 * mine},
                             {"python_ms", 1e3 * python13}, {"ratio", python13 / mine}};
        if (has16Bits) {
            words["ours_bf16_ms"] = 1e3 * mine16;
            words["bf16_ratio"] = mine / mine16;
        }
        std::cout << words.dump() << std::endl;
        return 0;
    }
    std::cout << "training step, U-Net " << width << "x" << depth << ", batch " << batch << " of " << rays
              << "x" << gates << ", " << threads << " threads: ours " << 1e3 * mine << " ms, Python "
              << 1e3 * python13 << " ms, ratio " << python13 / mine;
    if (has16Bits)
        std::cout << "; in bf16 " << 1e3 * mine16 << " ms, ratio to fp32 " << mine / mine16;
    std::cout << std::endl;
    return 0;
}
