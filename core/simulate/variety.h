#pragma once

#include "core/settings/settings.h"

namespace embellie {

/// Where "sim.variety" is on: the settings with another radar, site and weather drawn by the seed in place of
/// every one of those below that is still at its default; what somebody chose stays. Each is drawn from its
/// own place of the random stream, so that choosing one leaves the others as they were. Else the settings as
/// they are.
///
/// Radar: gate length 250, 300, 500, 600, 960, 1000, 1500 or 2000 m; range uniform in 100 to 260 km, at most
/// 1000 gates; beam width 0.8 to 1.3 degrees; elevations from uniform 0 to 0.8 degrees up; step 0.01, 0.4,
/// 0.5 or 1 dB; noise at 1 km uniform in -54 to -34 dBZ; detection uniform in -4 to 5 dB; share of the noise
/// left normal, 0.06 wide; pulses log-uniform in 8 to 64; offset normal, 2 dB wide; side lobes uniform in -62
/// to -42 dB; despeckling in half of the radars; a clutter filter of uniform 15 to 45 dB in half, in six of
/// ten of these with a limit of uniform 8 to 30 dB; no echo below an SQI of uniform 0.1 to 0.6 in half of
/// all, no velocity below one of uniform 0 to 0.6; Nyquist velocity of 7.5, 8.3, 13, 16, 24, 32 or 48 m/s;
/// wavelength 3.2, 5.3 or 10.5 cm (C band in seven of ten).
/// Site: height log-uniform in 20 to 1000 m (a coastal one to 250 m); relief log-uniform in 40 to 450 m;
/// ground normal about 54 dBZ, 5 wide; mountains 1 and more (Poisson) in half of the sites; a coast in a
/// third, uniform in 1 to 60 km; sea state uniform in 1 to 6; obstacles Poisson 2; a blanked sector in a
/// tenth; wind parks Poisson 5; spokes exponential with mean 3; speckle log-uniform in 1e-5 to 0.01; bending
/// 4/3 in three of four, else log-uniform in 4/3 to 8.
/// Weather: rain cover uniform in 0.05 to 0.6, rate log-normal about 1 mm/h, showers exponential with mean
/// 12, a band in half of them; wind 3 to 25 m/s from anywhere; melting height 500 to 4200 m; clear air normal
/// about -3 dBZ, 7 wide, none in a quarter, log-uniform 250 to 2000 m deep.
/// @throws Error as Settings::set does
Settings variedSettings(const Settings& settings);

} // namespace embellie
