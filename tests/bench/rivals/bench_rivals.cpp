// bench_rivals DATA METHOD [--json] [KEY=VALUE…]: tries settings of a method that needs no learning on
// validation data and prints what they score, the chosen first, then the defaults, and the time for a sweep
// of 720 × 2000 gates. KEY=VALUE holds a setting fast.
//
// Where it looks: Lema (CSI at 7 dBZ; for "fuzzy" only where it has a correlation), simulated scenes (CSI at
// 0 dBZ, seeds that no training uses), rain of Jabbeke (share of trusted rain that is kept), dry Wideumont
// 2013 (share of echoes removed), the dry series of Helchteren for what needs other times. Chosen: among
// settings that keep at least 98.5 % of the rain of Jabbeke, and whose mean of the two CSIs is at most 0.005
// below the best, the one that removes most on dry days.

#include "core/io/dataset.h"
#include "core/map/radar.h"
#include "core/method/method.h"
#include "core/score/verification.h"
#include "core/simulate/scene.h"
#include "core/task/denoise/polar.h"
#include "core/task/sweep_data.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <limits>
#include <map>

using namespace embellie;
namespace fs = std::filesystem;

namespace {

constexpr double LeastRainKept = 0.985, AsGood = 0.005, MostElevation = 12;

/// A sweep with what a method may look at beside it.
struct Case : Surroundings {
    FieldPtr raw, reference;
    FieldPtr counted; ///< the raw echoes that are scored; null: all
    std::map<std::string, FieldPtr> moments;
    std::vector<FieldPtr> others;
    std::vector<std::uint8_t> rain; ///< trusted rain, by cell

