#include "core/days/gauges.h"

#include "core/days/gauge_rows.h"
#include "core/io/netcdf.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>

namespace embellie {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

namespace {

template <std::size_t N>
bool isOneOf(std::string_view name, const std::array<std::string_view, N>& known) {
    return std::find(known.begin(), known.end(), name) != known.end();
}

milliseconds hours(double count) {
    return milliseconds(std::llround(3600e3 * count));
}

/// The most frequent step from one time to the next; nothing where there is but one.
using Steps = std::map<milliseconds, std::size_t>;

std::optional<milliseconds> mostFrequent(const Steps& steps) {
    const auto most = std::max_element(steps.begin(), steps.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == steps.end() ? std::nullopt : std::optional(most->first);
}

Steps stepsOf(const StationRows& station) { // rows are in order
    Steps steps;
    for (std::size_t i = 1; i < station.rows.size(); ++i)
        ++steps[station.rows[i].time - station.rows[i - 1].time];
    return steps;
}

/// In order of time; a line that stands twice counts once.
void putInOrder(StationRows& station, const std::vector<fs::path>& files) {
    auto& rows = station.rows;
    std::stable_sort(rows.begin(), rows.end(),
                     [](const GaugeRow& a, const GaugeRow& b) { return a.time < b.time; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (kept > 0 && rows[kept - 1].time == rows[i].time) {
            GaugeRow& before = rows[kept - 1];
            if (std::isnan(before.millimetres))
                before = rows[i];
            else if (!std::isnan(rows[i].millimetres) && rows[i].millimetres != before.millimetres)
                throw Error(text(EMBELLIE_TR("days", "a station has two readings of one time")))
                    .in(files[rows[i].file], station.site.id + " " + timeText(rows[i].time))
                    .found(text(EMBELLIE_TR("days", "{0} mm and {1} mm"), before.millimetres,
                                rows[i].millimetres));
            continue;
        }
        rows[kept++] = rows[i];
    }
    rows.resize(kept);
}

} // namespace

bool meansRain(std::string_view name) {
    static constexpr std::array<std::string_view, 22> known{"rain",
                                                            "rain_mm",
                                                            "rainfall",
                                                            "rainfall_mm",
                                                            "rainfall_amount",
                                                            "rain_amount",
                                                            "precipitation",
                                                            "precipitations",
                                                            "precipitation_mm",
                                                            "precip",
                                                            "precip_mm",
                                                            "prcp",
                                                            "precipitation_amount",
                                                            "pluie",
                                                            "pluie_mm",
                                                            "cumul",
                                                            "rr",
                                                            "rr1",
                                                            "rr_mm",
                                                            "rrr",
                                                            "rr6min",
                                                            "hauteur_pluie"};
    return isOneOf(name, known);
}

bool meansStation(std::string_view name) {
    static constexpr std::array<std::string_view, 12> known{"station",   "station_id", "stationid", "id",
                                                            "num_poste", "numer_sta",  "poste",     "gauge",
                                                            "gauge_id",  "id_station", "code",      "site"};
    return isOneOf(name, known);
}

bool meansLatitude(std::string_view name) {
    static constexpr std::array<std::string_view, 3> known{"latitude", "lat", "latitude_deg"};
    return isOneOf(name, known);
}

bool meansLongitude(std::string_view name) {
    static constexpr std::array<std::string_view, 5> known{"longitude", "lon", "long", "lng",
                                                           "longitude_deg"};
    return isOneOf(name, known);
}

bool meansHeight(std::string_view name) {
    static constexpr std::array<std::string_view, 8> known{
        "height", "height_m", "altitude", "altitude_m", "elevation", "elevation_m", "alti", "alt"};
    return isOneOf(name, known);
}

ColumnName columnName(std::string_view title) {
    ColumnName column;
    const std::size_t open = title.find_first_of("([");
    if (open != std::string_view::npos) {
        const std::size_t close = title.find_first_of(")]", open);
        column.unit = title.substr(open + 1, close == std::string_view::npos ? close : close - open - 1);
        title = title.substr(0, open);
    }
    for (std::size_t i = 0; i < title.size(); ++i) {
        const auto letter = static_cast<unsigned char>(title[i]);
        const auto next = static_cast<unsigned char>(i + 1 < title.size() ? title[i + 1] : 0);
        if (letter == 0xC3 &&
            ((next >= 0xA8 && next <= 0xAA) || (next >= 0x88 && next <= 0x8A))) { // é è ê É È Ê
            column.name += 'e';
            ++i;
        } else if (letter == ' ' || letter == '-') {
            column.name += '_';
        } else {
            column.name += static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter + 32 : letter);
        }
    }
    const std::size_t first = column.name.find_first_not_of("_\t"),
                      last = column.name.find_last_not_of("_\t");
    column.name = first == std::string::npos ? std::string() : column.name.substr(first, last - first + 1);
    return column;
}

double millimetresPerUnit(std::string_view unit) {
    if (unit.empty() || unit == "mm" || unit == "kg m-2" || unit == "kg/m2" || unit == "kg m^-2" ||
        unit == "l/m2" || unit == "l/m²" || unit == "millimeter" || unit == "millimetre")
        return 1;
    return unit == "cm" ? 10 : unit == "m" ? 1000 : 0;
}

void demandPlace(const Site& site, const fs::path& file, const std::string& where) {
    if (!(std::abs(site.latitude) <= 90) || !(std::abs(site.longitude) <= 360))
        throw Error(text(EMBELLIE_TR("days", "a station is at no place on Earth")))
            .in(file, where)
            .expected(text(EMBELLIE_TR("days", "latitude and longitude in degrees")))
            .found(text(EMBELLIE_TR("days", "{0}, {1}"), site.latitude, site.longitude));
}

std::vector<Gauge> readGauges(const std::vector<fs::path>& files, const Settings& settings,
                              Feedback& feedback) {
    std::map<std::pair<std::string, std::pair<double, double>>, StationRows> stations;
    for (std::uint32_t number = 0; number < files.size(); ++number) {
        const fs::path& file = files[number];
        auto rows =
            NetcdfFile::isNetcdf(file) ? readGaugesNetcdf(file, feedback) : readGaugesCsv(file, feedback);
        for (StationRows& station : rows) {
            for (GaugeRow& row : station.rows)
                row.file = number;
            StationRows& known = stations[{station.site.id, {station.site.latitude, station.site.longitude}}];
            known.site = station.site;
            known.rows.insert(known.rows.end(), station.rows.begin(), station.rows.end());
        }
    }
    Steps allSteps;
    for (auto& [key, station] : stations) {
        putInOrder(station, files);
        for (const auto& [step, count] : stepsOf(station))
            allSteps[step] += count;
    }
    const bool stampsBegin = settings.string("days.stamp") == "begin";
    const milliseconds offset = hours(settings.real("days.utc_offset")),
                       dayBegins = hours(settings.real("days.day_begins"));
    std::vector<Gauge> gauges;
    for (const auto& [key, station] : stations) {
        auto length = mostFrequent(stepsOf(station));
        if (!length)
            length = mostFrequent(allSteps);
        Gauge gauge{station.site, {}};
        for (const GaugeRow& row : station.rows) {
            if (std::isnan(row.millimetres))
                continue;
            GaugeReading reading{row.time - offset, row.time - offset, row.millimetres};
            if (row.isDate) {
                reading.begin = row.time + dayBegins;
                reading.end = reading.begin + std::chrono::hours(24);
            } else if (!length) {
                throw Error(
                    text(EMBELLIE_TR("days", "it can't be known how long the rain of a reading fell")))
                    .in(files.front())
                    .expected(text(EMBELLIE_TR("days", "at least two times of a station")));
            } else {
                (stampsBegin ? reading.end : reading.begin) += stampsBegin ? *length : -*length;
            }
            gauge.readings.push_back(reading);
        }
        gauges.push_back(std::move(gauge));
    }
    return gauges;
}

} // namespace embellie
