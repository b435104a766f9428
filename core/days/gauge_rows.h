#pragma once

#include "core/base/feedback.h"
#include "core/field/geometry.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

// What the two readers of station files have in common; see readGauges().
namespace embellie {

/// A line of a station file.
struct GaugeRow {
    TimePoint time{};       ///< as it is written
    bool isDate = false;    ///< no clock: the whole day
    float millimetres = 0;  ///< NaN: the reading never arrived
    std::uint32_t file = 0; ///< number of the file it is from
};

/// The lines of one station, in the order of the file.
struct StationRows {
    Site site;
    std::vector<GaugeRow> rows;
};

std::vector<StationRows> readGaugesCsv(const std::filesystem::path& file, Feedback& feedback);
std::vector<StationRows> readGaugesNetcdf(const std::filesystem::path& file, Feedback& feedback);

/// Names by which columns and variables are known, in lower case without accents and unit.
bool meansRain(std::string_view name);
bool meansStation(std::string_view name);
bool meansLatitude(std::string_view name);
bool meansLongitude(std::string_view name);
bool meansHeight(std::string_view name);

/// "Précipitations (mm)": its name in lower case without accents ("precipitations"), and its unit ("mm").
struct ColumnName {
    std::string name, unit;
};
ColumnName columnName(std::string_view title);

/// What a number in that unit is in millimetres; 0 where it is no unit of rain. An empty unit is taken for
/// mm.
double millimetresPerUnit(std::string_view unit);

/// @throws Error unless it is a place on Earth
void demandPlace(const Site& site, const std::filesystem::path& file, const std::string& where);

} // namespace embellie
