// bench_scenes [--run RUN…] [--scenes N] [--first SEED] [--json]: what a network (several: their mean; none:
// the model that comes with the program) makes of simulated radars of all kinds that no training saw, beside
// the raw echoes and the methods without learning. Taken are, from a first seed on, the scenes that are hard:
// raw CSI at most 0.55, the best method at most 0.75, at 0 dBZ. The network is not asked before they are
// chosen.
//
// By scene and pooled: CSI at 0 dBZ against the truth, and the amount of rain (mean rate by Z = 200 R^1.6 of
// Marshall and Palmer 1948, each gate by its area) divided by the true one. A simulation ranks no models; it
// shows that nothing is broken. Methods that look at other times are given dry ones of the same radar.

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/process.h"
#include "core/io/source.h"
#include "core/launch/launch.h"
#include "core/method/method.h"
#include "core/score/verification.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <limits>
#include <map>

using namespace embellie;
namespace fs = std::filesystem;

namespace {

constexpr double MostRaw = 0.55, MostRival = 0.75;
constexpr int MostTried = 20; ///< scenes for each one wanted
const VerificationRule Rule{{0}, RemovedMeans::NoRain};

/// Scores and rain of one candidate, pooled by +=.
struct Result {
    Contingency counts;
    double rain = 0, truth = 0; ///< rate times area, mm h-1 m2
    double csi() const { return counts.csi(); }
    double amount() const { return rain / truth; }
    Result& operator+=(const Result& other) {
        counts += other.counts;
        rain += other.rain;
        truth += other.truth;
        return *this;
    }
};

double rainOf(const Field& field) {
    const Sweep& sweep = *field.sweep();
    double sum = 0;
    for (std::size_t cell = 0; cell < field.size(); ++cell)
        if (field.states()[cell] == State::Valid) {
            const double range =
                sweep.firstGateMeters + static_cast<double>(cell % sweep.gates) * sweep.gateMeters;
            const double rate = std::pow(std::pow(10, double(field.values()[cell]) / 10) / 200, 1 / 1.6);
            sum += rate * range * sweep.gateMeters * 2 * M_PI / static_cast<double>(sweep.rays.size());
        }
    return sum;
}

fs::path onlyFile(const fs::path& folder) {
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".h5")
            return entry.path();
    throw Error(text(EMBELLIE_TR("bench", "nothing was written"))).in(folder);
}

/// @p candidate beside the truth of @p scene; @p array: the candidate's.
Result judged(const fs::path& scene, const fs::path& candidate, const std::string& array) {
    Feedback feedback;
    const auto truth = openSource(scene), source = openSource(candidate);
    Result result;
    for (std::size_t sweep = 0; sweep < truth->describe().sweeps.size(); ++sweep) {
        const std::string place = "sweep_" + std::to_string(sweep) + "/";
        const Field reference = truth->read(place + "DBZH", {}, feedback),
                    raw = truth->read(place + "TH", {}, feedback),
                    field = source->read(place + array, {}, feedback);
        result.counts += verify(reference, field, &raw, Rule).thresholds.front().candidate;
        result.rain += rainOf(field);
        result.truth += rainOf(reference);
    }
    return result;
}

class Bench {
public:
    explicit Bench(std::vector<std::string> runs) : m_runs(std::move(runs)) {
        std::string pattern = (fs::temp_directory_path() / "embellie-bench-XXXXXX").string();
        if (!::mkdtemp(pattern.data()))
            throw Error(text(EMBELLIE_TR("bench", "no folder can be made"))).in(pattern);
        m_folder = pattern;
    }
    ~Bench() {
        std::error_code ignored;
        fs::remove_all(m_folder, ignored);
    }
    Bench(const Bench&) = delete;
    Bench& operator=(const Bench&) = delete;

