#include "core/io/cfradial/cfradial_writer.h"

#include "core/base/file.h"
#include "core/io/cfradial/roles.h"
#include "core/io/geometry_parts.h"
#include "core/io/netcdf_cells.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <set>

#include <netcdf.h>

namespace embellie {

namespace {

constexpr std::size_t TextWidth = 32; // string_length
constexpr double Missing = -9999;     // of numbers by sweep and ray
constexpr double GapDegrees = 10;

using Numbers = std::vector<double>;

double secondsOf(TimePoint time) {
    return static_cast<double>(time.time_since_epoch().count()) / 1000;
}

double widthOf(const Ray& ray) {
    return wrappedDegrees(ray.azimuthStop - ray.azimuthStart);
}

/// The widest gap between neighbouring rays, and the median of their widths.
const char* modeName(const Sweep& sweep) {
    if (sweep.mode == SweepMode::Rhi)
        return "rhi";
    if (sweep.mode == SweepMode::VerticalPointing)
        return "vertical_pointing";
    Numbers azimuths;
    for (const Ray& ray : sweep.rays)
        azimuths.push_back(ray.azimuth());
    std::sort(azimuths.begin(), azimuths.end());
    double widest = azimuths.front() + 360 - azimuths.back();
    for (std::size_t i = 1; i < azimuths.size(); ++i)
        widest = std::max(widest, azimuths[i] - azimuths[i - 1]);
    const double width = widthOf(sweep.rays.front());
    return widest - width > GapDegrees ? "sector" : "azimuth_surveillance";
}

double medianWidth(const Sweep& sweep) {
    Numbers widths;
    for (const Ray& ray : sweep.rays)
        widths.push_back(widthOf(ray));
    const auto middle = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() / 2);
    std::nth_element(widths.begin(), middle, widths.end());
    return *middle;
}

} // namespace

bool isCfRadialsOwn(const std::string& name) {
    static const std::set<std::string> own{"time",
                                           "range",
                                           "sweep",
                                           "string_length",
                                           "n_points",
                                           "time_coverage_start",
                                           "time_coverage_end",
                                           "volume_number",
                                           "platform_type",
                                           "instrument_type",
                                           "primary_axis",
                                           "ray_n_gates",
                                           "ray_start_index",
                                           "ray_start_range",
                                           "ray_gate_spacing",
                                           "azimuth",
                                           "elevation",
                                           "nyquist_velocity",
                                           "sweep_number",
                                           "fixed_angle",
                                           "sweep_start_ray_index",
                                           "sweep_end_ray_index",
                                           "sweep_mode",
                                           "ray_angle_res",
                                           "radar_beam_width_h",
                                           "latitude",
                                           "longitude",
                                           "altitude"};
    return own.contains(name);
}

bool sameGates(const Sweep& a, const Sweep& b) {
    return std::abs(a.gateMeters - b.gateMeters) < 1e-3 &&
           std::abs(a.firstGateMeters - b.firstGateMeters) < 1e-3;
}

namespace {

class VolumeWriter {
public:
    VolumeWriter(NetcdfWriter& file, const CfRadialVolume& volume, Feedback& feedback)
        : m_file(file), m_volume(volume), m_feedback(feedback) {
        m_longest = &volume.sweeps.front().sweep;
        for (const CfRadialSweep& one : volume.sweeps) {
            m_firstRays.push_back(m_rays);
            m_firstPoints.push_back(m_points);
            m_rays += one.sweep.rays.size();
            m_points += one.sweep.rays.size() * one.sweep.gates;
            if (one.sweep.gates > m_longest->gates)
                m_longest = &one.sweep;
        }
        for (const CfRadialSweep& one : volume.sweeps)
            m_isRagged |= one.sweep.gates != m_longest->gates || !sameGates(one.sweep, *m_longest);
    }

    void write() {
        m_file.dimension("time", m_rays);
        m_file.dimension("range", m_longest->gates);
        m_file.dimension("sweep", m_volume.sweeps.size());
        m_file.dimension("string_length", TextWidth);
        if (m_isRagged)
            m_file.dimension("n_points", m_points);
        writeTimes();
        writeRange();
        writeRays();
        writeSweeps();
        writePlace();
        writeGlobal();
        for (std::size_t moment = 0; moment < m_volume.moments.size(); ++moment)
            writeMoment(moment);
    }

private:
    using Attributes = std::vector<std::pair<const char*, std::string>>;

