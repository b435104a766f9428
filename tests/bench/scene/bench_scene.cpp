// bench_scene DATA [--seeds N] [--json]: real echoes that are not rain beside simulated ones of dry days
// (sim.variety, other seeds other radars): share of echo by range, reflectivities, likeness to the next gate
// in range and azimuth, RHOHV, velocities. DATA: the folder of observations. Simulated lines give the median
// over the seeds and the tenth and ninetieth percentile. Real: dry sweeps of Helchteren and Wideumont, Riga's
// clutter, and of Monte Lema what its filter left below 7 dBZ. The radars on which cleaning is judged are
// left out.

#include "core/io/dataset.h"
#include "core/simulate/scene.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>
#include <iomanip>
#include <iostream>
#include <limits>

using namespace embellie;

namespace {

constexpr double NoNumber = std::numeric_limits<double>::quiet_NaN();
constexpr double RangesKm[] = {0, 5, 10, 20, 40, 80, 120, 200};
constexpr std::size_t RangeBins = std::size(RangesKm) - 1;
constexpr double LeastBin = -30, BinDb = 5;
constexpr std::size_t HistogramBins = 19; // -30 to 65 dBZ

/// Named numbers of one sweep; NaN where there is nothing to measure.
struct Numbers {
    std::vector<std::pair<std::string, double>> all;
    std::vector<double> histogram = std::vector<double>(HistogramBins, 0);
};

double percentile(std::vector<double> values, double share) {
    std::erase_if(values, [](double value) { return std::isnan(value); });
    if (values.empty())
        return NoNumber;
    const auto place = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1) + 0.5);
    std::nth_element(values.begin(), values.begin() + place, values.end());
    return values[static_cast<std::size_t>(place)];
}

/// Correlation, root mean square difference, and the chance that the neighbour of an echo is one.
struct Likeness {
    double correlation = NoNumber, difference = NoNumber, chance = NoNumber;
};

template <class Next>
Likeness likeness(const Field& field, const std::vector<bool>& echo, Next&& next) {
    double n = 0, echoes = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    for (std::size_t cell = 0; cell < field.size(); ++cell) {
        const std::size_t other = next(cell);
        if (!echo[cell] || other == cell)
            continue;
        ++echoes;
        if (!echo[other])
            continue;
        const double a = field.values()[cell], b = field.values()[other];
        ++n;
        x += a;
        y += b;
        xx += a * a;
        yy += b * b;
        xy += a * b;
    }
    if (n < 50)
        return {};
    const double deviation = std::sqrt((xx - x * x / n) * (yy - y * y / n));
    return {deviation > 0 ? (xy - x * y / n) / deviation : NoNumber, std::sqrt((xx + yy - 2 * xy) / n),
            n / echoes};
}

/// @p not rain: cells that count as echo; @p rhohv and @p velocity may be null, on the same geometry.
Numbers numbersOf(const Field& field, const std::vector<bool>& echo, const Field* rhohv,
                  const Field* velocity) {
    const Sweep& sweep = *field.sweep();
    Numbers numbers;
    const auto add = [&](std::string name, double value) {
        numbers.all.emplace_back(std::move(name), value);
    };
    std::array<double, RangeBins> seen{}, heard{};
    std::vector<double> dbz, rho;
    double moving = 0, slow = 0, all = 0, lonely = 0;
    const std::size_t gates = sweep.gates, rays = sweep.rays.size();
    const auto inRange = [&](std::size_t cell) { return (cell + 1) % gates == 0 ? cell : cell + 1; };
    const auto inAzimuth = [&](std::size_t cell) { return (cell + gates) % (rays * gates); };
    for (std::size_t cell = 0; cell < field.size(); ++cell) {
        const double km =
            (sweep.firstGateMeters + sweep.gateMeters * static_cast<double>(cell % gates)) / 1000;
        const auto bin = static_cast<std::size_t>(
            std::upper_bound(std::begin(RangesKm), std::end(RangesKm), km) - std::begin(RangesKm) - 1);
        if (bin < RangeBins && field.states()[cell] != State::NoData)
            ++seen[bin];
        if (!echo[cell])
            continue;
        if (bin < RangeBins)
            ++heard[bin];
        ++all;
        const double value = field.values()[cell];
        dbz.push_back(value);
        ++numbers.histogram[static_cast<std::size_t>(
            std::clamp((value - LeastBin) / BinDb, 0.0, double(HistogramBins - 1)))];
        const std::size_t left = (cell + field.size() - gates) % field.size();
        lonely += !echo[inAzimuth(cell)] && !echo[left] && (inRange(cell) == cell || !echo[inRange(cell)]) &&
                  (cell % gates == 0 || !echo[cell - 1]);
        if (rhohv && rhohv->states()[cell] == State::Valid)
            rho.push_back(rhohv->values()[cell]);
        if (velocity && velocity->states()[cell] == State::Valid) {
            ++moving;
            slow += std::abs(velocity->values()[cell]) < 1;
        }
    }
    for (std::size_t bin = 0; bin < RangeBins; ++bin)
        add("share " + numberText(RangesKm[bin]) + "-" + numberText(RangesKm[bin + 1]) + " km",
            seen[bin] > 0 ? heard[bin] / seen[bin] : NoNumber);
    for (const double share : {0.05, 0.25, 0.5, 0.75, 0.95})
        add("dBZ " + numberText(100 * share) + " %", percentile(dbz, share));
    const Likeness range = likeness(field, echo, inRange), azimuth = likeness(field, echo, inAzimuth);
    add("range correlation", range.correlation);
    add("range difference dB", range.difference);
    add("range continues", range.chance);
    add("azimuth correlation", azimuth.correlation);
    add("azimuth difference dB", azimuth.difference);
    add("azimuth continues", azimuth.chance);
    add("lonely", all > 0 ? lonely / all : NoNumber);
    for (const double share : {0.25, 0.5, 0.75})
        add("RHOHV " + numberText(100 * share) + " %", percentile(rho, share));
    add("has velocity", velocity && all > 0 ? moving / all : NoNumber);
    add("below 1 m/s", moving > 0 ? slow / moving : NoNumber);
    for (double& count : numbers.histogram)
        count /= std::max(all, 1.0);
    return numbers;
}

