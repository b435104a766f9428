// A training step of our U-Net against the same network in Python's torch, same threads and waiting policy,
// in turns; prints medians and their ratio (over 1: ours is faster), and ours in bf16 where the processor has
// it. usage: bench_train_step [--json] [--python PROGRAM] [--threads N]

#include "tests/bench/training/training_bench.h"

#include <chrono>
#include <fstream>
#include <iostream>

#include <nlohmann/json.hpp>

using namespace embellie;
using namespace embellie::bench;
using Clock = std::chrono::steady_clock;

static bool processorHas(const std::string& flag) {
    std::ifstream file("/proc/cpuinfo");
    for (std::string word; file >> word;)
        if (word == flag)
            return true;
    return false;
}

int main(int argc, char** argv) try {
    const Words words = readWords(argc, argv);
    constexpr int Rounds = 3, Steps = 8;
    const Subject subject = makeSubject(words.threads);
    PlainSteps tools;
    const Precision full = tools.precision, half = choosePrecision("bf16", torch::kCPU);
    const bool has16Bits = processorHas("avx512_bf16");
    const Batch sample{{"input", torch::randn({BatchSize, subject.channels, Rays, Gates})},
                       {"rain", (torch::rand({BatchSize, 1, Rays, Gates}) > 0.5).to(torch::kFloat32)},
                       {"weight", torch::rand({BatchSize, 1, Rays, Gates})},
                       {"value", torch::randn({BatchSize, 1, Rays, Gates})}};
    std::vector<double> ours, ours16, theirs;
    for (int round = 0; round < Rounds; ++round) {
        for (const bool in16Bits : {false, true}) {
            tools.precision = in16Bits ? half : full;
            for (int step = 0; step < (in16Bits && !has16Bits ? 0 : Steps); ++step) {
                const auto begin = Clock::now();
                subject.learn->step(sample, tools);
                if (step > 0) // the first one warms up
                    (in16Bits ? ours16 : ours)
                        .push_back(std::chrono::duration<double>(Clock::now() - begin).count());
            }
        }
        const std::vector<double> seconds =
            secondsOfPython(words, subject, "train_step/train_step.py", {Steps});
        theirs.insert(theirs.end(), seconds.begin() + 1, seconds.end());
    }
    const double mine = median(ours), other = median(theirs), mine16 = has16Bits ? median(ours16) : 0;
    if (words.json) {
        nlohmann::json told{{"bench", "train_step"}, {"threads", words.threads}, {"weights", subject.weights},
                            {"ours_ms", 1e3 * mine}, {"python_ms", 1e3 * other}, {"ratio", other / mine}};
        if (has16Bits) {
            told["ours_bf16_ms"] = 1e3 * mine16;
            told["bf16_ratio"] = mine / mine16;
        }
        std::cout << told.dump() << std::endl;
        return 0;
    }
    std::cout << "training step, U-Net " << Width << "x" << Depth << ", batch " << BatchSize << " of " << Rays
              << "x" << Gates << ", " << words.threads << " threads: ours " << 1e3 * mine << " ms, Python "
              << 1e3 * other << " ms, ratio " << other / mine;
    if (has16Bits)
        std::cout << "; in bf16 " << 1e3 * mine16 << " ms, ratio to fp32 " << mine / mine16;
    std::cout << std::endl;
    return 0;
} catch (const std::exception& error) {
    std::cerr << "bench_train_step: " << error.what() << std::endl;
    return 1;
}
