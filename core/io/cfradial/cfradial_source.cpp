#include "core/io/cfradial/cfradial_source.h"

#include "core/io/cfradial/cfradial_result.h"
#include "core/io/cut.h"
#include "core/io/window.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace embellie {

namespace {

double wrapped(double degrees) {
    const double rest = std::fmod(degrees, 360);
    return rest < 0 ? rest + 360 : rest;
}

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

bool isMoment(const NetcdfVariable& variable) {
    return variable.isNumeric() && (variable.dimensions == std::vector<std::string>{"time", "range"} ||
                                    variable.dimensions == std::vector<std::string>{"n_points"});
}

SweepMode modeOf(std::string name, const std::vector<double>& elevations) {
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    if (name.find("rhi") != std::string::npos || name.find("elevation_surveillance") != std::string::npos)
        return SweepMode::Rhi;
    const bool upright = !elevations.empty() && std::all_of(elevations.begin(), elevations.end(),
                                                            [](double e) { return std::abs(e - 90) < 0.5; });
    return name.find("vertical") != std::string::npos || upright ? SweepMode::VerticalPointing
                                                                 : SweepMode::Azimuth;
}

} // namespace

Recognition CfRadialSource::recognise(const NetcdfFile& file) {
    const auto has = [&](const char* name) { return file.find(name) != nullptr; };
    if (!file.dimensions().contains("time") || !file.dimensions().contains("range") || !has("range") ||
        !has("azimuth") || !has("elevation"))
        return {0, text(EMBELLIE_TR("io", "it has no rays over time and range"))};
    const bool indexed = has("sweep_start_ray_index") || has("fixed_angle") || has("sweep_mode");
    if (file.globalText("Conventions").find("CF/Radial") != std::string::npos ||
        file.globalText("Conventions").find("CF-Radial") != std::string::npos)
        return {100, text(EMBELLIE_TR("io", "its Conventions say CF/Radial"))};
    if (indexed)
        return {90, text(EMBELLIE_TR("io", "it has rays over time and range, and sweeps"))};
    return {50, text(EMBELLIE_TR("io", "it has rays over time and range"))};
}

CfRadialSource::CfRadialSource(const std::filesystem::path& file) : m_file(file) {
    m_info.file = file;
    m_info.format = "CfRadial 1";
    const std::string conventions = m_file.globalText("Conventions"), version = m_file.globalText("version");
    if (const std::size_t at = conventions.find("CF/Radial-1"); at != std::string::npos)
        m_info.format = "CfRadial " + conventions.substr(at + 10, conventions.find(' ', at) - at - 10);
    else if (version.starts_with("1."))
        m_info.format = "CfRadial " + version;
    readSite();
    readSweeps();
    addArrays();
}

const NetcdfVariable& CfRadialSource::needed(const std::string& name) const {
    const NetcdfVariable* const variable = m_file.find(name);
    if (!variable || !variable->isNumeric())
        throw Error(text(EMBELLIE_TR("io", "the variable {0} is missing"), name))
            .in(m_info.file)
            .expected(text(EMBELLIE_TR("io", "numbers, as CfRadial asks")))
            .remedy(text(EMBELLIE_TR("io", "ask those who made the file")));
    return *variable;
}

double CfRadialSource::firstOf(const std::string& name, double otherwise) const {
    const NetcdfVariable* const variable = m_file.find(name);
    if (!variable || !variable->isNumeric())
        return otherwise;
    const std::vector<double> values = m_file.values(*variable);
    return values.empty() || !std::isfinite(values.front()) ? otherwise : values.front();
}

