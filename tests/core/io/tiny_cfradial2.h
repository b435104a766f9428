#pragma once

#include "core/io/source.h"
#include "tests/core/io/tiny_netcdf.h"

#include <QString>

namespace embellie::test {

inline Field readOne(const std::filesystem::path& file, const std::string& id,
                     const std::string& window = {}) {
    Feedback silent;
    return openSource(file)->read(id, Window::parse(window), silent);
}

inline QString statesOf(const Field& field) {
    QString out;
    for (const State state : field.states())
        out += QChar("vnur"[static_cast<int>(state)]);
    return out;
}

inline std::vector<double> counted(std::size_t size, double from = 0, double step = 1) {
    std::vector<double> numbers(size);
    for (std::size_t i = 0; i < size; ++i)
        numbers[i] = from + step * static_cast<double>(i);
    return numbers;
}

inline void addPlace(TinyNetcdf& file) {
    file.group("");
    file.variable("latitude", NC_DOUBLE, {}, {48});
    file.variable("longitude", NC_DOUBLE, {}, {2});
    file.variable("altitude", NC_DOUBLE, {}, {100});
}

// What Radx calls a sweep: time by range. Rays of 2 degrees from north, one a second.
inline void addSweep(TinyNetcdf& file, const std::string& group, std::size_t rays, std::size_t gates,
                     double elevation = 1, double gateMeters = 250, double begin = 0) {
    file.group(group);
    file.dimension("time", rays);
    file.dimension("range", gates);
    file.variable("time", NC_DOUBLE, {"time"}, counted(rays, begin));
    file.att("time", "units", "seconds since 2020-01-01T00:00:00Z");
    file.variable("range", NC_FLOAT, {"range"}, counted(gates, gateMeters / 2, gateMeters));
    file.variable("azimuth", NC_FLOAT, {"time"}, counted(rays, 0, 2));
    file.variable("elevation", NC_FLOAT, {"time"}, std::vector<double>(rays, elevation));
    file.strings("sweep_mode", {}, {"azimuth_surveillance"});
}

inline void addMoment(TinyNetcdf& file, const std::string& name, std::size_t cells, double from = 0,
                      const std::vector<std::string>& dimensions = {"time", "range"}) {
    file.variable(name, NC_FLOAT, dimensions, counted(cells, from), {-9999});
    file.att(name, "units", "dBZ");
}

// As xradar keeps them: along the angle, with a time each, which begins anywhere.
inline void addSorted(TinyNetcdf& file, const std::string& group, const std::string& along,
                      const std::string& mode) {
    file.group(group);
    file.dimension(along, 4);
    file.dimension("range", 2);
    const bool rhi = along == "elevation";
    file.variable("azimuth", NC_DOUBLE, {along},
                  rhi ? std::vector<double>(4, 200) : std::vector<double>{45, 135, 225, 315});
    file.variable("elevation", NC_DOUBLE, {along},
                  rhi ? std::vector<double>{0, 10, 20, 30} : std::vector<double>(4, 0.5));
    file.variable("time", NC_INT64, {along}, {3e9, 4e9, 1e9, 2e9});
    file.att("time", "units", "nanoseconds since 2020-01-01");
    file.variable("range", NC_FLOAT, {"range"}, {480, 1440});
    file.strings("sweep_mode", {}, {mode});
    addMoment(file, "DBZH", 8, 0, {along, "range"});
}

} // namespace embellie::test
