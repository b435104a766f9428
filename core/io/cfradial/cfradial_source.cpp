#include "core/io/cfradial/cfradial_source.h"

#include "core/io/cfradial/rays.h"
#include "core/io/cfradial/roles.h"
#include "core/io/cut.h"
#include "core/io/window.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace embellie {

namespace {

/// What a file of unequal rays says of each.
struct RaggedRays {
    std::vector<double> counts; ///< empty where all rays have the gates of the file
    std::vector<double> starts, spacings;
};

RaggedRays raggedRays(const NetcdfFile& file, std::size_t rays) {
    if (!file.dimensions().contains("n_points"))
        return {};
    RaggedRays ragged{numbersOf(file, "ray_n_gates"), numbersOf(file, "ray_start_range"),
                      numbersOf(file, "ray_gate_spacing")};
    for (std::vector<double>* numbers : {&ragged.counts, &ragged.starts, &ragged.spacings})
        if (numbers->size() != rays)
            numbers->clear();
    return ragged;
}

/// A sweep whose rays have one number of gates has that, and the lengths that Radx gives for its rays.
void setOwnGates(Sweep& sweep, const AxisPart& rays, const RaggedRays& ragged) {
    const auto isOne = [](const std::vector<double>& numbers) {
        return std::all_of(numbers.begin(), numbers.end(),
                           [&](double number) { return number == numbers.front(); });
    };
    if (ragged.counts.empty())
        return;
    const std::vector<double> counts = pick(ragged.counts, rays);
    if (!isOne(counts) || !(counts.front() >= 1) || counts.front() > static_cast<double>(sweep.gates))
        return;
    sweep.gates = static_cast<std::size_t>(counts.front());
    if (ragged.starts.empty() || ragged.spacings.empty())
        return;
    const std::vector<double> starts = pick(ragged.starts, rays), spacings = pick(ragged.spacings, rays);
    if (!isOne(starts) || !isOne(spacings) || !std::isfinite(starts.front()) || !(spacings.front() > 0))
        return;
    sweep.firstGateMeters = starts.front();
    sweep.gateMeters = spacings.front();
}

bool isMoment(const NetcdfVariable& variable) {
    return variable.isNumeric() && (variable.dimensions == std::vector<std::string>{"time", "range"} ||
                                    variable.dimensions == std::vector<std::string>{"n_points"});
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

void CfRadialSource::readSite() {
    Site site = namedSite(m_file);
    for (const auto& [name, value] : {std::pair{"latitude", &site.latitude},
                                      {"longitude", &site.longitude},
                                      {"altitude", &site.heightMeters}}) {
        const std::vector<double> found = numbersOf(m_file, name);
        if (found.empty() || !std::isfinite(found.front()))
            throw noPlace(m_file, name);
        *value = found.front();
    }
    site.heightMeters = metersOf(m_file, neededNumbers(m_file, "altitude")).front();
    m_info.title = titleOf(m_file, site);
    m_info.site = site;
}

void CfRadialSource::readSweeps() {
    Sweep like;
    like.site = *m_info.site;
    const std::size_t rays = m_file.dimensions().at("time");
    setGates(like, m_file, neededNumbers(m_file, "range"), rays);
    const std::vector<double> azimuths = anglesOf(m_file, neededNumbers(m_file, "azimuth"), rays),
                              elevations = anglesOf(m_file, neededNumbers(m_file, "elevation"), rays);
    const CfradialTimes times = timesOf(m_file, neededNumbers(m_file, "time"));

    std::vector<double> starts = numbersOf(m_file, "sweep_start_ray_index"),
                        ends = numbersOf(m_file, "sweep_end_ray_index");
    const std::vector<double> fixed = numbersOf(m_file, "fixed_angle"),
                              nyquist = numbersOf(m_file, "nyquist_velocity"),
                              beamWidth = numbersOf(m_file, "radar_beam_width_h"),
                              resolution = numbersOf(m_file, "ray_angle_res");
    if (starts.empty() || starts.size() != ends.size()) {
        starts = {0};
        ends = {static_cast<double>(rays - 1)};
    }
    const RaggedRays ragged = raggedRays(m_file, rays);
    std::vector<std::string> modes;
    if (const NetcdfVariable* const mode = m_file.find("sweep_mode"))
        modes = m_file.texts(*mode);
    // A radar that looks straight up turns its antenna without meaning it: all rays are one sweep over time.
    if (modes.empty())
        modes = {""};
    if (std::all_of(modes.begin(), modes.end(), [&](const std::string& mode) {
            return cfradialMode(mode, elevations) == SweepMode::VerticalPointing;
        })) {
        starts = {0};
        ends = {static_cast<double>(rays - 1)};
    }
    if (!beamWidth.empty() && beamWidth.front() > 0)
        like.beamWidth = beamWidth.front();
    std::vector<std::size_t> timed; // sweeps of which the time of some ray is known
    for (std::size_t s = 0; s < starts.size(); ++s) {
        ends[s] =
            std::min(ends[s], static_cast<double>(rays - 1)); // files that were thinned keep the old index
        if (!(starts[s] >= 0) || !(ends[s] >= starts[s]))
            throw unusableGeometry(m_file, "sweep_start_ray_index", starts[s]);
        Part part{like, static_cast<std::size_t>(starts[s]), {}};
        const AxisPart own{part.firstRay, static_cast<std::size_t>(ends[s]) + 1, 1};
        CfradialRays of{
            s < modes.size() ? modes[s] : "", pick(azimuths, own), pick(elevations, own), {}, {}, {}};
        if (times.seconds.size() == rays)
            of.seconds = pick(times.seconds, own);
        if (s < fixed.size() && std::isfinite(fixed[s]))
            of.fixedAngle = fixed[s];
        if (!resolution.empty()) // low sweeps may have finer rays than high ones
            of.resolution = s < resolution.size() ? resolution[s] : resolution.front();
        if (part.firstRay < nyquist.size() && std::isfinite(nyquist[part.firstRay]))
            part.sweep.nyquist = nyquist[part.firstRay];
        setOwnGates(part.sweep, own, ragged);
        m_info.sweeps.push_back(setRays(part.sweep, of));
        part.time = m_info.sweeps.back().time;
        if (std::any_of(of.seconds.begin(), of.seconds.end(),
                        [](double time) { return std::isfinite(time); }))
            timed.push_back(s);
        m_parts.push_back(std::move(part));
    }
    m_info.hasTime = times.hasUnit && !timed.empty();
    if (!m_info.hasTime) { // numbers without a unit of time tell the rays apart, and no more
        for (std::size_t s = 0; s < m_parts.size(); ++s)
            m_parts[s].time = m_info.sweeps[s].time = {};
        return;
    }
    m_info.time = {m_parts[timed.front()].time.begin, m_parts[timed.back()].time.end};
    for (std::size_t s = 0; s < m_parts.size(); ++s)
        if (std::find(timed.begin(), timed.end(), s) == timed.end())
            m_parts[s].time = m_info.sweeps[s].time = {m_info.time.begin, m_info.time.begin};
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
            readRole(array, variable);
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
    const AxisPart own{part.firstRay, part.firstRay + part.sweep.rays.size(), 1};
    const auto ofRays = [&](const char* name) {
        const NetcdfVariable& index = neededNumbers(m_file, name);
        std::vector<double> numbers(part.sweep.rays.size(), std::numeric_limits<double>::quiet_NaN());
        if (index.shape.size() == 1 && index.shape[0] >= own.to) {
            const RawArray stored = m_file.read(index, {own});
            for (std::size_t i = 0; i < numbers.size(); ++i)
                numbers[i] = stored.at(i);
        }
        return numbers;
    };
    const std::vector<double> counts = ofRays("ray_n_gates"), starts = ofRays("ray_start_index");
    const double all = static_cast<double>(variable.shape[0]);
    double first = all, end = 0;
    for (std::size_t row = 0; row < counts.size(); ++row) {
        if (!(counts[row] >= 0) || !(starts[row] >= 0) || starts[row] + counts[row] > all)
            throw Error(text(EMBELLIE_TR("io", "the ragged rays can't be followed")))
                .in(m_info.file, "ray_start_index")
                .expected(text(EMBELLIE_TR("io", "indices inside {0} points"), variable.shape[0]));
        first = std::min(first, starts[row]);
        end = std::max(end, starts[row] + counts[row]);
    }
    // The points of this sweep's rays alone: each moment of each sweep is read by itself.
    const RawArray points = m_file.read(
        variable, {{static_cast<std::size_t>(std::min(first, end)), static_cast<std::size_t>(end), 1}});
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
        const std::size_t gates = std::min(static_cast<std::size_t>(counts[row]), raw.shape[1]);
        std::memcpy(raw.bytes.data() + row * raw.shape[1] * raw.elementBytes,
                    points.bytes.data() + static_cast<std::size_t>(starts[row] - first) * raw.elementBytes,
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
    const NetcdfVariable& variable = neededNumbers(m_file, array->path);
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
    if (const NetcdfVariable* const rejected = rejectedOf(m_file, variable))
        restoreRejected(decoded, cellsOf(*rejected, packingOf(*rejected)));
    return Field(array->quantity, cut(part.sweep, parts), part.time, std::move(decoded.values),
                 std::move(decoded.states), {m_info.file.string(), array->path, {}});
}

} // namespace embellie