    NetcdfWriter::Variable define(const std::string& name, int type, const std::vector<std::string>& along,
                                  const Attributes& attributes) {
        const NetcdfWriter::Variable variable = m_file.define(name, type, along);
        for (const auto& [key, words] : attributes)
            m_file.attribute(variable, key, words);
        return variable;
    }
    void numbers(const std::string& name, int type, const std::vector<std::string>& along,
                 const Numbers& values, const Attributes& attributes) {
        m_file.put(define(name, type, along, attributes), values);
    }
    void words(const std::string& name, const std::vector<std::string>& along,
               const std::vector<std::string>& rows, const Attributes& attributes) {
        std::vector<std::string> dimensions = along;
        dimensions.push_back("string_length");
        m_file.put(define(name, NC_CHAR, dimensions, attributes), rows, TextWidth);
    }
    /// One number a ray, from what a sweep and its ray say.
    template <class Function>
    Numbers ofRays(Function function) const {
        Numbers values;
        for (const CfRadialSweep& one : m_volume.sweeps)
            for (const Ray& ray : one.sweep.rays)
                values.push_back(function(one, ray));
        return values;
    }
    template <class Function>
    Numbers ofSweeps(Function function) const {
        Numbers values;
        for (const CfRadialSweep& one : m_volume.sweeps)
            values.push_back(function(one));
        return values;
    }

    void writeTimes() {
        Numbers times = ofRays(
            [](const CfRadialSweep& one, const Ray& ray) { return secondsOf(one.begin) + ray.timeSeconds; });
        const auto [first, last] = std::minmax_element(times.begin(), times.end());
        const auto at = [](double seconds) {
            return isoTime(TimePoint(std::chrono::milliseconds(std::llround(seconds * 1000))));
        };
        const double start = std::floor(*first);
        m_start = at(start);
        const std::string end = at(std::ceil(*last));
        m_timesIncrease = std::is_sorted(times.begin(), times.end());
        for (double& time : times)
            time -= start;
        numbers("time", NC_DOUBLE, {"time"}, times,
                {{"standard_name", "time"},
                 {"long_name", "time in seconds since volume start"},
                 {"units", "seconds since " + m_start},
                 {"calendar", "gregorian"}});
        words("time_coverage_start", {}, {m_start},
              {{"standard_name", "data_volume_start_time_utc"}, {"long_name", "data volume start time utc"}});
        words("time_coverage_end", {}, {end},
              {{"standard_name", "data_volume_end_time_utc"}, {"long_name", "data volume end time utc"}});
        numbers("volume_number", NC_INT, {}, {0}, {{"long_name", "data_volume_index_number"}});
        for (const auto& [name, word] :
             {std::pair{"platform_type", "fixed"}, {"instrument_type", "radar"}, {"primary_axis", "axis_z"}})
            words(name, {}, {word}, {});
    }

    void writeRange() {
        Numbers range;
        for (std::size_t gate = 0; gate < m_longest->gates; ++gate)
            range.push_back(m_longest->firstGateMeters + m_longest->gateMeters * static_cast<double>(gate));
        const NetcdfWriter::Variable variable = define("range", NC_FLOAT, {"range"},
                                                       {{"standard_name", "projection_range_coordinate"},
                                                        {"long_name", "range to centre of gate"},
                                                        {"units", "meters"},
                                                        {"axis", "radial_range_coordinate"},
                                                        {"spacing_is_constant", "true"}});
        m_file.numbers(variable, "meters_to_center_of_first_gate", NC_FLOAT, {m_longest->firstGateMeters});
        m_file.numbers(variable, "meters_between_gates", NC_FLOAT, {m_longest->gateMeters});
        m_file.put(variable, range);
        if (!m_isRagged)
            return;
        const auto whole = [](const char* name) -> Attributes { return {{"long_name", name}}; };
        numbers("ray_n_gates", NC_INT, {"time"},
                ofRays([](const CfRadialSweep& one, const Ray&) { return double(one.sweep.gates); }),
                whole("number_of_gates"));
        Numbers starts;
        double point = 0;
        for (const CfRadialSweep& one : m_volume.sweeps)
            for (std::size_t ray = 0; ray < one.sweep.rays.size(); ++ray) {
                starts.push_back(point);
                point += double(one.sweep.gates);
            }
        numbers("ray_start_index", NC_INT, {"time"}, starts, whole("array_index_to_start_of_ray"));
        numbers("ray_start_range", NC_FLOAT, {"time"},
                ofRays([](const CfRadialSweep& one, const Ray&) { return one.sweep.firstGateMeters; }),
                {{"long_name", "start_range_for_ray"}, {"units", "meters"}});
        numbers("ray_gate_spacing", NC_FLOAT, {"time"},
                ofRays([](const CfRadialSweep& one, const Ray&) { return one.sweep.gateMeters; }),
                {{"long_name", "gate_spacing_for_ray"}, {"units", "meters"}});
    }

