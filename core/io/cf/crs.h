#pragma once

#include "core/io/netcdf.h"

namespace embellie {

/// PROJ text of a CF grid mapping (CF 1.8, appendix F); empty for latitude_longitude. Where the mapping is of
/// no known name its WKT (crs_wkt, spatial_ref) is taken. Nothing where it says neither. @p axisMeters is the
/// length of a unit of the X axis, in which false_easting and false_northing are given.
std::optional<std::string> projOfGridMapping(const NetcdfVariable& mapping, double axisMeters);

} // namespace embellie
