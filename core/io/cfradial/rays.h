#pragma once

#include "core/base/error.h"
#include "core/io/netcdf.h"
#include "core/io/source.h"

namespace embellie {

// What CfRadial 1 and 2 say of a sweep in the same way.

/// The rays of one sweep, by their centres.
struct CfradialRays {
    std::string mode;                         ///< sweep_mode; may be empty
    std::vector<double> azimuths, elevations; ///< degrees, finite, as many as there are rays
    std::vector<double> seconds;              ///< after 1970-01-01; not finite where unknown
    std::optional<double> fixedAngle;         ///< degrees
    std::optional<double> resolution;         ///< degrees from ray to ray, where they are indexed
};

SweepMode cfradialMode(std::string name, const std::vector<double>& elevations);

/// Sets mode, fixed angle and rays of a sweep that has its gates; the rays may be in any order of time. Its
/// time, from the earliest to the latest ray, is 1970-01-01 where none is known.
SweepInfo setRays(Sweep& sweep, const CfradialRays& rays);

/// Sets first gate, length and number of gates. @throws Error: no gates, no finite and positive length
void setGates(Sweep& sweep, const NetcdfFile& file, const NetcdfVariable& range, std::size_t rays);

/// Azimuths or elevations. @throws Error where one is missing or not a number
std::vector<double> anglesOf(const NetcdfFile& file, const NetcdfVariable& variable, std::size_t rays);

/// The values of a variable of numbers; empty where there is none.
std::vector<double> numbersOf(const NetcdfFile& file, const std::string& name);

/// Lengths in metres: those that say that they are in kilometres are made so.
std::vector<double> metersOf(const NetcdfFile& file, const NetcdfVariable& variable);

/// @throws Error where it is missing or not of numbers
const NetcdfVariable& neededNumbers(const NetcdfFile& file, const std::string& name);

/// Seconds after 1970-01-01 of a time variable; numbers as they are where it has no unit of time.
struct CfradialTimes {
    bool hasUnit = false;
    std::vector<double> seconds;
};
CfradialTimes timesOf(const NetcdfFile& file, const NetcdfVariable& variable);

/// A place that can't be used: "latitude", "longitude" or "altitude".
Error noPlace(const NetcdfFile& file, const std::string& name);

Error unusableGeometry(const NetcdfFile& file, const std::string& name, double found);

/// Its names; no place.
Site namedSite(const NetcdfFile& file);
/// What the tree of open data shows first: the site, the radar, the file's title or its name.
std::string titleOf(const NetcdfFile& file, const Site& site);

} // namespace embellie
