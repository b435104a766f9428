#pragma once

#include "core/base/feedback.h"
#include "core/field/geometry.h"
#include "core/settings/settings.h"

#include <filesystem>
#include <vector>

namespace embellie {

/// Rain that fell at a station in an interval.
struct GaugeReading {
    TimePoint begin{}, end{}; ///< UTC
    float millimetres = 0;
};

/// A rain gauge and what it said.
struct Gauge {
    Site site;
    std::vector<GaugeReading> readings; ///< by their ends; those that never arrived are not among them
};

/// Reads station files: CSV (columns found by their names, see docs/rain-gauges.md) and netCDF with station
/// and time as dimensions. A station that occurs in several files is one gauge. Its most frequent step from
/// one reading to the next is their length; a date without a clock is a whole day.
/// @param settings of daySettings(): days.stamp, days.utc_offset, days.day_begins
/// @throws Error with file, line, what was expected and found, where anything is not understood; Cancelled
std::vector<Gauge> readGauges(const std::vector<std::filesystem::path>& files, const Settings& settings,
                              Feedback& feedback);

} // namespace embellie
