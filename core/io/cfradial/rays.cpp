#include "core/io/cfradial/rays.h"

#include "core/io/geometry_parts.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace embellie {

namespace {

// The short way from a to b, signed.
double turn(double a, double b) {
    return std::remainder(b - a, 360);
}

double median(std::vector<double> numbers) {
    if (numbers.empty())
        return 0;
    const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
    std::nth_element(numbers.begin(), middle, numbers.end());
    return *middle;
}

// CfRadial names centres only; a ray is as wide as the median step, no wider than 5 degrees.
double widthOf(const CfradialRays& rays) {
    std::vector<double> steps;
    for (std::size_t i = 1; i < rays.azimuths.size(); ++i)
        steps.push_back(std::abs(turn(rays.azimuths[i - 1], rays.azimuths[i])));
    const bool indexed = rays.resolution && *rays.resolution > 0;
    return std::min(indexed ? *rays.resolution : median(std::move(steps)), 5.0);
}

// A pedestal that said nothing for some rays went on evenly between those beside them.
void fillIn(std::vector<double>& angles) {
    const auto isKnown = [&](std::size_t i) { return std::isfinite(angles[i]); };
    for (std::size_t i = 0; i < angles.size(); ++i) {
        if (isKnown(i))
            continue;
        std::size_t end = i;
        while (end < angles.size() && !isKnown(end))
            ++end;
        const double before = i > 0 ? angles[i - 1] : angles[end];
        const double turn = end < angles.size() ? std::remainder(angles[end] - before, 360) : 0;
        const auto steps = static_cast<double>(end - i + 1);
        for (std::size_t at = i; at < end; ++at)
            angles[at] = before + turn * static_cast<double>(at - i + 1) / steps;
        i = end;
    }
}

// Writers in Python put down what they don't know as "None".
std::string known(std::string text) {
    return text == "None" ? std::string() : text;
}

} // namespace

SweepMode cfradialMode(std::string name, const std::vector<double>& elevations) {
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    if (name.find("rhi") != std::string::npos || name.find("elevation_surveillance") != std::string::npos)
        return SweepMode::Rhi;
    return name.find("vertical") != std::string::npos || looksUp(elevations) ? SweepMode::VerticalPointing
                                                                             : SweepMode::Azimuth;
}

SweepInfo setRays(Sweep& sweep, const CfradialRays& rays) {
    sweep.mode = cfradialMode(rays.mode, rays.elevations);
    sweep.fixedAngle =
        rays.fixedAngle.value_or(sweep.mode == SweepMode::Rhi ? rays.azimuths[0] : rays.elevations[0]);
    std::optional<std::pair<double, double>> span;
    for (const double seconds : rays.seconds)
        if (std::isfinite(seconds))
            span = span ? std::pair(std::min(span->first, seconds), std::max(span->second, seconds))
                        : std::pair(seconds, seconds);
    const double width = sweep.mode == SweepMode::Azimuth ? widthOf(rays) : 0;
    for (std::size_t i = 0; i < rays.azimuths.size(); ++i) {
        const bool timed = i < rays.seconds.size() && std::isfinite(rays.seconds[i]);
        sweep.rays.push_back({wrappedDegrees(rays.azimuths[i] - width / 2),
                              wrappedDegrees(rays.azimuths[i] + width / 2), rays.elevations[i],
                              timed ? rays.seconds[i] - span->first : 0});
    }
    const double row0 = sweep.mode == SweepMode::Rhi ? rays.elevations[0] : wrappedDegrees(rays.azimuths[0]);
    SweepInfo info{sweep.mode,
                   sweep.fixedAngle,
                   sweep.rays.size(),
                   sweep.gates,
                   sweep.firstGateMeters,
                   sweep.gateMeters,
                   row0,
                   {}};
    if (span)
        info.time = {timeAtSeconds(span->first), timeAtSeconds(span->second)};
    return info;
}