    /// By candidate; nothing where the scene is too easy.
    std::map<std::string, Result> scene(std::int64_t seed) {
        const fs::path folder = m_folder / std::to_string(seed);
        const std::vector<std::string> radar{"--seed",           std::to_string(seed),
                                             "--sim.variety",    "true",
                                             "--sim.elevations", "0.5,1.5",
                                             "--sim.rays",       "360"};
        // Little rain, so that what is not rain decides the score.
        simulate(folder / "raw", radar,
                 {"--sim.times", "1", "--sim.rain_cover", "0.08", "--sim.cells", "4", "--sim.band", "false"});
        const fs::path file = onlyFile(folder / "raw");
        std::map<std::string, Result> results{{"raw", judged(file, file, "TH")}};
        const Result& raw = results["raw"];
        if (!(raw.csi() <= MostRaw) || !(raw.truth > 0))
            return {};
        simulate(folder / "dry", radar,
                 {"--sim.times", "4", "--sim.rain_cover", "0", "--sim.cells", "0", "--sim.band", "false",
                  "--sim.start", "2024-06-10T00:00:00Z", "--sim.interval", "60"});
        for (const MethodInfo* method : methods()) {
            results[method->id] = predicted(file, folder / method->id,
                                            {"--method", method->id, "--context", (folder / "dry").string()});
            if (results[method->id].csi() > MostRival)
                return {};
        }
        std::vector<std::string> words;
        for (const std::string& run : m_runs)
            words.insert(words.end(), {"--run", run});
        results["network"] = predicted(file, folder / "network", words);
        fs::remove_all(folder);
        return results;
    }

private:
    static void cli(std::vector<std::string> words) {
        ProcessRequest request;
        request.program = programFolder() / "embellie-cli";
        request.arguments = std::move(words);
        const ProcessResult result = runProcess(request);
        if (result.status != 0)
            throw Error(text(EMBELLIE_TR("bench", "it ended with {0}: {1}"), result.status, result.errors))
                .in(request.program);
    }
    static void simulate(const fs::path& folder, const std::vector<std::string>& radar,
                         const std::vector<std::string>& weather) {
        std::vector<std::string> words{"simulate", "--output", folder.string()};
        words.insert(words.end(), radar.begin(), radar.end());
        words.insert(words.end(), weather.begin(), weather.end());
        cli(words);
    }
    static Result predicted(const fs::path& file, const fs::path& output, std::vector<std::string> words) {
        words.insert(words.begin(), "predict");
        // The truth lies in the file beside the raw echoes: the array is named, so that it is not taken.
        words.insert(words.end(), {file.string(), "--output", output.string(), "--input", "TH"});
        cli(words);
        return judged(file, output / file.filename(), "DBZH");
    }

    std::vector<std::string> m_runs;
    fs::path m_folder;
};

} // namespace

int main(int argc, char** argv) try {
    std::vector<std::string> runs;
    int wanted = 12;
    std::int64_t first = 910'000'001; // of trainings: at most their own seed times 1000 and half a million
    bool json = false;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--json")
            json = true;
        else if (word == "--run" && i + 1 < argc)
            runs.push_back(fs::absolute(argv[++i]).string());
        else if (word == "--scenes" && i + 1 < argc)
            wanted = std::max(1, std::atoi(argv[++i]));
        else if (word == "--first" && i + 1 < argc)
            first = std::atoll(argv[++i]);
    }
    Bench bench(runs);
    std::vector<std::string> names{"raw"};
    for (const MethodInfo* method : methods())
        names.push_back(method->id);
    names.push_back("network");
    std::map<std::string, Result> pooled;
    std::map<std::string, std::vector<double>> all;
    nlohmann::json scenes = nlohmann::json::array();
    int tried = 0;
    const auto line = [&](const std::string& name, const std::map<std::string, Result>& results) {
        std::cout << std::left << std::setw(11) << name << std::right << std::fixed;
        for (const std::string& one : names)
            std::cout << "  " << std::setw(6) << std::setprecision(3) << results.at(one).csi() << " "
                      << std::setw(6) << std::setprecision(2) << results.at(one).amount();
        std::cout << std::endl;
    };
    if (!json) {
        std::cout << "CSI and amount of rain ÷ truth\nseed       ";
        for (const std::string& name : names)
            std::cout << "  " << std::setw(13) << name;
        std::cout << std::endl;
    }
    for (std::int64_t seed = first; int(scenes.size()) < wanted && tried < MostTried * wanted;
         ++seed, ++tried) {
        const std::map<std::string, Result> results = bench.scene(seed);
        if (results.empty())
            continue;
        nlohmann::json told{{"seed", seed}};
        for (const auto& [name, result] : results) {
            pooled[name] += result;
            all[name].push_back(result.csi());
            told[name] = {{"csi", result.csi()}, {"rain_ratio", result.amount()}};
        }
        scenes.push_back(told);
        if (!json)
            line(std::to_string(seed), results);
    }
    if (scenes.empty())
        throw Error(text(EMBELLIE_TR("bench", "none of {0} scenes is hard enough"), tried));
    if (!json) {
        line("pooled", pooled);
        std::cout << "mean CSI   ";
        for (const std::string& name : names) {
            double sum = 0;
            for (const double csi : all[name])
                sum += csi;
            std::cout << "  " << std::setw(6) << std::setprecision(3) << sum / double(all[name].size())
                      << "       ";
        }
        std::cout << "\n" << scenes.size() << " of " << tried << " scenes are hard enough" << std::endl;
        return 0;
    }
    nlohmann::json told{{"bench", "scenes"}, {"tried", tried}, {"scenes", scenes}};
    for (const auto& [name, result] : pooled)
        told["pooled"][name] = {{"csi", result.csi()}, {"rain_ratio", result.amount()}};
    std::cout << told.dump() << std::endl;
    return 0;
} catch (const std::exception& error) {
    std::cerr << "bench_scenes: " << error.what() << std::endl;
    return 1;
}
