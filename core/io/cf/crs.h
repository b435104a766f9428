#pragma once

#include "core/io/netcdf.h"

namespace embellie {

/// A plane in metres, or in degrees.
struct CfCrs {
    std::string text;  ///< PROJ text, WKT or code; empty: latitude and longitude
    double metres = 1; ///< of a unit in which the file gave it: axes that name none are in the same
};

/// Of a CF grid mapping (CF 1.8, appendix F). Where the mapping is of no known name its WKT (crs_wkt,
/// spatial_ref) or PROJ text (proj4, proj4_params) is taken. Nothing where it says neither. @p axisMeters is
/// the length of a unit of the X axis, in which false_easting and false_northing are given.
std::optional<CfCrs> crsOfGridMapping(const NetcdfVariable& mapping, double axisMeters);

/// Of a PROJ text, WKT or code as an attribute has it, whether PROJ knows it or not: "+init=epsg:n", which
/// PROJ takes no more, is EPSG:n.
CfCrs crsOfText(const std::string& written);

/// The mapping says where its axes are, in a way that PROJ knows.
bool isUsable(const NetcdfVariable& mapping);

} // namespace embellie