    void writeRays() {
        numbers("azimuth", NC_FLOAT, {"time"},
                ofRays([](const CfRadialSweep&, const Ray& ray) { return ray.azimuth(); }),
                {{"standard_name", "ray_azimuth_angle"},
                 {"long_name", "azimuth angle from true north"},
                 {"units", "degrees"},
                 {"axis", "radial_azimuth_coordinate"}});
        numbers("elevation", NC_FLOAT, {"time"},
                ofRays([](const CfRadialSweep&, const Ray& ray) { return ray.elevation; }),
                {{"standard_name", "ray_elevation_angle"},
                 {"long_name", "elevation angle from horizontal plane"},
                 {"units", "degrees"},
                 {"axis", "radial_elevation_coordinate"},
                 {"positive", "up"}});
        const auto hasNyquist = [](const CfRadialSweep& one) { return one.sweep.nyquist.has_value(); };
        if (std::any_of(m_volume.sweeps.begin(), m_volume.sweeps.end(), hasNyquist)) {
            const NetcdfWriter::Variable variable = define("nyquist_velocity", NC_FLOAT, {"time"},
                                                           {{"long_name", "unambiguous_doppler_velocity"},
                                                            {"units", "meters per second"},
                                                            {"meta_group", "instrument_parameters"}});
            m_file.numbers(variable, "_FillValue", NC_FLOAT, {Missing});
            m_file.put(variable, ofRays([](const CfRadialSweep& one, const Ray&) {
                           return one.sweep.nyquist.value_or(Missing);
                       }));
        }
    }

    void writeSweeps() {
        const std::vector<std::string> sweep{"sweep"};
        Numbers count, ends;
        for (std::size_t i = 0; i < m_volume.sweeps.size(); ++i) {
            count.push_back(double(i));
            ends.push_back(double(m_firstRays[i] + m_volume.sweeps[i].sweep.rays.size() - 1));
        }
        numbers("sweep_number", NC_INT, sweep, count, {{"long_name", "sweep_index_number_0_based"}});
        numbers("fixed_angle", NC_FLOAT, sweep,
                ofSweeps([](const CfRadialSweep& one) { return one.sweep.fixedAngle; }),
                {{"standard_name", "target_fixed_angle"},
                 {"long_name", "ray_target_fixed_angle"},
                 {"units", "degrees"}});
        numbers("sweep_start_ray_index", NC_INT, sweep, Numbers(m_firstRays.begin(), m_firstRays.end()),
                {{"long_name", "index_of_first_ray_in_sweep"}});
        numbers("sweep_end_ray_index", NC_INT, sweep, ends, {{"long_name", "index_of_last_ray_in_sweep"}});
        std::vector<std::string> modes;
        for (const CfRadialSweep& one : m_volume.sweeps)
            modes.push_back(modeName(one.sweep));
        words("sweep_mode", sweep, modes,
              {{"standard_name", "sweep_mode"}, {"long_name", "scan_mode_for_sweep"}});
        const Numbers widths = ofSweeps([](const CfRadialSweep& one) { return medianWidth(one.sweep); });
        if (std::all_of(widths.begin(), widths.end(), [](double width) { return width > 0; }))
            numbers("ray_angle_res", NC_FLOAT, sweep, widths,
                    {{"long_name", "angular_resolution_between_rays"}, {"units", "degrees"}});
        for (const CfRadialSweep& one : m_volume.sweeps)
            if (one.sweep.beamWidth) {
                numbers("radar_beam_width_h", NC_FLOAT, {}, {*one.sweep.beamWidth},
                        {{"long_name", "half_power_radar_beam_width_h_channel"},
                         {"units", "degrees"},
                         {"meta_group", "radar_parameters"}});
                break;
            }
    }