    FieldPtr moment(const std::vector<std::string>& quantities) override {
        for (const std::string& name : quantities)
            if (const auto found = moments.find(name); found != moments.end() && found->second)
                return found->second;
        return nullptr;
    }
    std::size_t otherTimes(const std::function<void(const Field&)>& use) override {
        for (const FieldPtr& other : others)
            use(*other);
        return others.size();
    }
};

using Cases = std::vector<Case>;

struct Data {
    Cases lema, scenes, rain, dry, series;
};

Cases lemaOf(const fs::path& data) {
    Feedback silent;
    const auto source = openSource(data / "cfradial/MLL2217907250U.003.nc");
    Case one;
    for (const ArrayInfo& array : source->describe().arrays)
        one.moments[array.quantity.id] = std::make_shared<const Field>(source->read(array.id, {}, silent));
    one.raw = one.moments.at("reflectivity_hh_clut");
    one.reference = one.moments.at("reflectivity");
    return {one};
}

/// The raw echoes that have a correlation. Where Lema has none there is never rain: to be told so by what is
/// missing would be to read the answer.
FieldPtr withCorrelation(const Case& one) {
    const Field& rho = *one.moments.at("uncorrected_cross_correlation_ratio");
    std::vector<State> states(one.raw->states().begin(), one.raw->states().end());
    for (std::size_t i = 0; i < states.size(); ++i)
        if (rho.states()[i] != State::Valid)
            states[i] = State::NoData;
    return std::make_shared<const Field>(
        one.raw->quantity(), one.raw->geometry(), one.raw->time(),
        std::vector<float>(one.raw->values().begin(), one.raw->values().end()), std::move(states));
}

Cases scenesOf() {
    Cases cases;
    for (int seed = 901; seed < 905; ++seed) {
        Settings settings(sceneSettings());
        settings.setText("sim.seed", std::to_string(seed));
        settings.setText("sim.times", "4");
        settings.setText("sim.interval", "60");
        settings.setText("sim.elevations", "0.5");
        const SimulatedScene scene(settings);
        const SimulatedSweep now = scene.sweep(0, 0);
        Case one;
        one.raw = now.th;
        one.reference = now.dbzh;
        one.moments = {{"RHOHV", now.rhohv}, {"ZDR", now.zdr}, {"VRADH", now.vradh}};
        for (std::size_t time = 1; time < scene.times(); ++time)
            one.others.push_back(scene.sweep(time, 0).th);
        cases.push_back(std::move(one));
    }
    return cases;
}

Cases sweepsOf(const std::vector<std::string>& paths) {
    Feedback silent;
    Cases cases;
    SweepData sweeps = openSweeps("validation", paths, MostElevation, {"DBZH"}, silent);
    for (const SweepEntry& sweep : sweeps.sweeps) {
        Case one;
        for (const MomentEntry& moment : sweep.layer.moments)
            one.moments[moment.quantity.id] = sweeps.dataset->read(sweep.layer, moment, silent);
        one.raw = one.moments.at("DBZH");
        cases.push_back(std::move(one));
    }
    return cases;
}

/// Trust is found on even rays and gates of 500 m, and brought back to the sweep's own.
void trust(Case& one) {
    constexpr float meters = 500;
    const denoise::Polar polar = denoise::polarOf(*one.raw, 360, meters);
    const std::vector<float> trusted = denoise::rainTrust(polar);
    const Sweep& sweep = *one.raw->sweep();
    one.rain.assign(one.raw->size(), 0);
    for (std::size_t ray = 0; ray < sweep.rays.size(); ++ray)
        for (std::size_t gate = 0; gate < sweep.gates; ++gate) {
            const int row = static_cast<int>(sweep.rays[ray].azimuth()) % 360;
            const int column = static_cast<int>(
                (sweep.firstGateMeters + static_cast<double>(gate) * sweep.gateMeters) / meters);
            const std::size_t cell = ray * sweep.gates + gate;
            one.rain[cell] = column < polar.gates && trusted[polar.at(row, column)] == 1 &&
                             one.raw->states()[cell] == State::Valid;
        }
}

Data readData(const fs::path& data) {
    const fs::path odim = data / "odim";
    Data all;
    all.lema = lemaOf(data);
    all.scenes = scenesOf();
    all.rain = sweepsOf({(odim / "volumes/bejab.pvol.hdf").string()});
    for (Case& one : all.rain)
        trust(one);
    all.dry = sweepsOf({(odim / "clutter_and_rain/20130429043000.rad.bewid.pvol.dbzh.scan1.hdf").string()});
    std::vector<std::string> days;
    for (const char* folder : {"behel_20200207", "clutter_and_rain"})
        for (const auto& entry : fs::directory_iterator(odim / folder))
            if (entry.path().filename().string().find("20200207") == 0 &&
                entry.path().string().find("rad.behel") != std::string::npos)
                days.push_back(entry.path().string());
    const Cases series = sweepsOf(days);
    const auto ofSweep = [&](double angle) {
        Cases found;
        for (const Case& one : series)
            if (std::abs(one.raw->sweep()->fixedAngle - angle) < 0.05)
                found.push_back(one);
        std::sort(found.begin(), found.end(),
                  [](const Case& a, const Case& b) { return a.raw->time().begin < b.raw->time().begin; });
        return found;
    };
    for (const double angle : {0.3, 0.9})
        if (Cases found = ofSweep(angle); found.size() > 1)
            for (std::size_t i = 0; i < 2; ++i) { // those that have RHOHV come first
                Case one = found[i];
                for (std::size_t j = 0; j < found.size(); ++j)
                    if (j != i)
                        one.others.push_back(found[j].raw);
                all.series.push_back(std::move(one));
            }
    return all;
}

FieldPtr cleaned(const MethodInfo& method, Case& one, const Settings& settings) {
    Feedback silent;
    return method.apply(one.raw, one, settings, silent).field;
}

bool serves(const MethodInfo& method, const Case& one) {
    if (method.usesContext)
        return !one.others.empty();
    Case copy = one;
    return method.id != "fuzzy" ||
           copy.moment({"URHOHV", "RHOHV", "uncorrected_cross_correlation_ratio"}) != nullptr;
}

double csi(const MethodInfo& method, Cases& cases, const Settings& settings, double threshold) {
    Verification all;
    for (Case& one : cases)
        if (serves(method, one))
            all +=
                verify(*one.reference, *cleaned(method, one, settings),
                       one.counted ? one.counted.get() : one.raw.get(), {{threshold}, RemovedMeans::NoRain});
    return all.thresholds.empty() ? std::numeric_limits<double>::quiet_NaN()
                                  : all.thresholds.front().candidate.csi();
}

/// Share of echoes (of trusted rain, where @p rain) that stay.
double stays(const MethodInfo& method, Cases& cases, const Settings& settings, bool rain) {
    double echoes = 0, left = 0;
    for (Case& one : cases) {
        if (!serves(method, one))
            continue;
        const FieldPtr field = cleaned(method, one, settings);
        for (std::size_t i = 0; i < field->size(); ++i)
            if (rain ? one.rain[i] != 0 : one.raw->states()[i] == State::Valid) {
                ++echoes;
                left += field->states()[i] == State::Valid;
            }
    }
    return echoes > 0 ? left / echoes : std::numeric_limits<double>::quiet_NaN();
}

struct Scores {
    double lema = 0, scenes = 0, rainKept = 0, dryRemoved = 0, seriesRemoved = 0;
    /// The mean of the CSIs that the method has.
    double mean() const {
        return std::isnan(lema) ? scenes : std::isnan(scenes) ? lema : (lema + scenes) / 2;
    }
    double removed() const {
        double sum = 0;
        int count = 0;
        for (const double share : {dryRemoved, seriesRemoved})
            if (!std::isnan(share)) {
                sum += share;
                ++count;
            }
        return count > 0 ? sum / count : 0;
    }
    bool keepsRain() const { return !(rainKept < LeastRainKept); }
};

Scores scoresOf(const MethodInfo& method, Data& data, const Settings& settings) {
    return {csi(method, data.lema, settings, 7), csi(method, data.scenes, settings, 0),
            stays(method, data.rain, settings, true), 1 - stays(method, data.dry, settings, false),
            1 - stays(method, data.series, settings, false)};
}

/// The values that are tried, by setting; all combinations are.
std::map<std::string, std::vector<std::string>> gridOf(const std::string& method) {
    if (method == "gabella")
        return {{"gabella.window", {"3", "5", "7", "9", "11"}},
                {"gabella.difference", {"3", "6", "9", "12", "18"}},
                {"gabella.neighbours", {"0", "2", "4", "6", "9", "12", "18", "24", "36", "48", "60", "72"}},
                {"gabella.shape", {"0", "1.3", "1.6", "2", "3", "4", "6"}},
                {"gabella.rain_from", {"0", "7"}}};
    if (method == "despeckle")
        return {{"despeckle.gates", {"2", "4", "8", "16", "32", "64", "128", "256", "512", "1024"}},
                {"despeckle.echo_from", {"-60", "0", "7", "12"}}};
    if (method == "clutter_map")
        return {{"clutter_map.share", {"0.01", "0.3", "0.5", "0.6", "0.9", "1"}},
                {"clutter_map.excess", {"0", "3", "6", "10", "15", "100"}},
                {"clutter_map.echo_from", {"-30", "-20", "0", "7", "15"}}};
    return {{"fuzzy.threshold", {"0.4", "0.5", "0.6"}},
            {"fuzzy.rhohv", {"0.98,0.95", "0.95,0.85", "0.9,0.7", "0.85,0.6", "0.8,0.5"}},
            {"fuzzy.rhohv_weight", {"0.4", "1"}},
            {"fuzzy.rhohv_texture_weight", {"0", "0.4"}},
            {"fuzzy.zdr_texture_weight", {"0", "0.4"}},
            {"fuzzy.dbz_weight", {"0", "0.4", "0.75"}},
            {"fuzzy.tdbz", {"20,40", "60,120", "150,300"}}};
}

struct Tried {
    Settings settings;
    double first = 0; ///< CSI on Lema, or on the scenes where Lema can't serve
    Scores scores;
};

std::vector<Tried> everyCombination(const MethodInfo& method,
                                    const std::map<std::string, std::string>& fixed) {
    std::vector<Tried> all{{Settings(method.settings), 0, {}}};
    std::map<std::string, std::vector<std::string>> grid = gridOf(method.id);
    for (const auto& [key, value] : fixed)
        grid[key] = {value};
    for (const auto& [key, values] : grid) {
        std::vector<Tried> more;
        for (const Tried& one : all)
            for (const std::string& value : values) {
                more.push_back(one);
                more.back().settings.setText(key, value);
            }
        all = std::move(more);
    }
    // More alike neighbours than a window has leave nothing.
    if (method.id == "gabella")
        std::erase_if(all, [](const Tried& one) {
            const auto window = one.settings.integer("gabella.window");
            return one.settings.integer("gabella.neighbours") > window * window * 3 / 4;
        });
    // Where reflectivity has no weight, its limits change nothing.
    if (method.id == "fuzzy")
        std::erase_if(all, [](const Tried& one) {
            return one.settings.real("fuzzy.dbz_weight") == 0 &&
                   one.settings.list("fuzzy.tdbz").front() != 20;
        });
    return all;
}

double millisecondsForALargeSweep(const MethodInfo& method) {
    Settings large(sceneSettings());
    for (const auto& [key, value] : {std::pair{"sim.rays", "720"},
                                     {"sim.gates", "2000"},
                                     {"sim.gate_length", "100"},
                                     {"sim.elevations", "0.5"},
                                     {"sim.times", "2"}})
        large.setText(key, value);
    const SimulatedScene scene(large);
    const SimulatedSweep now = scene.sweep(0, 0);
    Case one;
    one.raw = now.th;
    one.moments = {{"RHOHV", now.rhohv}, {"ZDR", now.zdr}, {"VRADH", now.vradh}};
    one.others = {scene.sweep(1, 0).th};
    double best = std::numeric_limits<double>::infinity();
    for (int round = 0; round < 3; ++round) {
        const auto start = std::chrono::steady_clock::now();
        cleaned(method, one, Settings(method.settings));
        best = std::min(
            best,
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    return best;
}

std::string changedText(const Settings& settings) {
    std::string words;
    for (const auto& [key, values] :
         gridOf(settings.table().all().front().key.substr(0, settings.table().all().front().key.find('.'))))
        words += (words.empty() ? "" : " ") + key.substr(key.find('.') + 1) + "=" +
                 settingText(settings.value(key));
    return words;
}

nlohmann::json toJson(const Scores& scores) {
    const auto number = [](double value) {
        return std::isnan(value) ? nlohmann::json() : nlohmann::json(value);
    };
    return {{"lema_csi_t7", number(scores.lema)},
            {"scenes_csi_t0", number(scores.scenes)},
            {"rain_kept", number(scores.rainKept)},
            {"dry_removed", number(scores.dryRemoved)},
            {"series_removed", number(scores.seriesRemoved)}};
}

void print(const char* what, const Scores& scores, const std::string& settings) {
    std::cout << what;
    for (const double value :
         {scores.lema, scores.scenes, scores.rainKept, scores.dryRemoved, scores.seriesRemoved})
        std::cout << "  " << (std::isnan(value) ? std::string("  -  ") : numberText(value, 3));
    std::cout << "  " << settings << '\n';
}

} // namespace

int main(int argc, char** argv) try {
    if (argc < 3) {
        std::cerr << "usage: bench_rivals DATA METHOD [--json] [KEY=VALUE…]\n";
        return 2;
    }
    const MethodInfo& method = methodOf(argv[2]);
    bool json = false;
    std::map<std::string, std::string> fixed;
    for (int i = 3; i < argc; ++i) {
        const std::string word = argv[i];
        if (const std::size_t equal = word.find('='); equal != std::string::npos)
            fixed[word.substr(0, equal)] = word.substr(equal + 1);
        else
            json |= word == "--json";
    }
    Data data = readData(argv[1]);
    if (method.id == "fuzzy")
        data.lema.front().counted = withCorrelation(data.lema.front());
    std::vector<Tried> tried = everyCombination(method, fixed);
    const std::size_t count = tried.size();
    const bool hasLema = serves(method, data.lema.front());
    for (Tried& one : tried)
        one.first =
            hasLema ? csi(method, data.lema, one.settings, 7) : csi(method, data.scenes, one.settings, 0);
    std::stable_sort(tried.begin(), tried.end(),
                     [](const Tried& a, const Tried& b) { return a.first > b.first; });
    Tried onLema = tried.front();
    onLema.scores = scoresOf(method, data, onLema.settings);
    // The rest is looked at for the best few alone: among them some that keep the rain.
    std::vector<Tried> best;
    for (std::size_t i = 0; i < tried.size() && best.size() < 40 && i < 400; ++i) {
        tried[i].scores.rainKept = stays(method, data.rain, tried[i].settings, true);
        if (!tried[i].scores.keepsRain())
            continue;
        tried[i].scores = scoresOf(method, data, tried[i].settings);
        best.push_back(tried[i]);
    }
    std::stable_sort(best.begin(), best.end(),
                     [](const Tried& a, const Tried& b) { return a.scores.mean() > b.scores.mean(); });
    if (!best.empty()) {
        const double least = best.front().scores.mean() - AsGood;
        const auto chosen = std::max_element(best.begin(), best.end(), [&](const Tried& a, const Tried& b) {
            const bool first = a.scores.mean() >= least, second = b.scores.mean() >= least;
            return first != second ? second : a.scores.removed() < b.scores.removed();
        });
        std::rotate(best.begin(), chosen, chosen + 1);
    }
    MethodInfo nothing{};
    nothing.apply = [](const FieldPtr& input, Surroundings&, const Settings&, Feedback&) {
        return MethodResult{input, {}};
    };
    const Scores raw = scoresOf(nothing, data, {});
    Tried defaults{Settings(method.settings), 0, {}};
    defaults.scores = scoresOf(method, data, defaults.settings);
    const double milliseconds = millisecondsForALargeSweep(method);
    if (json) {
        nlohmann::json list = nlohmann::json::array();
        for (std::size_t i = 0; i < std::min<std::size_t>(10, best.size()); ++i)
            list.push_back({{"settings", best[i].settings.toJson()}, {"scores", toJson(best[i].scores)}});
        std::cout << nlohmann::json{{"bench", "rivals"},
                                    {"method", method.id},
                                    {"tried", count},
                                    {"best", list},
                                    {"best_csi",
                                     {{"settings", onLema.settings.toJson()},
                                      {"scores", toJson(onLema.scores)}}},
                                    {"raw", toJson(raw)},
                                    {"defaults", toJson(defaults.scores)},
                                    {"ms_720x2000", milliseconds}}
                         .dump()
                  << '\n';
        return 0;
    }
    std::cout << method.id << ": " << count << " settings tried\n"
              << "               Lema T7  scenes  rain kept  Wideumont and Helchteren removed\n";
    for (std::size_t i = 0; i < std::min<std::size_t>(10, best.size()); ++i)
        print(i == 0 ? "chosen      " : "            ", best[i].scores, changedText(best[i].settings));
    print("raw         ", raw, "");
    print("highest CSI ", onLema.scores, changedText(onLema.settings));
    print("defaults    ", defaults.scores, changedText(defaults.settings));
    std::cout << "720 × 2000 gates: " << numberText(milliseconds, 0) << " ms\n";
    return 0;
} catch (const std::exception& error) {
    std::cerr << "bench_rivals: " << error.what() << '\n';
    return 1;
}