void CfRadialSource::readSite() {
    Site site;
    site.name = m_file.globalText("site_name");
    site.id = m_file.globalText("instrument_name");
    const double missing = std::numeric_limits<double>::quiet_NaN();
    site.latitude = firstOf("latitude", missing);
    site.longitude = firstOf("longitude", missing);
    site.heightMeters = firstOf("altitude", missing);
    for (const auto& [name, value] : {std::pair{"latitude", site.latitude},
                                      {"longitude", site.longitude},
                                      {"altitude", site.heightMeters}})
        if (std::isnan(value))
            throw Error(text(EMBELLIE_TR("io", "the place of the radar can't be used: {0}"), name))
                .in(m_info.file, name)
                .expected(text(EMBELLIE_TR("io", "a number")))
                .found(text(EMBELLIE_TR("io", "nothing")))
                .remedy(text(EMBELLIE_TR("io", "ask those who made the file")));
    m_info.title = !site.name.empty() ? site.name : !site.id.empty() ? site.id : m_file.globalText("title");
    if (m_info.title.empty())
        m_info.title = m_info.file.stem().string();
    m_info.site = site;
}

void CfRadialSource::readSweeps() {
    const std::vector<double> ranges = m_file.values(needed("range"));
    const std::vector<double> azimuths = m_file.values(needed("azimuth")),
                              elevations = m_file.values(needed("elevation"));
    const std::size_t rays = m_file.dimensions().at("time");
    if (ranges.empty() || rays == 0)
        throw Error(text(EMBELLIE_TR("io", "the file has no gates")))
            .in(m_info.file)
            .expected(text(EMBELLIE_TR("io", "rays over time and gates over range")))
            .found(text(EMBELLIE_TR("io", "{0} by {1}"), rays, ranges.size()))
            .remedy(text(EMBELLIE_TR("io", "ask those who made the file")));
    const double between = needed("range").number("meters_between_gates").value_or(0);
    const double gate = ranges.size() > 1 ? ranges[1] - ranges[0] : between;
    const auto unusable = [&](const char* name, double found) {
        return Error(text(EMBELLIE_TR("io", "the geometry can't be used: {0}"), name))
            .in(m_info.file, name)
            .expected(text(EMBELLIE_TR("io", "a number")))
            .found(text(EMBELLIE_TR("io", "{0}"), found))
            .remedy(text(EMBELLIE_TR("io", "ask those who made the file")));
    };
    if (!std::isfinite(ranges[0]) || !(gate > 0))
        throw unusable("range", gate);
    if (azimuths.size() != rays || elevations.size() != rays)
        throw unusable("azimuth", static_cast<double>(azimuths.size()));
    for (std::size_t i = 0; i < rays; ++i)
        if (!std::isfinite(azimuths[i]) || !std::isfinite(elevations[i]))
            throw unusable(std::isfinite(azimuths[i]) ? "elevation" : "azimuth",
                           std::numeric_limits<double>::quiet_NaN());

    const NetcdfVariable& timeVariable = needed("time");
    const auto unit = parseTimeUnit(timeVariable.text("units"), timeVariable.text("calendar"));
    const std::vector<double> clock = m_file.values(timeVariable);
    const auto secondsOf = [&](std::size_t ray) { return unit ? unit->seconds(clock[ray]) : clock[ray]; };

    const auto list = [&](const char* name) {
        const NetcdfVariable* const variable = m_file.find(name);
        return variable && variable->isNumeric() ? m_file.values(*variable) : std::vector<double>{};
    };
    std::vector<double> starts = list("sweep_start_ray_index"), ends = list("sweep_end_ray_index");
    const std::vector<double> fixed = list("fixed_angle"), nyquist = list("nyquist_velocity");
    if (starts.empty() || starts.size() != ends.size()) {
        starts = {0};
        ends = {static_cast<double>(rays - 1)};
    }
    std::vector<std::string> modes;
    if (const NetcdfVariable* const mode = m_file.find("sweep_mode"))
        modes = m_file.texts(*mode);
    // A radar that looks straight up turns its antenna without meaning it: all rays are one sweep over time.
    if (modes.empty())
        modes = {""};
    if (std::all_of(modes.begin(), modes.end(), [&](const std::string& mode) {
            return modeOf(mode, elevations) == SweepMode::VerticalPointing;
        })) {
        starts = {0};
        ends = {static_cast<double>(rays - 1)};
    }
    const double beamWidth = firstOf("radar_beam_width_h", 0);
    const double resolution = firstOf("ray_angle_res", 0);
    for (std::size_t s = 0; s < starts.size(); ++s) {
        ends[s] =
            std::min(ends[s], static_cast<double>(rays - 1)); // files that were thinned keep the old index
        if (!(starts[s] >= 0) || !(ends[s] >= starts[s]))
            throw unusable("sweep_start_ray_index", starts[s]);
        Part part;
        part.firstRay = static_cast<std::size_t>(starts[s]);
        const std::size_t count = static_cast<std::size_t>(ends[s]) - part.firstRay + 1;
        Sweep& sweep = part.sweep;
        sweep.site = *m_info.site;
        const auto from = elevations.begin() + static_cast<std::ptrdiff_t>(part.firstRay);
        const std::vector<double> own(from, from + static_cast<std::ptrdiff_t>(count));
        sweep.mode = modeOf(s < modes.size() ? modes[s] : "", own);
        sweep.fixedAngle = s < fixed.size() && std::isfinite(fixed[s]) ? fixed[s]
                           : sweep.mode == SweepMode::Rhi              ? azimuths[part.firstRay]
                                                                       : own[0];
        sweep.firstGateMeters = ranges[0];
        sweep.gateMeters = gate;
        sweep.gates = ranges.size();
        if (beamWidth > 0)
            sweep.beamWidth = beamWidth;
        if (part.firstRay < nyquist.size() && std::isfinite(nyquist[part.firstRay]))
            sweep.nyquist = nyquist[part.firstRay];
        const double begin = secondsOf(part.firstRay), end = secondsOf(part.firstRay + count - 1);
        if (std::isfinite(begin) && std::isfinite(end))
            part.time = {timeAtSeconds(begin), timeAtSeconds(std::max(begin, end))};
        std::vector<double> steps;
        for (std::size_t i = 1; i < count; ++i)
            steps.push_back(std::abs(turn(azimuths[part.firstRay + i - 1], azimuths[part.firstRay + i])));
        // CfRadial names centres only; a ray is as wide as the median step, no wider than 5 degrees.
        const double step = std::min(resolution > 0 ? resolution : median(steps), 5.0);
        const double width = sweep.mode == SweepMode::Azimuth ? step : 0;
        for (std::size_t i = part.firstRay; i < part.firstRay + count; ++i)
            sweep.rays.push_back({wrapped(azimuths[i] - width / 2), wrapped(azimuths[i] + width / 2),
                                  elevations[i],
                                  std::isfinite(secondsOf(i) - begin) ? secondsOf(i) - begin : 0});
        const double row0 = sweep.mode == SweepMode::Rhi ? own[0] : wrapped(azimuths[part.firstRay]);
        m_info.sweeps.push_back({sweep.mode, sweep.fixedAngle, count, sweep.gates, sweep.firstGateMeters,
                                 sweep.gateMeters, row0, part.time});
        m_parts.push_back(std::move(part));
    }
    m_info.hasTime = unit.has_value();
    m_info.time = {m_parts.front().time.begin, m_parts.back().time.end};
}