std::vector<bool> echoOf(const Field& field) {
    std::vector<bool> echo(field.size());
    for (std::size_t cell = 0; cell < field.size(); ++cell)
        echo[cell] = field.states()[cell] == State::Valid;
    return echo;
}

struct Line {
    std::string name;
    bool real = true;
    Numbers middle, low, high; ///< of real lines only the middle
};

/// Sweeps of the volume whose elevation is one of those; RHOHV and velocity where the files have them.
void addReal(std::vector<Line>& lines, const std::string& name,
             const std::vector<std::filesystem::path>& files, const std::vector<double>& elevations,
             const std::string& raw, const std::string& kept) {
    Feedback silent;
    const auto data = Dataset::open(files, silent);
    for (const GroupEntry& group : data->groups())
        for (const VolumeEntry& volume : group.volumes)
            for (const LayerEntry& layer : volume.layers) {
                const bool wanted = std::any_of(elevations.begin(), elevations.end(), [&](double elevation) {
                    return std::abs(layer.angle - elevation) < 0.06;
                });
                const MomentEntry* moment = layer.find(raw);
                if (!layer.isSweep || !wanted || !moment)
                    continue;
                const auto read = [&](std::initializer_list<const char*> names) -> FieldPtr {
                    for (const char* id : names)
                        if (const MomentEntry* found = layer.find(id))
                            return data->read(layer, *found, silent);
                    return nullptr;
                };
                const FieldPtr field = data->read(layer, *moment, silent);
                const FieldPtr rhohv = read({"RHOHV", "uncorrected_cross_correlation_ratio"});
                const FieldPtr velocity = read({"VRADH", "VRAD", "velocity"});
                std::vector<bool> echo = echoOf(*field);
                if (!kept.empty()) {
                    const FieldPtr clean = data->read(layer, *layer.find(kept), silent);
                    for (std::size_t cell = 0; cell < echo.size(); ++cell)
                        if (clean->states()[cell] == State::Valid && clean->values()[cell] >= 7)
                            echo[cell] = false;
                }
                Line line;
                line.name = name + " " + numberText(layer.angle, 1) + "°, " +
                            numberText(field->sweep()->gateMeters) + " m";
                line.middle =
                    numbersOf(*field, echo, rhohv && rhohv->size() == field->size() ? rhohv.get() : nullptr,
                              velocity && velocity->size() == field->size() ? velocity.get() : nullptr);
                lines.push_back(std::move(line));
            }
}

/// Dry days of @p seeds radars. @return seconds a sweep
double addSimulated(std::vector<Line>& lines, int seeds, double elevation, double gateMeters, int gates) {
    std::vector<Numbers> each;
    double seconds = 0;
    for (int seed = 1; seed <= seeds; ++seed) {
        Settings settings(sceneSettings());
        settings.set("sim.seed", std::int64_t(1000 + seed));
        settings.set("sim.variety", true);
        settings.set("sim.elevations", std::vector<double>{elevation});
        settings.set("sim.gate_length", gateMeters);
        settings.set("sim.gates", std::int64_t(gates));
        settings.set("sim.rain_cover", 0.0);
        settings.set("sim.cells", 0.0);
        settings.set("sim.band", false);
        settings.set("sim.times", std::int64_t(1));
        const auto start = std::chrono::steady_clock::now();
        const SimulatedSweep sweep = SimulatedScene(settings).sweep(0, 0);
        seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        each.push_back(numbersOf(*sweep.th, echoOf(*sweep.th), sweep.rhohv.get(), sweep.vradh.get()));
    }
    Line line;
    line.real = false;
    line.name = "simulated " + numberText(elevation, 1) + "°, " + numberText(gateMeters) + " m";
    const auto pooled = [&](double share) {
        Numbers numbers;
        for (std::size_t i = 0; i < each.front().all.size(); ++i) {
            std::vector<double> values;
            for (const Numbers& one : each)
                values.push_back(one.all[i].second);
            numbers.all.emplace_back(each.front().all[i].first, percentile(values, share));
        }
        for (std::size_t bin = 0; bin < HistogramBins; ++bin) {
            std::vector<double> values;
            for (const Numbers& one : each)
                values.push_back(one.histogram[bin]);
            numbers.histogram[bin] = percentile(values, share);
        }
        return numbers;
    };
    line.middle = pooled(0.5);
    line.low = pooled(0.1);
    line.high = pooled(0.9);
    lines.push_back(std::move(line));
    return seconds / seeds;
}

