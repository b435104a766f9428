#include "core/days/gauge_rows.h"
#include "core/io/netcdf.h"

#include <cmath>
#include <functional>

namespace embellie {

namespace fs = std::filesystem;

namespace {

bool isRain(const NetcdfVariable& variable) {
    const std::string standard = variable.text("standard_name");
    return standard == "lwe_thickness_of_precipitation_amount" || standard == "precipitation_amount" ||
           standard == "rainfall_amount" || standard == "thickness_of_rainfall_amount" ||
           meansRain(columnName(variable.name).name);
}

const NetcdfVariable& theOne(const NetcdfFile& file, const char* what,
                             const std::function<bool(const NetcdfVariable&)>& fits) {
    const NetcdfVariable* found = nullptr;
    for (const NetcdfVariable& variable : file.variables()) {
        if (!fits(variable))
            continue;
        if (found)
            throw Error(text(EMBELLIE_TR("days", "two variables may be meant by \"{0}\""), what))
                .in(file.path())
                .found(text(EMBELLIE_TR("days", "\"{0}\" and \"{1}\""), found->name, variable.name));
        found = &variable;
    }
    if (!found)
        throw Error(text(EMBELLIE_TR("days", "there is no variable \"{0}\""), what))
            .in(file.path())
            .expected(
                text(EMBELLIE_TR("days", "a station file: rain over station and time, with latitude and "
                                         "longitude of each station")));
    return *found;
}

} // namespace

std::vector<StationRows> readGaugesNetcdf(const fs::path& path, Feedback& feedback) {
    const NetcdfFile file(path);
    std::optional<TimeUnit> unit;
    const NetcdfVariable& time = theOne(file, "time", [&](const NetcdfVariable& variable) {
        const auto read = parseTimeUnit(variable.text("units"), variable.text("calendar"));
        if (variable.dimensions.size() != 1 || !variable.isNumeric() || !read ||
            variable.name != variable.dimensions[0])
            return false;
        unit = read;
        return true;
    });
    const auto isPlace = [&](const char* standard, bool (*means)(std::string_view)) {
        return [&file, standard, means](const NetcdfVariable& variable) {
            return variable.dimensions.size() == 1 && variable.isNumeric() &&
                   (variable.text("standard_name") == standard || means(columnName(variable.name).name));
        };
    };
    const NetcdfVariable& latitude = theOne(file, "latitude", isPlace("latitude", meansLatitude));
    const NetcdfVariable& longitude = theOne(file, "longitude", isPlace("longitude", meansLongitude));
    const std::string stationAxis = latitude.dimensions[0], timeAxis = time.dimensions[0];
    const NetcdfVariable& rain = theOne(file, "rain", [&](const NetcdfVariable& variable) {
        return variable.isNumeric() && variable.dimensions.size() == 2 && isRain(variable) &&
               ((variable.dimensions[0] == stationAxis && variable.dimensions[1] == timeAxis) ||
                (variable.dimensions[1] == stationAxis && variable.dimensions[0] == timeAxis));
    });
    const double millimetres = millimetresPerUnit(rain.text("units"));
    if (millimetres == 0)
        throw Error(text(EMBELLIE_TR("days", "the unit of the rain is not known")))
            .in(path, rain.name)
            .expected(text(EMBELLIE_TR("days", "mm")))
            .found(text(EMBELLIE_TR("days", "{0}"), rain.text("units")));

    const std::vector<double> times = file.values(time), latitudes = file.values(latitude),
                              longitudes = file.values(longitude), amounts = file.values(rain);
    if (longitudes.size() != latitudes.size())
        throw Error(text(EMBELLIE_TR("days", "latitude and longitude differ in their number")))
            .in(path, longitude.name);
    std::vector<std::string> names;
    std::vector<double> heights;
    for (const NetcdfVariable& variable : file.variables()) {
        if (variable.dimensions.empty() || variable.dimensions[0] != stationAxis)
            continue;
        const std::string name = columnName(variable.name).name;
        if (names.empty() && meansStation(name))
            names = variable.isNumeric() ? std::vector<std::string>() : file.texts(variable);
        if (heights.empty() && variable.isNumeric() && variable.dimensions.size() == 1 && meansHeight(name))
            heights = file.values(variable);
    }
    const bool stationFirst = rain.dimensions[0] == stationAxis;
    std::vector<StationRows> stations;
    for (std::size_t i = 0; i < latitudes.size(); ++i) {
        feedback.throwIfCancelled();
        StationRows station;
        station.site.latitude = latitudes[i];
        station.site.longitude = longitudes[i];
        station.site.id = i < names.size() ? names[i] : std::to_string(i + 1);
        station.site.heightMeters = i < heights.size() && std::isfinite(heights[i]) ? heights[i] : 0;
        demandPlace(station.site, path, latitude.name + "[" + std::to_string(i) + "]");
        for (std::size_t t = 0; t < times.size(); ++t) {
            if (!std::isfinite(unit->seconds(times[t])))
                continue;
            const double value =
                amounts[stationFirst ? i * times.size() + t : t * latitudes.size() + i] * millimetres;
            if (value < 0)
                throw Error(text(EMBELLIE_TR("days", "rain can't be negative")))
                    .in(path, rain.name)
                    .found(text(EMBELLIE_TR("days", "{0}"), value));
            station.rows.push_back(
                {timeAtSeconds(unit->seconds(times[t])), false, static_cast<float>(value)});
        }
        stations.push_back(std::move(station));
    }
    return stations;
}

} // namespace embellie
