#include "core/io/gamic/gamic_source.h"

#include "core/base/error.h"
#include "core/io/geometry_parts.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace embellie {

namespace {

/// What is used of a row of ray_header.
struct RayRecord {
    double azimuthStart, azimuthStop, elevationStart, elevationStop; ///< degrees
    std::int64_t microseconds;                                       ///< since 1970, UTC; 0 where missing
};

std::vector<RayRecord> raysOf(const Hdf5File& file, const std::string& scan, std::size_t rays) {
    const std::string path = scan + "/ray_header";
    silenceHdf5();
    const Hdf5Handle data(H5Dopen2(file.id(), path.c_str(), H5P_DEFAULT), H5Dclose);
    const Hdf5Handle stored(data.isValid() ? H5Dget_type(data) : hid_t(-1), H5Tclose);
    const Hdf5Handle space(data.isValid() ? H5Dget_space(data) : hid_t(-1), H5Sclose);
    const hssize_t count = space.isValid() ? H5Sget_simple_extent_npoints(space) : 0;
    if (!stored.isValid() || H5Tget_class(stored) != H5T_COMPOUND || count < 0 ||
        static_cast<std::size_t>(count) != rays)
        throw Error(text(EMBELLIE_TR("io", "the angles of the rays are missing")))
            .in(file.path(), path)
            .expected(text(EMBELLIE_TR("io", "a table of {0} rays"), rays))
            .found(data.isValid() ? text(EMBELLIE_TR("io", "{0} rays"), count)
                                  : text(EMBELLIE_TR("io", "nothing")))
            .remedy(text(EMBELLIE_TR("io", "ask those who made the file")));
    const Hdf5Handle memory(H5Tcreate(H5T_COMPOUND, sizeof(RayRecord)), H5Tclose);
    const auto column = [&](const char* name, std::size_t offset, hid_t type) {
        const int index = H5Tget_member_index(stored, name);
        if (index < 0)
            return false;
        const H5T_class_t kind = H5Tget_member_class(stored, static_cast<unsigned>(index));
        if (kind != H5T_FLOAT && kind != H5T_INTEGER)
            return false;
        return H5Tinsert(memory, name, offset, type) >= 0;
    };
    for (const auto& [name, offset] : {std::pair{"azimuth_start", offsetof(RayRecord, azimuthStart)},
                                       {"azimuth_stop", offsetof(RayRecord, azimuthStop)},
                                       {"elevation_start", offsetof(RayRecord, elevationStart)},
                                       {"elevation_stop", offsetof(RayRecord, elevationStop)}})
        if (!column(name, offset, H5T_NATIVE_DOUBLE))
            throw unusableGeometry(file.path(), path, name, std::nullopt);
    column("timestamp", offsetof(RayRecord, microseconds), H5T_NATIVE_INT64);
    std::vector<RayRecord> records(rays, RayRecord{});
    if (H5Dread(data, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, records.data()) < 0)
        throw Error(text(EMBELLIE_TR("io", "the array can't be read, the file is damaged")))
            .in(file.path(), path)
            .remedy(text(EMBELLIE_TR("io", "fetch the file again")));
    for (const RayRecord& record : records)
        for (const double angle :
             {record.azimuthStart, record.azimuthStop, record.elevationStart, record.elevationStop})
            if (!std::isfinite(angle))
                throw unusableGeometry(file.path(), path, "azimuth_start", angle);
    return records;
}

TimePoint fromMicroseconds(std::int64_t microseconds) {
    return TimePoint(std::chrono::milliseconds(microseconds / 1000));
}

/// Staggered pulse repetition widens the interval: codes 1, 2, 3 stand for rates of 2:3, 3:4 and 4:5.
std::optional<double> nyquistOf(const Hdf5File& file, const std::string& how) {
    const auto rate = file.number(how, "PRF"), wavelength = file.number(how, "radar_wave_length");
    const double unfolding = file.number(how, "unfolding").value_or(0);
    if (!rate || !wavelength || !(*rate > 0) || !(*wavelength > 0) || !(unfolding >= 0 && unfolding <= 3))
        return std::nullopt;
    return *rate * *wavelength / 4 * (unfolding + 1);
}

} // namespace

Sweep gamicSweep(const Hdf5File& file, const std::string& scan, const std::vector<std::size_t>& shape,
                 const Site& site, TimeInterval& time) {
    if (shape.size() != 2 || shape[0] == 0 || shape[1] == 0)
        throw Error(text(EMBELLIE_TR("io", "the sweep has no gates")))
            .in(file.path(), scan)
            .expected(text(EMBELLIE_TR("io", "an array of rays by gates")))
            .remedy(text(EMBELLIE_TR("io", "ask those who made the file")));
    const std::string how = scan + "/how";
    const auto number = [&](const char* name) {
        return needed(file.number(how, name), file.path(), how, name);
    };
    Sweep sweep;
    sweep.site = site;
    sweep.gates = shape[1];
    // Samples of range_step metres are averaged, range_samples of them a gate.
    sweep.gateMeters = number("range_step") * file.number(how, "range_samples").value_or(1);
    if (!(sweep.gateMeters > 0 && sweep.gateMeters < 1e6))
        throw unusableGeometry(file.path(), how, "range_step", sweep.gateMeters);
    sweep.firstGateMeters = file.number(how, "range_start").value_or(0) + sweep.gateMeters / 2;
    if (!std::isfinite(sweep.firstGateMeters))
        throw unusableGeometry(file.path(), how, "range_start", sweep.firstGateMeters);
    const bool rhi = file.string(scan + "/what", "scan_type").value_or("PPI") == "RHI";
    sweep.mode = rhi ? SweepMode::Rhi : SweepMode::Azimuth;
    const std::vector<RayRecord> records = raysOf(file, scan, shape[0]);
    sweep.fixedAngle = file.number(how, rhi ? "azimuth" : "elevation")
                           .value_or(rhi ? records.front().azimuthStart : records.front().elevationStart);
    if (!std::isfinite(sweep.fixedAngle))
        throw unusableGeometry(file.path(), how, rhi ? "azimuth" : "elevation", sweep.fixedAngle);

    std::int64_t first = std::numeric_limits<std::int64_t>::max(), last = 0;
    for (const RayRecord& record : records) {
        first = std::min(first, record.microseconds);
        last = std::max(last, record.microseconds);
    }
    const bool timed = first > 0;
    if (timed)
        time = {fromMicroseconds(first), fromMicroseconds(last), Calendar::Standard};
    else if (const auto begin = parseTime(file.string(how, "timestamp").value_or("")))
        time = {*begin, *begin, Calendar::Standard};
    for (const RayRecord& record : records)
        sweep.rays.push_back({wrappedDegrees(record.azimuthStart), wrappedDegrees(record.azimuthStop),
                              (record.elevationStart + record.elevationStop) / 2,
                              timed ? static_cast<double>(record.microseconds - first) / 1e6 : 0});
    if (!rhi && looksUp(sweep.rays))
        sweep.mode = SweepMode::VerticalPointing;
    sweep.nyquist = nyquistOf(file, how);
    for (const std::string& place : {how, std::string("/how")})
        if (!sweep.beamWidth)
            sweep.beamWidth = file.number(place, "azimuth_beam");
    return sweep;
}

} // namespace embellie