void CfRadialSource::addArrays() {
    for (std::size_t s = 0; s < m_parts.size(); ++s)
        for (const NetcdfVariable& variable : m_file.variables()) {
            if (!isMoment(variable))
                continue;
            ArrayInfo array;
            array.id = "sweep_" + std::to_string(s) + "/" + variable.name;
            array.path = variable.name;
            array.quantity = quantityOf(variable);
            const std::string role = variable.text("embellie_role");
            if (role == CfRadialRejectedRole || role == CfRadialProbabilityRole ||
                role == CfRadialUncertaintyRole) {
                array.qualityOf =
                    "sweep_" + std::to_string(s) + "/" + variable.name.substr(0, variable.name.rfind('_'));
                if (role == CfRadialProbabilityRole) {
                    array.quantity.id = "PROB";
                    array.quantity.kind = Kind::Probability;
                } else if (role == CfRadialUncertaintyRole) {
                    array.quantity.id = UncertaintyId;
                }
            }
            array.shape = {m_parts[s].sweep.rays.size(), m_parts[s].sweep.gates};
            array.dimensions = {"ray", "gate"};
            array.sweep = s;
            m_info.arrays.push_back(std::move(array));
        }
    if (m_info.arrays.empty())
        throw Error(text(EMBELLIE_TR("io", "the file has rays but no moments")))
            .in(m_info.file)
            .expected(text(EMBELLIE_TR("io", "variables over (time, range) or over n_points")));
}

