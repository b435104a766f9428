#pragma once

#include "core/method/echo_grid.h"

namespace embellie {

/// Root of the mean squared difference to the neighbours (3 × 3) that have a value: the texture of Gourley,
/// Tabary and Parent du Chatelet, A fuzzy logic algorithm for the separation of precipitating from
/// nonprecipitating echoes using polarimetric radar observations, J. Atmos. Oceanic Technol. 24, 2007.
/// @p values by ray and gate of the grid, NaN where there is none; with @p period > 0 they are circular. NaN
/// where the cell or all its neighbours have no value.
std::vector<float> texture(const EchoGrid& grid, const std::vector<float>& values, float period = 0);

/// Reflectivity along the rays, over a window of rays and gates (odd): Hubbert, Dixon and Ellis, Weather
/// radar ground clutter, part II: real-time identification and filtering, J. Atmos. Oceanic Technol. 26,
/// 2009.
struct AlongRay {
    std::vector<float> tdbz; ///< mean squared difference of neighbouring gates, dB²
    std::vector<float> spin; ///< per cent of gates where the sign of the difference changes, by over 6.5 dB
};
/// NaN where no two neighbouring gates of the window have an echo.
AlongRay alongRay(const EchoGrid& grid, int windowRays, int windowGates);

} // namespace embellie
