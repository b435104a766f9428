#pragma once

#include "core/map/radar.h"

#include <memory>
#include <string>

namespace embellie {

/// A projected plane by PROJ, WGS84 underneath. Not shared between threads: each makes its own.
/// The CRS of axes in metres of which nothing says where on the Earth they lie (large-eddy simulations, say):
/// no place belongs to a point of it.
inline constexpr const char* UnplacedPlane = "unplaced";

class Projection {
public:
    /// @p crs is a PROJ text, WKT or "EPSG:n", or UnplacedPlane; empty: plate carrée, x = longitude, y =
    /// latitude in degrees.
    /// @throws Error where PROJ does not know it
    explicit Projection(const std::string& crs);
    ~Projection();
    Projection(Projection&&) noexcept;
    Projection& operator=(Projection&&) noexcept;

    struct Point {
        double x = 0, y = 0; ///< metres (degrees for plate carrée); infinite outside the projection's domain
    };
    Point forward(const GeoPoint& place) const;
    GeoPoint inverse(const Point& point) const; ///< infinite coordinates outside the domain
    bool isGeographic() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Azimuthal equidistant plane about a site (PROJ text), in which a PPI is drawn: x east, y north, metres.
std::string sitePlane(const GeoPoint& site);

} // namespace embellie