    void writePlace() {
        const Site& site = m_volume.site;
        numbers("latitude", NC_DOUBLE, {}, {site.latitude},
                {{"standard_name", "latitude"}, {"units", "degrees_north"}});
        numbers("longitude", NC_DOUBLE, {}, {site.longitude},
                {{"standard_name", "longitude"}, {"units", "degrees_east"}});
        numbers("altitude", NC_DOUBLE, {}, {site.heightMeters},
                {{"standard_name", "altitude"}, {"units", "meters"}, {"positive", "up"}});
    }

    void writeGlobal() {
        std::string fields;
        for (const CfRadialMoment& moment : m_volume.moments)
            fields += (fields.empty() ? "" : ", ") + moment.name;
        for (const auto& [name, value] :
             Attributes{{"Conventions", "CF/Radial-1.4 instrument_parameters radar_parameters"},
                        {"version", "1.4"},
                        {"title", m_volume.title},
                        {"institution", ""},
                        {"references", ""},
                        {"source", m_volume.source},
                        {"history", "converted by Embellie " EMBELLIE_VERSION},
                        {"comment", ""},
                        {"instrument_name", m_volume.site.id},
                        {"site_name", m_volume.site.name},
                        {"scan_id", "0"},
                        {"platform_is_mobile", "false"},
                        {"n_gates_vary", m_isRagged ? "true" : "false"},
                        {"ray_times_increase", m_timesIncrease ? "true" : "false"},
                        {"field_names", fields}})
            m_file.attribute(m_file.root(), name, value);
    }

    struct Part {
        std::vector<std::size_t> from, count;
    };
    Part partOf(std::size_t sweep) const {
        const Sweep& own = m_volume.sweeps[sweep].sweep;
        if (m_isRagged)
            return {{m_firstPoints[sweep]}, {own.rays.size() * own.gates}};
        return {{m_firstRays[sweep], 0}, {own.rays.size(), own.gates}};
    }

    void writeMoment(std::size_t number) {
        const CfRadialMoment& moment = m_volume.moments[number];
        const std::vector<std::string> along =
            m_isRagged ? std::vector<std::string>{"n_points"} : std::vector<std::string>{"time", "range"};
        // A sweep is read at once: a chunk is no longer than the first one, nor than a million cells.
        NetcdfCells cells(m_file, moment.name, moment.quantity, along, chunksOf(partOf(0).count));
        cells.attribute("coordinates", Coordinates);
        if (!moment.role.empty())
            cells.attribute(CfRadialRoleAttribute, moment.role);
        eachSweep(number,
                  [&](const Part& part, const Field& field) { cells.put(part.from, part.count, field); });
        if (cells.hasRejected())
            eachSweep(number, [&](const Part& part, const Field& field) {
                cells.putRejected(part.from, part.count, field, Coordinates);
            });
        std::vector<std::string> qualities;
        for (const CfRadialMoment& other : m_volume.moments)
            if (other.of == moment.name)
                qualities.push_back(other.name);
        cells.finish(qualities);
    }

    template <class Function>
    void eachSweep(std::size_t moment, Function function) {
        const double sweeps = double(m_volume.sweeps.size()), all = sweeps * double(m_volume.moments.size());
        for (std::size_t sweep = 0; sweep < m_volume.sweeps.size(); ++sweep) {
            m_feedback.throwIfCancelled();
            if (const FieldPtr field = m_volume.read(moment, sweep)) {
                assert(field->size() ==
                       m_volume.sweeps[sweep].sweep.rays.size() * m_volume.sweeps[sweep].sweep.gates);
                function(partOf(sweep), *field);
            }
            m_feedback.progress(double(moment) * sweeps + double(sweep) + 1, all);
        }
    }

    static constexpr const char* Coordinates = "elevation azimuth range";
    NetcdfWriter& m_file;
    const CfRadialVolume& m_volume;
    Feedback& m_feedback;
    std::size_t m_rays = 0, m_points = 0;
    std::vector<std::size_t> m_firstRays, m_firstPoints;
    const Sweep* m_longest = nullptr;
    bool m_isRagged = false, m_timesIncrease = true;
    std::string m_start;
};

} // namespace

void writeCfRadial(const std::filesystem::path& output, const CfRadialVolume& volume, Feedback& feedback) {
    assert(!volume.sweeps.empty());
    writeFileAtomically(output, [&](const std::filesystem::path& aside) {
        NetcdfWriter file = NetcdfWriter::create(aside, output);
        VolumeWriter(file, volume, feedback).write();
        file.close();
    });
}

} // namespace embellie