nlohmann::json jsonOf(const Numbers& numbers) {
    nlohmann::json object;
    for (const auto& [name, value] : numbers.all)
        object[name] = std::isnan(value) ? nlohmann::json() : nlohmann::json(std::round(1e4 * value) / 1e4);
    object["dBZ histogram"] = numbers.histogram;
    return object;
}

std::string shown(double value) {
    return std::isnan(value) ? "-" : numberText(value, std::abs(value) < 3 ? 2 : 1);
}

/// One column a line, one row a number.
void print(const std::vector<Line>& lines, bool real) {
    std::size_t column = 1;
    for (const Line& line : lines)
        if (line.real == real)
            std::cout << column++ << ": " << line.name << '\n';
    const int width = real ? 8 : 20;
    for (std::size_t row = 0; row < lines.front().middle.all.size(); ++row) {
        std::cout << std::left << std::setw(24) << lines.front().middle.all[row].first << std::right;
        for (const Line& line : lines)
            if (line.real == real)
                std::cout << std::setw(width)
                          << (real ? shown(line.middle.all[row].second)
                                   : shown(line.middle.all[row].second) + " [" +
                                         shown(line.low.all[row].second) + " " +
                                         shown(line.high.all[row].second) + "]");
        std::cout << '\n';
    }
}

} // namespace

int main(int argc, char** argv) try {
    std::filesystem::path data;
    int seeds = 16;
    bool json = false;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--json")
            json = true;
        else if (word == "--seeds" && i + 1 < argc)
            seeds = std::max(1, std::atoi(argv[++i]));
        else
            data = word;
    }
    if (data.empty()) {
        std::cerr << "usage: bench_scene DATA [--seeds N] [--json]\n";
        return 2;
    }
    std::vector<Line> lines;
    const auto odim = data / "odim";
    const auto helchteren = [&](const char* moment) {
        return odim / "behel_20200207" /
               ("20200207130000.rad.behel.pvol." + std::string(moment) + ".scanz.hdf");
    };
    addReal(lines, "Helchteren", {helchteren("dbzh"), helchteren("rhohv"), helchteren("vrad")},
            {0.3, 0.8, 1.8}, "DBZH", "");
    addReal(lines, "Wideumont", {odim / "clutter_and_rain" / "20130429043000.rad.bewid.pvol.dbzh.scan1.hdf"},
            {0.3, 0.9, 1.8}, "DBZH", "");
    addReal(lines, "Riga", {odim / "clutter_and_rain" / "pvol_rix.h5"}, {0.5, 1.4}, "DBZH", "");
    addReal(lines, "Monte Lema", {data / "cfradial" / "MLL2217907250U.003.nc"}, {1.0}, "reflectivity_hh_clut",
            "reflectivity");
    double seconds = 0;
    constexpr int kinds = 4;
    seconds += addSimulated(lines, seeds, 0.3, 250, 800);
    seconds += addSimulated(lines, seeds, 0.8, 250, 800);
    seconds += addSimulated(lines, seeds, 1.8, 250, 800);
    seconds += addSimulated(lines, seeds, 0.5, 500, 500);
    if (json) {
        nlohmann::json object{{"bench", "scene"}, {"seeds", seeds}, {"s_per_sweep", seconds / kinds}};
        for (const Line& line : lines)
            object["lines"].push_back(
                line.real
                    ? nlohmann::json{{"name", line.name}, {"kind", "real"}, {"median", jsonOf(line.middle)}}
                    : nlohmann::json{{"name", line.name},
                                     {"kind", "simulated"},
                                     {"median", jsonOf(line.middle)},
                                     {"p10", jsonOf(line.low)},
                                     {"p90", jsonOf(line.high)}});
        std::cout << object.dump() << '\n';
        return 0;
    }
    print(lines, true);
    std::cout << '\n';
    print(lines, false);
    std::cout << "\none scene with one sweep: " << numberText(seconds / kinds, 2) << " s\n";
    return 0;
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
