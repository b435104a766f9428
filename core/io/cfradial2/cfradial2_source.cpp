#include "core/io/cfradial2/cfradial2_source.h"

#include "core/io/cfradial/rays.h"
#include "core/io/cfradial/roles.h"
#include "core/io/cut.h"
#include "core/io/window.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>
#include <sstream>

namespace embellie {

namespace {

// The satellites' fix of a radar that stands still wanders by some metres.
constexpr double StandsStillMeters = 100;

/// The first number of the first variable that has one.
std::optional<double> firstOf(const NetcdfFile& file, const std::vector<std::string>& names) {
    for (const std::string& name : names)
        if (const std::vector<double> numbers = numbersOf(file, name);
            !numbers.empty() && std::isfinite(numbers.front()))
            return numbers.front();
    return std::nullopt;
}

/// The text of a variable, or of the attribute of its group.
std::string wordsOf(const NetcdfFile& file, const std::string& group, const std::string& name) {
    const NetcdfVariable* const variable = file.find(group.empty() ? name : group + "/" + name);
    if (variable && !variable->isNumeric())
        if (const std::vector<std::string> words = file.texts(*variable); !words.empty())
            return words.front();
    return file.groupText(group, name);
}

/// Variables of the group over rays and gates; not those that another one names as its coordinates, such as
/// the places of the gates.
std::vector<const NetcdfVariable*> momentsOf(const NetcdfFile& file, const SweepGroup& group) {
    std::vector<const NetcdfVariable*> moments;
    std::set<std::string> coordinates;
    for (const NetcdfVariable& variable : file.variables())
        if (variable.name == group.name + "/" + variable.shortName() && variable.isNumeric() &&
            variable.dimensions == group.dimensions()) {
            moments.push_back(&variable);
            std::istringstream names(variable.text("coordinates"));
            for (std::string name; names >> name;)
                coordinates.insert(name);
        }
    std::erase_if(moments,
                  [&](const NetcdfVariable* moment) { return coordinates.contains(moment->shortName()); });
    return moments;
}

} // namespace

Recognition CfRadial2Source::recognise(const NetcdfFile& file) {
    if (file.find("azimuth") && file.find("elevation") && file.find("range"))
        return {0, text(EMBELLIE_TR("io", "its rays are in no group"))};
    const std::vector<SweepGroup> groups = sweepGroupsOf(file);
    if (groups.empty())
        return {0, text(EMBELLIE_TR("io", "it has no group with range, azimuth and elevation"))};
    return {file.find("sweep_group_name") ? 100 : 90,
            text(EMBELLIE_TR("io", "its group {0} has range, azimuth and elevation"), groups.front().name)};
}

CfRadial2Source::CfRadial2Source(const std::filesystem::path& file)
    : m_file(file), m_groups(sweepGroupsOf(m_file)) {
    m_info.file = file;
    // A volume of CfRadial 1 that was written anew may still say 1.
    const std::string version = m_file.globalText("version");
    m_info.format = "CfRadial " + (version.starts_with("2.") ? version : "2");
    readSite();
    for (const SweepGroup& group : m_groups)
        readSweep(group);
    if (m_info.arrays.empty())
        throw Error(text(EMBELLIE_TR("io", "the file has rays but no moments")))
            .in(m_info.file)
            .expected(text(EMBELLIE_TR("io", "variables over the rays and the range of a sweep")));
    readTime();
}

void CfRadial2Source::readSite() {
    // A radar on a platform says ray by ray where it is, in the group of the sweep or in one inside it.
    std::vector<std::string> folders = {""};
    for (const SweepGroup& group : m_groups)
        folders.insert(folders.end(), {group.name + "/", group.name + "/georeference/"});
    Site site = namedSite(m_file);
    const auto numbers = [&](const std::string& name) {
        const NetcdfVariable* const variable = m_file.find(name);
        return variable && name.ends_with("altitude") ? metersOf(m_file, *variable) : numbersOf(m_file, name);
    };
    const auto place = [&](const std::string& name, double limit, double& first, auto meters) {
        std::optional<double> known;
        for (const std::string& folder : folders)
            for (const double value : numbers(folder + name)) {
                if (!(std::abs(value) <= limit))
                    continue;
                if (!known)
                    known = value;
                if (const double apart = std::abs(meters(value, *known)); apart > StandsStillMeters)
                    throw Error(text(EMBELLIE_TR("io", "the radar moves while it measures")))
                        .in(m_info.file, folder + name)
                        .expected(text(EMBELLIE_TR("io", "one place for all rays")))
                        .found(text(EMBELLIE_TR("io", "places {0} m apart"), std::round(apart)))
                        .remedy(text(EMBELLIE_TR("io", "use data of a radar that stands still")));
            }
        if (!known)
            throw noPlace(m_file, name);
        first = *known;
    };
    constexpr double metersPerDegree = 111'200;
    place("latitude", 90, site.latitude, [](double a, double b) { return (a - b) * metersPerDegree; });
    const double shrinks = std::cos(site.latitude * std::numbers::pi / 180);
    place("longitude", 360, site.longitude,
          [&](double a, double b) { return std::remainder(a - b, 360) * metersPerDegree * shrinks; });
    place("altitude", 1e5, site.heightMeters, [](double a, double b) { return a - b; });
    m_info.title = titleOf(m_file, site);
    m_info.site = site;
}

void CfRadial2Source::readSweep(const SweepGroup& group) {
    const std::string folder = group.name + "/";
    Sweep sweep;
    sweep.site = *m_info.site;
    setGates(sweep, m_file, *group.range, group.rays());
    CfradialRays rays;
    rays.mode = wordsOf(m_file, group.name, "sweep_mode");
    rays.azimuths = anglesOf(m_file, *group.azimuth, group.rays());
    rays.elevations = anglesOf(m_file, *group.elevation, group.rays());
    if (const NetcdfVariable* const time = group.find(m_file, "time");
        time && time->isNumeric() && time->shape == group.azimuth->shape)
        if (CfradialTimes times = timesOf(m_file, *time); times.hasUnit)
            rays.seconds = std::move(times.seconds);
    rays.fixedAngle = firstOf(m_file, {folder + "sweep_fixed_angle", folder + "fixed_angle"});
    if (const std::vector<double> angles = numbersOf(m_file, "sweep_fixed_angle");
        !rays.fixedAngle && group.row < angles.size() && std::isfinite(angles[group.row]))
        rays.fixedAngle = angles[group.row];
    rays.resolution = firstOf(m_file, {folder + "ray_angle_resolution", folder + "rays_angle_resolution",
                                       folder + "ray_angle_res"});
    sweep.nyquist = firstOf(m_file, {folder + "nyquist_velocity"});
    sweep.beamWidth = firstOf(m_file, {"radar_parameters/radar_beam_width_h", "radar_parameters/beam_width_h",
                                       "radar_parameters/half_power_beam_width_h", "radar_beam_width_h"});
    if (sweep.beamWidth && !(*sweep.beamWidth > 0))
        sweep.beamWidth.reset();
    m_info.sweeps.push_back(setRays(sweep, rays));
    m_sweeps.push_back(std::move(sweep));
    addArrays(group, m_sweeps.size() - 1);
}

void CfRadial2Source::addArrays(const SweepGroup& group, std::size_t sweep) {
    for (const NetcdfVariable* moment : momentsOf(m_file, group)) {
        ArrayInfo array;
        array.id = "sweep_" + std::to_string(sweep) + "/" + moment->shortName();
        array.path = "/" + moment->name;
        array.quantity = quantityOf(*moment);
        array.quantity.id = moment->shortName();
        readRole(array, *moment);
        array.shape = moment->shape;
        array.dimensions = {"ray", "gate"};
        array.sweep = sweep;
        m_info.arrays.push_back(std::move(array));
    }
}

void CfRadial2Source::readTime() {
    for (const SweepInfo& sweep : m_info.sweeps)
        if (sweep.time.begin != TimePoint{}) {
            if (!m_info.hasTime)
                m_info.time = sweep.time;
            m_info.hasTime = true;
            m_info.time.begin = std::min(m_info.time.begin, sweep.time.begin);
            m_info.time.end = std::max(m_info.time.end, sweep.time.end);
        }
    if (m_info.hasTime)
        return;
    const auto begin = parseTime(wordsOf(m_file, "", "time_coverage_start")),
               end = parseTime(wordsOf(m_file, "", "time_coverage_end"));
    if (begin) {
        m_info.hasTime = true;
        m_info.time = {*begin, std::max(*begin, end.value_or(*begin))};
        for (SweepInfo& sweep : m_info.sweeps)
            sweep.time = m_info.time;
    }
}

Field CfRadial2Source::read(const std::string& idOrPath, const Window& window, Feedback& feedback) {
    feedback.throwIfCancelled();
    const ArrayInfo* const array = m_info.find(idOrPath);
    if (!array)
        throw noSuchArray(m_info, idOrPath);
    const NetcdfVariable& moment = neededNumbers(m_file, array->path.substr(1));
    const std::vector<AxisPart> parts = resolveWindow(window, *array, m_info.file);
    Decoded decoded = decode(m_file.read(moment, parts), packingOf(moment));
    if (const NetcdfVariable* const flags = rejectedOf(m_file, moment))
        restoreRejected(decoded, m_file.read(*flags, parts));
    return Field(array->quantity, cut(m_sweeps[*array->sweep], parts), m_info.sweeps[*array->sweep].time,
                 std::move(decoded.values), std::move(decoded.states),
                 {m_info.file.string(), array->path, {}});
}

} // namespace embellie