// A ragged moment as a rectangle; gates that its rays do not have become the fill value.
RawArray CfRadialSource::unrolled(const NetcdfVariable& variable, const Part& part,
                                  const Packing& packing) const {
    const std::vector<double> counts = m_file.values(needed("ray_n_gates")),
                              starts = m_file.values(needed("ray_start_index"));
    const RawArray points = m_file.read(variable);
    RawArray raw;
    raw.kind = points.kind;
    raw.elementBytes = points.elementBytes;
    raw.shape = {part.sweep.rays.size(), part.sweep.gates};
    raw.bytes.resize(raw.shape[0] * raw.shape[1] * raw.elementBytes);
    std::vector<std::byte> fill(raw.elementBytes);
    const auto put = [&](auto value) {
        std::memcpy(fill.data(), &value, std::min(sizeof value, fill.size()));
    };
    const double code = packing.noData.front();
    if (raw.kind == RawArray::Kind::Float)
        raw.elementBytes == 4 ? put(static_cast<float>(code)) : put(code);
    else
        put(static_cast<std::int64_t>(code)); // the low bytes of a little-endian number are the number
    for (std::size_t at = 0; at < raw.bytes.size(); at += raw.elementBytes)
        std::memcpy(raw.bytes.data() + at, fill.data(), raw.elementBytes);
    for (std::size_t row = 0; row < raw.shape[0]; ++row) {
        const std::size_t ray = part.firstRay + row;
        if (ray >= counts.size() || ray >= starts.size() || !(counts[ray] >= 0) || !(starts[ray] >= 0) ||
            starts[ray] + counts[ray] > static_cast<double>(points.count()))
            throw Error(text(EMBELLIE_TR("io", "the ragged rays can't be followed")))
                .in(m_info.file, "ray_start_index")
                .expected(text(EMBELLIE_TR("io", "indices inside {0} points"), points.count()));
        const std::size_t gates = std::min(static_cast<std::size_t>(counts[ray]), raw.shape[1]);
        std::memcpy(raw.bytes.data() + row * raw.shape[1] * raw.elementBytes,
                    points.bytes.data() + static_cast<std::size_t>(starts[ray]) * raw.elementBytes,
                    gates * raw.elementBytes);
    }
    return raw;
}

Field CfRadialSource::read(const std::string& idOrPath, const Window& window, Feedback& feedback) {
    feedback.throwIfCancelled();
    const ArrayInfo* const array = m_info.find(idOrPath);
    if (!array)
        throw noSuchArray(m_info, idOrPath);
    const Part& part = m_parts[*array->sweep];
    const NetcdfVariable& variable = needed(array->path);
    const Packing packing = packingOf(variable);
    const std::vector<AxisPart> parts = resolveWindow(window, *array, m_info.file);
    const auto cellsOf = [&](const NetcdfVariable& of, const Packing& packed) {
        if (of.dimensions.size() == 1) {
            RawArray whole = unrolled(of, part, packed);
            return isWhole(parts, array->shape) ? whole : pick(whole, parts);
        }
        const AxisPart rows{parts[0].from + part.firstRay, parts[0].to + part.firstRay, parts[0].step};
        return m_file.read(of, {rows, parts[1]});
    };
    Decoded decoded = decode(cellsOf(variable, packing), packing);
    if (const NetcdfVariable* const rejected = m_file.find(array->path + "_rejected");
        rejected && rejected->text("embellie_role") == CfRadialRejectedRole &&
        rejected->shape == variable.shape) {
        const RawArray flags = cellsOf(*rejected, packingOf(*rejected));
        for (std::size_t cell = 0; cell < decoded.states.size(); ++cell)
            if (decoded.states[cell] == State::NoEcho && flags.at(cell) == 1)
                decoded.states[cell] = State::Rejected;
    }
    return Field(array->quantity, cut(part.sweep, parts), part.time, std::move(decoded.values),
                 std::move(decoded.states), {m_info.file.string(), array->path, {}});
}

} // namespace embellie
