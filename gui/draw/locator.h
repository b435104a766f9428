#pragma once

#include "gui/scene/scene.h"

#include <QRect>

#include <memory>

namespace embellie {

/// Finds the cell under each pixel, for one geometry in one plane.
class Locator {
public:
    virtual ~Locator() = default;
    /// Fills the pixels @p part of @p map; -1 where no cell is.
    virtual void locate(const Camera2D& camera, const QRect& part, IndexMap& map) const = 0;
};

/// Cells are nearest: a gate from half a gate before its centre to half a gate behind, a grid's cell between
/// its bounds, a curvilinear grid's cell between the middles towards its neighbours. A sweep counts as one
/// cone: the middle one of its rays' elevations. Of a grid with more axes than X and Y the first slice is
/// drawn.
/// @return null where the field has no picture in that plane @throws Error where PROJ does not know a
/// projection
std::unique_ptr<Locator> makeLocator(const Field& field, const Plane& plane);

/// For drawing a PPI in its own plane: distance along the ground of the @p gates + 1 ends of its gates,
/// metres.
std::vector<double> groundEdges(const Sweep& sweep);
/// Which ray stands where on the turn, clockwise from north (an RHI: upwards from the horizon); gaps are left
/// out.
struct RaySegment {
    double from = 0, to = 0; ///< turns, 0 <= from < to <= 1
    std::size_t ray = 0;
};
std::vector<RaySegment> raySegments(const Sweep& sweep);
/// The middle one of the rays' elevations, degrees.
double coneElevation(const Sweep& sweep);

namespace detail {
std::unique_ptr<Locator> makeSweepLocator(const Sweep& sweep, const Plane& plane);
std::unique_ptr<Locator> makeGridLocator(const Grid& grid, const Plane& plane);
std::unique_ptr<Locator> makeQuadLocator(const Grid& grid, const Plane& plane);
} // namespace detail

} // namespace embellie
