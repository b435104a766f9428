// bench_predict [--run RUN] [--rounds N] [--json] [KEY=VALUE…]: seconds and peak memory of a prediction over
// a simulated volume of 14 sweeps of 360 × 600 gates, from the start of the predictor to the written file,
// with reading and writing; medians. Without a run, a network of the default settings that learnt for a
// moment; KEY=VALUE are settings of its training (unet.width=32).

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/process.h"
#include "core/launch/launch.h"
#include "core/run/run_directory.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <sstream>
#include <sys/resource.h>
#include <sys/wait.h>

using namespace embellie;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

struct Measured {
    double seconds = 0, processorSeconds = 0, megabytes = 0;
};

void work(const ProcessRequest& request) {
    const ProcessResult result = runProcess(request);
    if (result.status != 0)
        throw Error(text(EMBELLIE_TR("bench", "it ended with {0}: {1}"), result.status, result.errors))
            .in(request.program);
}

ProcessRequest cli(std::vector<std::string> arguments) {
    ProcessRequest request;
    request.program = programFolder() / "embellie-cli";
    request.arguments = std::move(arguments);
    return request;
}

/// Waited for alone, so that the system's own count of its memory and time is this process's.
Measured measure(const ProcessRequest& request) {
    Measured measured;
    const auto begin = Clock::now();
    const pid_t process = startProcess(request);
    int status = 0;
    struct rusage usage {};
    ::wait4(process, &status, 0, &usage);
    measured.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    measured.processorSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    measured.megabytes = static_cast<double>(usage.ru_maxrss) / 1024;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        throw Error(text(EMBELLIE_TR("bench", "the prediction failed"))).in(request.log);
    return measured;
}

double median(std::vector<double> numbers) {
    std::sort(numbers.begin(), numbers.end());
    return numbers[numbers.size() / 2];
}

} // namespace

int main(int argc, char** argv) try {
    fs::path run;
    int rounds = 3;
    bool json = false;
    std::vector<std::string> settings;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--json")
            json = true;
        else if (word == "--run" && i + 1 < argc)
            run = argv[++i];
        else if (word == "--rounds" && i + 1 < argc)
            rounds = std::max(1, std::atoi(argv[++i]));
        else if (const std::size_t equals = word.find('='); equals != std::string::npos) {
            settings.push_back("--" + word.substr(0, equals));
            settings.push_back(word.substr(equals + 1));
        }
    }
    std::string pattern = (fs::temp_directory_path() / "embellie-bench-XXXXXX").string();
    if (!::mkdtemp(pattern.data()))
        throw Error(text(EMBELLIE_TR("bench", "no folder can be made"))).in(pattern);
    const fs::path folder = pattern;
    work(cli({"simulate", "--output", (folder / "volume").string(), "--sim.times", "1", "--sim.rays", "360",
              "--sim.gates", "600", "--sim.gate_length", "500", "--sim.elevations",
              "0.5,0.8,1.1,1.5,2,2.6,3.3,4.2,5.3,6.7,8.5,10.8,13.7,17"}));
    PredictionRequest request;
    for (const auto& entry : fs::directory_iterator(folder / "volume"))
        if (entry.path().extension() == ".h5")
            request.files = {entry.path().string()};
    if (run.empty()) {
        run = folder / "run";
        std::vector<std::string> arguments{
            "train",      "--task",           "denoise", "--network",       "unet", "--run",
            run.string(), "--train.epochs",   "1",       "--train.steps",   "2",    "--train.batch",
            "1",          "--denoise.scenes", "1",       "--denoise.gates", "64"};
        arguments.insert(arguments.end(), settings.begin(), settings.end());
        work(cli(arguments));
    }
    request.output = (folder / "results").string();
    std::vector<double> seconds, processor, megabytes;
    for (int round = 0; round < rounds; ++round) {
        createPrediction(run, request);
        ProcessRequest predictor;
        predictor.program = learnProgram();
        predictor.arguments = {"predict", fs::absolute(run).string()};
        predictor.environment["OMP_WAIT_POLICY"] = "passive";
        predictor.log = folder / "log";
        const Measured one = measure(predictor);
        seconds.push_back(one.seconds);
        processor.push_back(one.processorSeconds);
        megabytes.push_back(one.megabytes);
    }
    fs::remove_all(folder);
    const nlohmann::json result{{"sweeps", 14},
                                {"rays", 360},
                                {"gates", 600},
                                {"seconds", median(seconds)},
                                {"processor_seconds", median(processor)},
                                {"peak_mb", *std::max_element(megabytes.begin(), megabytes.end())}};
    if (json)
        std::cout << result.dump() << '\n';
    else
        std::cout << "14 sweeps of 360 x 600 gates: " << numberText(median(seconds), 2) << " s ("
                  << numberText(median(processor), 2) << " s of processors), at most "
                  << numberText(result["peak_mb"].get<double>(), 0) << " MB\n";
    return 0;
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
