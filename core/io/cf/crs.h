#pragma once

#include "core/io/netcdf.h"

namespace embellie {

/// PROJ text of a CF grid mapping (CF 1.8, appendix F); empty for latitude_longitude. Where the mapping is of
/// no known name its WKT (crs_wkt, spatial_ref) or PROJ text (proj4, proj4_params) is taken. Nothing where it
/// says neither. @p axisMeters is the length of a unit of the X axis, in which false_easting and
/// false_northing are given.
std::optional<std::string> projOfGridMapping(const NetcdfVariable& mapping, double axisMeters);

/// The same of a PROJ text, WKT or code as an attribute has it: "+init=epsg:n", which PROJ takes no more, is
/// EPSG:n.
std::string projOfText(const std::string& written);

/// The mapping says where its axes are, in a way that PROJ knows.
bool isUsable(const NetcdfVariable& mapping);

} // namespace embellie
