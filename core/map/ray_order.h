#pragma once

#include "core/field/geometry.h"

#include <vector>

namespace embellie {

/// Indices of a sweep's rays in the order of their azimuths; those of an RHI in the order of their
/// elevations.
std::vector<std::size_t> raysByAzimuth(const Sweep& sweep);

/// The same, with NoRay for each ray that is missing where more than a few are (a gap of more than three
/// usual spacings; rays that all but coincide have none): the rays of a sector are not neighbours over its
/// gap. An RHI, and a sweep of fewer than LeastCircle rays, has none.
std::vector<std::size_t> wholeCircle(const Sweep& sweep);
inline constexpr std::size_t NoRay = static_cast<std::size_t>(-1);
inline constexpr std::size_t LeastCircle = 8;

} // namespace embellie
