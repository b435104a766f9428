// A whole epoch, samples made beside the arithmetic, against the same pipeline in Python with a DataLoader;
// in turns; prints medians and their ratio (over 1: ours is faster), and how long ours waited for samples.
// usage: bench_epoch [--json] [--python PROGRAM] [--threads N] [--workers N]

#include "core/base/process.h"
#include "core/learn/batches.h"
#include "core/learn/run_setup.h"
#include "core/task/denoise/mixture.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include <nlohmann/json.hpp>
#include <unistd.h>

using namespace embellie;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int Rounds = 3, Steps = 20, BatchSize = 2, Rays = 360, Gates = 256, Width = 16, Depth = 4,
              SourceCount = 4, SourceGates = 300;

/// Rain and clutter of files, noise in a third of the samples; nothing made up, nothing varied.
class Mixer : public SampleMaker {
public:
    Mixer() {
        m_rule = {.rays = Rays, .gates = Gates, .syntheticRain = 0, .syntheticClutter = 0, .varied = 0};
        m_sources.gateMeters = {1000};
        m_sources.rain.resize(1);
        m_sources.clutter.resize(1);
        for (int i = 0; i < SourceCount; ++i) {
            SampleRandom random(1, 0, i);
            denoise::Polar rain(Rays, SourceGates, 1000), clutter(Rays, SourceGates, 1000);
            const float turn = random.uniform(0, 6), far = random.uniform(20, 60);
            for (int ray = 0; ray < Rays; ++ray)
                for (int gate = 0; gate < SourceGates; ++gate) {
                    const float wave = std::sin(0.05f * static_cast<float>(ray) + turn) +
                                       std::sin(0.04f * static_cast<float>(gate) + turn);
                    if (wave > 0.4f)
                        rain.z[rain.at(ray, gate)] = denoise::linear(15 * wave + 3 * random.normal());
                    if (random.uniform() < std::exp(-static_cast<float>(gate) / far))
                        clutter.z[clutter.at(ray, gate)] = denoise::linear(25 + 10 * random.normal());
                }
            std::vector<float> trust = denoise::rainTrust(rain);
            m_sources.rain[0].push_back({std::move(rain), std::move(trust)});
            m_sources.clutter[0].push_back(std::move(clutter));
        }
    }
    Sample make(std::int64_t epoch, std::int64_t index) const override {
        SampleRandom random(1, epoch, index);
        return denoise::makeSample(m_sources, m_rule, random);
    }
    const std::vector<ValidationCase>& validation() const override { return m_cases; }
    const std::vector<UsedFile>& files() const override { return m_files; }

    void write(const std::filesystem::path& file) const {
        std::ofstream out(file, std::ios::binary);
        const auto put = [&](const std::vector<float>& values) {
            out.write(reinterpret_cast<const char*>(values.data()),
                      static_cast<std::streamsize>(values.size() * sizeof(float)));
        };
        for (const auto& source : m_sources.rain[0])
            put(source.sweep.z);
        for (const auto& source : m_sources.rain[0])
            put(source.trust);
        for (const auto& source : m_sources.clutter[0])
            put(source.z);
    }

private:
    denoise::Sources m_sources;
    denoise::MixtureRule m_rule;
    std::vector<ValidationCase> m_cases;
    std::vector<UsedFile> m_files;
};

class Plain : public StepTools {
public:
    torch::Tensor summed(torch::Tensor count) override { return count; }
    void inPrecision(const std::function<void()>& forward) override { forward(); }
    void correct(torch::optim::Optimizer& optimizer, const Batch& batch, const LossOf& lossOf) override {
        optimizer.zero_grad();
        lossOf(batch).backward();
        torch::nn::utils::clip_grad_norm_(optimizer.param_groups().front().params(), 1.0);
        optimizer.step();
    }
};

double median(std::vector<double> numbers) {
    std::sort(numbers.begin(), numbers.end());
    return numbers[numbers.size() / 2];
}

} // namespace

int main(int argc, char** argv) {
    if (!std::getenv("OMP_WAIT_POLICY")) {
        ::setenv("OMP_WAIT_POLICY", "passive", 1);
        ::execv("/proc/self/exe", argv);
    }
    std::string python = "python3";
    int threads = 2, workers = 2;
    bool json = false;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--json")
            json = true;
        else if (word == "--python" && i + 1 < argc)
            python = argv[++i];
        else if (word == "--threads" && i + 1 < argc)
            threads = std::atoi(argv[++i]);
        else if (word == "--workers" && i + 1 < argc)
            workers = std::atoi(argv[++i]);
    }
    torch::manual_seed(1);
    const TaskInfo& task = taskOf("denoise");
    const NetworkInfo& network = networkOf("unet");
    Settings settings(settingsOf(task, network));
    settings.set("train.threads", std::int64_t(threads));
    setThreads(settings); // as the trainer does
    settings.set("unet.width", std::int64_t(Width));
    settings.set("unet.depth", std::int64_t(Depth));
    const auto learn = makeTaskLearn(task, network, settings);
    const Mixer mixer;
    const std::filesystem::path file =
        std::filesystem::temp_directory_path() / ("bench_epoch." + std::to_string(::getpid()));
    mixer.write(file);
    Plain tools;
    std::vector<double> ours, theirs, waited;
    for (int round = 0; round < Rounds; ++round) {
        BatchesAhead batches(
            mixer, {.steps = Steps, .batch = BatchSize, .from = 0, .to = 2 * Steps, .workers = workers});
        double waitedBefore = 0;
        Clock::time_point begin;
        for (int step = 0; step < 2 * Steps; ++step) {
            if (step == Steps) { // the first epoch warms up
                begin = Clock::now();
                waitedBefore = batches.waited().count();
            }
            learn->step(stacked(batches.next()), tools);
        }
        ours.push_back(std::chrono::duration<double>(Clock::now() - begin).count());
        waited.push_back((batches.waited().count() - waitedBefore) / ours.back());

        ProcessRequest request;
        request.program = python;
        request.arguments = {EMBELLIE_SOURCE_FOLDER "/tests/bench/epoch/epoch.py"};
        for (const int number : {threads, workers, Steps, BatchSize, Rays, Gates, Width, Depth, SourceCount})
            request.arguments.push_back(std::to_string(number));
        request.arguments.insert(request.arguments.end(),
                                 {settings.string("unet.normalisation"), file.string()});
        const ProcessResult result = runProcess(request);
        std::istringstream words(result.output);
        std::int64_t weights = 0;
        double seconds = 0;
        if (result.status != 0 || !(words >> weights >> seconds) ||
            weights != network.weightCount(settings, networkShape(task, settings))) {
            std::cerr << "bench_epoch: Python's torch does not run, or has another network: " << result.errors
                      << std::endl;
            std::filesystem::remove(file);
            return 1;
        }
        theirs.push_back(seconds);
    }
    std::filesystem::remove(file);
    const double mine = median(ours), other = median(theirs), waits = median(waited);
    if (json)
        std::cout << nlohmann::json{{"bench", "epoch"},   {"threads", threads}, {"workers", workers},
                                    {"ours_s", mine},     {"python_s", other},  {"ratio", other / mine},
                                    {"wait_share", waits}}
                         .dump()
                  << std::endl;
    else
        std::cout << "epoch of " << Steps << " steps, U-Net " << Width << "x" << Depth << ", batch "
                  << BatchSize << " of " << Rays << "x" << Gates << ", " << threads << " threads, " << workers
                  << " sample makers: ours " << mine << " s (waits for samples " << 100 * waits
                  << " % of it), Python " << other << " s, ratio " << other / mine << std::endl;
    return 0;
}
