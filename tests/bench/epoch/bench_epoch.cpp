// A whole epoch, samples made beside the arithmetic, against the same pipeline in Python with a DataLoader;
// in turns; prints medians and their ratio (over 1: ours is faster), and how long ours waited for samples.
// usage: bench_epoch [--json] [--python PROGRAM] [--threads N] [--workers N]

#include "core/learn/batches.h"
#include "core/task/denoise/mixture.h"
#include "tests/bench/training/training_bench.h"

#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>

#include <nlohmann/json.hpp>

using namespace embellie;
using namespace embellie::bench;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int Rounds = 3, Steps = 20, SourceCount = 4, SourceGates = 300;

/// Rain and clutter of files, noise in a third of the samples; nothing made up, nothing varied.
class Mixer : public SampleMaker {
public:
    Mixer() {
        m_rule = {.rays = Rays, .gates = Gates, .syntheticRain = 0, .syntheticClutter = 0, .varied = 0};
        m_sources.gateMeters = {1000};
        m_sources.rain.resize(1);
        m_sources.clutter.resize(1);
        m_sources.sceneRain = m_sources.sceneClutter = {0};
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

/// A file in the system's temporary folder, gone with this.
struct Temporary {
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("bench_epoch." + std::to_string(::getpid()));
    Temporary() = default;
    ~Temporary() {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
    }
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;
};

} // namespace

int main(int argc, char** argv) try {
    const Words words = readWords(argc, argv);
    const Subject subject = makeSubject(words.threads);
    const Mixer mixer;
    const Temporary file;
    mixer.write(file.path);
    PlainSteps tools;
    std::vector<double> ours, theirs, waited;
    for (int round = 0; round < Rounds; ++round) {
        BatchesAhead batches(
            mixer,
            {.steps = Steps, .batch = BatchSize, .from = 0, .to = 2 * Steps, .workers = words.workers});
        double waitedBefore = 0;
        Clock::time_point begin;
        for (int step = 0; step < 2 * Steps; ++step) {
            if (step == Steps) { // the first epoch warms up
                begin = Clock::now();
                waitedBefore = batches.waited().count();
            }
            subject.learn->step(stacked(batches.next()), tools);
        }
        ours.push_back(std::chrono::duration<double>(Clock::now() - begin).count());
        waited.push_back((batches.waited().count() - waitedBefore) / ours.back());
        theirs.push_back(secondsOfPython(words, subject, "epoch/epoch.py",
                                         {words.workers, Steps, SourceCount}, {file.path.string()})
                             .front());
    }
    const double mine = median(ours), other = median(theirs), waits = median(waited);
    if (words.json)
        std::cout << nlohmann::json{{"bench", "epoch"},         {"threads", words.threads},
                                    {"workers", words.workers}, {"ours_s", mine},
                                    {"python_s", other},        {"ratio", other / mine},
                                    {"wait_share", waits}}
                         .dump()
                  << std::endl;
    else
        std::cout << "epoch of " << Steps << " steps, U-Net " << Width << "x" << Depth << ", batch "
                  << BatchSize << " of " << Rays << "x" << Gates << ", " << words.threads << " threads, "
                  << words.workers << " sample makers: ours " << mine << " s (waits for samples "
                  << 100 * waits << " % of it), Python " << other << " s, ratio " << other / mine
                  << std::endl;
    return 0;
} catch (const std::exception& error) {
    std::cerr << "bench_epoch: " << error.what() << std::endl;
    return 1;
}
