#pragma once

#include "core/map/projection.h"
#include "gui/scene/scene.h"

#include <QRect>

#include <functional>
#include <vector>

namespace embellie {

/// From the plane of a picture into the plane of a geometry.
class PlaneTransfer {
public:
    /// @p westEdge: longitudes in a geographic target are brought into [westEdge, westEdge + 360). @throws
    /// Error
    PlaneTransfer(const std::string& fromCrs, const std::string& toCrs, double westEdge = -180);
    /// Infinite outside of a projection's domain.
    Projection::Point operator()(double x, double y) const;

private:
    Projection m_from, m_to;
    double m_westEdge;
    bool m_wraps;
};

/// Where the middles of the pixels @p part lie in the target plane, row by row: bilinear within the cells of
/// a mesh that is refined until the error is under a quarter of a pixel. Points outside of the domain are
/// infinite.
struct MeshPoints {
    std::vector<float> u, v;
    std::size_t evaluations = 0; ///< how many times the transfer was asked
};
MeshPoints meshPoints(const std::function<Projection::Point(double, double)>& transfer,
                      const Camera2D& camera, QSize pixels, const QRect& part);

} // namespace embellie
