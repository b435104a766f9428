#include "core/io/source.h"
#include "core/base/error.h"
#include "core/map/projection.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

namespace embellie {

using nlohmann::json;

namespace {

json numberOrNull(double value) {
    return std::isfinite(value) ? json(value) : json(nullptr);
}

const char* kindKey(Kind kind) {
    switch (kind) {
    case Kind::Classes:
        return "classes";
    case Kind::Flags:
        return "flags";
    case Kind::Probability:
        return "probability";
    case Kind::Direction:
        return "direction";
    default:
        return "quantity";
    }
}

const char* modeKey(SweepMode mode) {
    return mode == SweepMode::Rhi                ? "rhi"
           : mode == SweepMode::VerticalPointing ? "vertical_pointing"
                                                 : "azimuth";
}

const char* roleKey(AxisRole role) {
    switch (role) {
    case AxisRole::X:
        return "x";
    case AxisRole::Y:
        return "y";
    case AxisRole::Level:
        return "level";
    case AxisRole::Time:
        return "time";
    default:
        return "other";
    }
}

json timeJson(const TimeInterval& time) {
    return {{"begin", isoTime(time.begin, time.calendar)}, {"end", isoTime(time.end, time.calendar)}};
}

json cornersJson(const Grid& grid) {
    const Axis* const x = grid.axis(AxisRole::X);
    const Axis* const y = grid.axis(AxisRole::Y);
    json corners = json::object();
    if (!x || !y || x->size() == 0 || y->size() == 0)
        return corners;
    const auto put = [&](const char* key, const GeoPoint& place) {
        corners[key] = {{"lat", numberOrNull(place.latitude)}, {"lon", numberOrNull(place.longitude)}};
    };
    if (grid.isCurvilinear()) { // centres of the outer cells, all that such a grid has
        const std::size_t width = x->size(), last = grid.latitudes.size() - 1;
        for (const auto& [key, cell] : {std::pair<const char*, std::size_t>{"first_row_first", 0},
                                        {"first_row_last", width - 1},
                                        {"last_row_last", last},
                                        {"last_row_first", last - width + 1}})
            put(key, {grid.latitudes[cell], grid.longitudes[cell]});
        return corners;
    }
    const Projection projection(grid.crs);
    const auto [west, east] = std::minmax(x->bounds.front(), x->bounds.back());
    const auto [south, north] = std::minmax(y->bounds.front(), y->bounds.back());
    put("UL", projection.inverse({west, north}));
    put("UR", projection.inverse({east, north}));
    put("LR", projection.inverse({east, south}));
    put("LL", projection.inverse({west, south}));
    return corners;
}

json gridJson(const Grid& grid) {
    json axes = json::array();
    for (const Axis& axis : grid.axes) {
        json one{{"name", axis.name},
                 {"role", roleKey(axis.role)},
                 {"unit", axis.role == AxisRole::Time ? "seconds since 1970-01-01 00:00:00" : axis.unit},
                 {"size", axis.size()}};
        if (axis.size() > 0) {
            one["first"] = numberOrNull(axis.centres.front());
            one["last"] = numberOrNull(axis.centres.back());
            if (axis.role == AxisRole::Time) {
                const auto at = [&](double seconds) {
                    return isoTime(TimePoint(std::chrono::milliseconds(std::llround(seconds * 1000))),
                                   grid.calendar);
                };
                json times = json::array();
                for (const double seconds : axis.centres)
                    times.push_back(at(seconds));
                one["times"] = std::move(times);
            }
        }
        axes.push_back(std::move(one));
    }
    return {{"crs", grid.crs},
            {"curvilinear", grid.isCurvilinear()},
            {"axes", axes},
            {"corners", cornersJson(grid)}};
}

constexpr double None = std::numeric_limits<double>::quiet_NaN();

FieldSummary operator+(const FieldSummary& a, const FieldSummary& b) {
    const auto valid = [](const FieldSummary& part) { return static_cast<double>(part.counts[0]); };
    FieldSummary sum{std::fmin(a.min, b.min), std::fmax(a.max, b.max), None, {}};
    for (std::size_t i = 0; i < sum.counts.size(); ++i)
        sum.counts[i] = a.counts[i] + b.counts[i];
    if (sum.counts[0] > 0)
        sum.mean =
            ((valid(a) > 0 ? a.mean * valid(a) : 0) + (valid(b) > 0 ? b.mean * valid(b) : 0)) / valid(sum);
    return sum;
}

/// A year of a reanalysis does not fit into memory.
FieldSummary summaryOf(Source& source, const ArrayInfo& array, std::size_t cells, Feedback& feedback) {
    std::size_t all = 1;
    for (const std::size_t size : array.shape)
        all *= size;
    if (all <= cells || array.shape.front() < 2)
        return summarise(source.read(array.id, {}, feedback));
    const std::size_t length = array.shape.front(), step = std::max<std::size_t>(1, cells / (all / length));
    FieldSummary summary{None, None, None, {}};
    for (std::size_t from = 0; from < length; from += step) {
        Window part;
        part.parts.push_back({array.dimensions.front(), from, std::min(from + step, length), 1});
        summary = summary + summarise(source.read(array.id, part, feedback));
    }
    return summary;
}

json arrayJson(const ArrayInfo& array, const FieldSummary& summary) {
    const Quantity& quantity = array.quantity;
    json one{{"id", array.id},
             {"path", array.path},
             {"quantity", quantity.id},
             {"long_name", quantity.longName},
             {"standard_name", quantity.standardName},
             {"unit", quantity.unit},
             {"kind", kindKey(quantity.kind)},
             {"shape", array.shape},
             {"dimensions", array.dimensions},
             {"min", numberOrNull(summary.min)},
             {"max", numberOrNull(summary.max)},
             {"mean", numberOrNull(summary.mean)},
             {"ambiguous", quantity.ambiguous}};
    for (const State state : {State::Valid, State::NoData, State::NoEcho, State::Rejected})
        one["counts"][stateKey(state)] = summary.counts[static_cast<std::size_t>(state)];
    if (array.sweep)
        one["sweep"] = *array.sweep;
    if (!array.qualityOf.empty())
        one["quality_of"] = array.qualityOf;
    for (const Meaning& meaning : quantity.meanings)
        one["meanings"].push_back({{"value", meaning.value}, {"name", meaning.name}});
    return one;
}

} // namespace

json infoJson(Source& source, Feedback& feedback, std::size_t cells) {
    const SourceInfo& info = source.describe();
    json out{{"file", info.file.string()},
             {"format", info.format},
             {"product", info.product},
             {"title", info.title},
             {"time", info.hasTime ? timeJson(info.time) : json(nullptr)},
             {"sweeps", json::array()},
             {"arrays", json::array()}};
    if (info.site)
        out["site"] = {{"id", info.site->id},
                       {"name", info.site->name},
                       {"lat", info.site->latitude},
                       {"lon", info.site->longitude},
                       {"height_m", info.site->heightMeters}};
    for (const SweepInfo& sweep : info.sweeps) {
        const bool isTimed = sweep.time.begin != TimePoint{};
        json one{{"mode", modeKey(sweep.mode)},
                 {"rays", sweep.rays},
                 {"gates", sweep.gates},
                 {"first_gate_m", sweep.firstGateMeters},
                 {"gate_m", sweep.gateMeters},
                 {"azimuth_row0_deg", sweep.azimuthRow0},
                 {"time", isTimed ? json(isoTime(sweep.time.begin)) : json(nullptr)},
                 {"end_time", isTimed ? json(isoTime(sweep.time.end)) : json(nullptr)}};
        if (sweep.mode == SweepMode::Rhi) {
            one["azimuth_deg"] = sweep.fixedAngle;
            one["elevation_row0_deg"] = sweep.azimuthRow0;
        }
        one["elevation_deg"] = sweep.fixedAngle;
        out["sweeps"].push_back(std::move(one));
    }
    if (info.grid)
        out["grid"] = gridJson(*info.grid);
    double done = 0;
    std::optional<Error> problem;
    bool anyRead = false;
    for (const ArrayInfo& array : info.arrays) {
        feedback.throwIfCancelled();
        try {
            out["arrays"].push_back(arrayJson(array, summaryOf(source, array, cells, feedback)));
            anyRead = true;
        } catch (const Error& error) { // others may be whole
            out["arrays"].push_back(arrayJson(array, {None, None, None, {}}));
            out["arrays"].back()["problem"] = error.what();
            if (!problem)
                problem = error;
        }
        feedback.progress(++done, static_cast<double>(info.arrays.size()));
    }
    if (problem && !anyRead)
        throw *problem;
    return out;
}

} // namespace embellie
