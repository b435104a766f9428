#pragma once

#include "core/base/time.h"

namespace embellie {

/// Temperature in °C to be expected at the ground by latitude (degrees) and date, zonal means over land and
/// sea: 14.9 - 28.0 P2(sin latitude) and a yearly wave of 15.5 sin latitude, coldest 30 days after the
/// solstice of winter (form and numbers: North and Coakley, J. Atmos. Sci. 36, 1979). Western Europe is some
/// 7 °C milder.
double expectedTemperature(double latitude, TimePoint time);

} // namespace embellie