void setGates(Sweep& sweep, const NetcdfFile& file, const NetcdfVariable& range, std::size_t rays) {
    std::vector<double> ranges = metersOf(file, range);
    if (ranges.empty() || rays == 0)
        throw Error(text(EMBELLIE_TR("io", "the file has no gates")))
            .in(file.path())
            .expected(text(EMBELLIE_TR("io", "rays over time and gates over range")))
            .found(text(EMBELLIE_TR("io", "{0} by {1}"), rays, ranges.size()))
            .remedy(text(EMBELLIE_TR("io", "ask those who made the file")));
    sweep.gates = ranges.size();
    sweep.firstGateMeters = ranges[0];
    sweep.gateMeters =
        ranges.size() > 1 ? ranges[1] - ranges[0] : range.number("meters_between_gates").value_or(0);
    if (!std::isfinite(sweep.firstGateMeters) || !(sweep.gateMeters > 0))
        throw unusableGeometry(file, range.name, sweep.gateMeters);
}

std::vector<double> anglesOf(const NetcdfFile& file, const NetcdfVariable& variable, std::size_t rays) {
    std::vector<double> angles = file.values(variable);
    if (angles.size() != rays)
        throw unusableGeometry(file, variable.name, static_cast<double>(angles.size()));
    const auto missing =
        std::count_if(angles.begin(), angles.end(), [](double a) { return !std::isfinite(a); });
    if (missing * 10 > static_cast<std::ptrdiff_t>(rays))
        throw unusableGeometry(file, variable.name, std::numeric_limits<double>::quiet_NaN());
    fillIn(angles);
    return angles;
}

std::vector<double> numbersOf(const NetcdfFile& file, const std::string& name) {
    const NetcdfVariable* const variable = file.find(name);
    return variable && variable->isNumeric() ? file.values(*variable) : std::vector<double>{};
}

std::vector<double> metersOf(const NetcdfFile& file, const NetcdfVariable& variable) {
    std::vector<double> numbers = file.values(variable);
    if (const std::string unit = variable.text("units"); unit == "km" || unit.starts_with("kilomet"))
        for (double& meters : numbers)
            meters *= 1000;
    return numbers;
}

const NetcdfVariable& neededNumbers(const NetcdfFile& file, const std::string& name) {
    const NetcdfVariable* const variable = file.find(name);
    if (!variable || !variable->isNumeric())
        throw Error(text(EMBELLIE_TR("io", "the variable {0} is missing"), name))
            .in(file.path())
            .expected(text(EMBELLIE_TR("io", "numbers, as CfRadial asks")))
            .remedy(text(EMBELLIE_TR("io", "ask those who made the file")));
    return *variable;
}

CfradialTimes timesOf(const NetcdfFile& file, const NetcdfVariable& variable) {
    const auto unit = parseTimeUnit(variable.text("units"), variable.text("calendar"));
    CfradialTimes times{unit.has_value(), file.values(variable)};
    if (unit)
        for (double& seconds : times.seconds)
            seconds = unit->seconds(seconds);
    return times;
}

Error noPlace(const NetcdfFile& file, const std::string& name) {
    return Error(text(EMBELLIE_TR("io", "the place of the radar can't be used: {0}"), name))
        .in(file.path(), name)
        .expected(text(EMBELLIE_TR("io", "a number")))
        .found(text(EMBELLIE_TR("io", "nothing")))
        .remedy(text(EMBELLIE_TR("io", "ask those who made the file")));
}

Error unusableGeometry(const NetcdfFile& file, const std::string& name, double found) {
    return Error(text(EMBELLIE_TR("io", "the geometry can't be used: {0}"), name))
        .in(file.path(), name)
        .expected(text(EMBELLIE_TR("io", "a number")))
        .found(text(EMBELLIE_TR("io", "{0}"), found))
        .remedy(text(EMBELLIE_TR("io", "ask those who made the file")));
}

Site namedSite(const NetcdfFile& file) {
    Site site;
    site.name = known(file.globalText("site_name"));
    site.id = known(file.globalText("instrument_name"));
    return site;
}

std::string titleOf(const NetcdfFile& file, const Site& site) {
    for (const std::string& title : {site.name, site.id, known(file.globalText("title"))})
        if (!title.empty())
            return title;
    return file.path().stem().string();
}

} // namespace embellie
