#include "gui/draw/plane_mesh.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace embellie {

namespace {

constexpr int FirstBlock = 64; ///< pixels
constexpr int ExactBlock = 4;  ///< from here on every pixel is asked
/// Pixels; the error is measured at five points of a cell, so leave room to a quarter for those between.
constexpr double AllowedError = 0.2;

using Point = Projection::Point;
using Transfer = std::function<Point(double, double)>;

bool isFinite(const Point& point) {
    return std::isfinite(point.x) && std::isfinite(point.y);
}

Point mix(const Point& a, const Point& b, double share) {
    return {a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
}

class Mesh {
public:
    Mesh(const Transfer& transfer, const Camera2D& camera, QSize pixels, const QRect& part, MeshPoints& out)
        : m_transfer(transfer), m_camera(camera), m_pixels(pixels), m_part(part), m_out(out) {}

    /// Pixel middles x0..x1, y0..y1, both inclusive; corners nw, ne, sw, se.
    void block(int x0, int y0, int x1, int y1, const Point& nw, const Point& ne, const Point& sw,
               const Point& se) {
        if (x1 - x0 < ExactBlock && y1 - y0 < ExactBlock)
            return exact(x0, y0, x1, y1);
        const int xm = (x0 + x1) / 2, ym = (y0 + y1) / 2;
        const Point n = at(xm, y0), s = at(xm, y1), w = at(x0, ym), e = at(x1, ym), m = at(xm, ym);
        if (isFlat(x0, y0, x1, y1, nw, ne, sw, se, {n, s, w, e, m}))
            return fill(x0, y0, x1, y1, nw, ne, sw, se);
        block(x0, y0, xm, ym, nw, n, w, m);
        if (x1 > xm)
            block(xm, y0, x1, ym, n, ne, m, e);
        if (y1 > ym)
            block(x0, ym, xm, y1, w, m, sw, s);
        if (x1 > xm && y1 > ym)
            block(xm, ym, x1, y1, m, e, s, se);
    }

    Point at(int x, int y) {
        ++m_out.evaluations;
        const QPointF place = m_camera.toPlane(QPointF(x + 0.5, y + 0.5), m_pixels);
        return m_transfer(place.x(), place.y());
    }

private:
    bool isFlat(int x0, int y0, int x1, int y1, const Point& nw, const Point& ne, const Point& sw,
                const Point& se, const std::array<Point, 5>& known) const {
        if (!isFinite(nw) || !isFinite(ne) || !isFinite(sw) || !isFinite(se))
            return false;
        const int xm = (x0 + x1) / 2, ym = (y0 + y1) / 2;
        const double across = x1 > x0 ? double(xm - x0) / (x1 - x0) : 0,
                     down = y1 > y0 ? double(ym - y0) / (y1 - y0) : 0;
        const std::array<Point, 5> guessed = {mix(nw, ne, across), mix(sw, se, across), mix(nw, sw, down),
                                              mix(ne, se, down),
                                              mix(mix(nw, ne, across), mix(sw, se, across), down)};
        const double pixel = std::hypot(se.x - nw.x, se.y - nw.y) / std::hypot(x1 - x0, y1 - y0);
        for (std::size_t i = 0; i < known.size(); ++i)
            if (!(std::hypot(known[i].x - guessed[i].x, known[i].y - guessed[i].y) <= AllowedError * pixel))
                return false;
        return true;
    }

    void set(int x, int y, const Point& point) {
        const auto index =
            static_cast<std::size_t>(y - m_part.top()) * static_cast<std::size_t>(m_part.width()) +
            static_cast<std::size_t>(x - m_part.left());
        m_out.u[index] = static_cast<float>(point.x);
        m_out.v[index] = static_cast<float>(point.y);
    }

    void fill(int x0, int y0, int x1, int y1, const Point& nw, const Point& ne, const Point& sw,
              const Point& se) {
        for (int y = y0; y <= y1; ++y) {
            const double down = y1 > y0 ? double(y - y0) / (y1 - y0) : 0;
            const Point left = mix(nw, sw, down), right = mix(ne, se, down);
            for (int x = x0; x <= x1; ++x)
                set(x, y, mix(left, right, x1 > x0 ? double(x - x0) / (x1 - x0) : 0));
        }
    }

    void exact(int x0, int y0, int x1, int y1) {
        for (int y = y0; y <= y1; ++y)
            for (int x = x0; x <= x1; ++x)
                set(x, y, at(x, y));
    }

    const Transfer& m_transfer;
    const Camera2D& m_camera;
    QSize m_pixels;
    QRect m_part;
    MeshPoints& m_out;
};

} // namespace

PlaneTransfer::PlaneTransfer(const std::string& fromCrs, const std::string& toCrs, double westEdge)
    : m_from(fromCrs), m_to(toCrs), m_westEdge(westEdge), m_wraps(m_to.isGeographic()) {}

Point PlaneTransfer::operator()(double x, double y) const {
    Point point = m_to.forward(m_from.inverse({x, y}));
    if (m_wraps && std::isfinite(point.x))
        point.x -= 360 * std::floor((point.x - m_westEdge) / 360);
    return point;
}

MeshPoints meshPoints(const Transfer& transfer, const Camera2D& camera, QSize pixels, const QRect& part) {
    MeshPoints points;
    const auto count = static_cast<std::size_t>(part.width()) * static_cast<std::size_t>(part.height());
    points.u.assign(count, std::numeric_limits<float>::infinity());
    points.v.assign(count, std::numeric_limits<float>::infinity());
    Mesh mesh(transfer, camera, pixels, part, points);
    for (int y = part.top(); y <= part.bottom(); y += FirstBlock)
        for (int x = part.left(); x <= part.right(); x += FirstBlock) {
            const int x1 = std::min(x + FirstBlock - 1, part.right()),
                      y1 = std::min(y + FirstBlock - 1, part.bottom());
            mesh.block(x, y, x1, y1, mesh.at(x, y), mesh.at(x1, y), mesh.at(x, y1), mesh.at(x1, y1));
        }
    return points;
}

} // namespace embellie
