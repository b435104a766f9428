#pragma once

#include "core/field/quantity.h"

#include <string>

namespace embellie {

/// ODIM_H5's name of a radar quantity that other families call otherwise (Py-ART's "reflectivity", GAMIC's
/// "ZH"), if its unit is that of ODIM's; its own name where none is known.
std::string odimNameOf(const Quantity& quantity);

/// The unit of a quantity in the ODIM_H5 files that we write; empty where the format does not know it.
std::string writtenOdimUnit(const std::string& quantity);

/// Two texts of one unit, in whatever words: "m/s" and "meters_per_second"; no unit is "1".
bool isSameUnit(const std::string& some, const std::string& other);

/// @p quantity with what CfRadial 1.4 (section 6, proposed standard names) calls it, where the input says
/// nothing: standard_name and long_name.
Quantity withCfRadialNames(Quantity quantity);

} // namespace embellie
