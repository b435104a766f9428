#include "gui/draw/locator.h"
#include "gui/draw/plane_mesh.h"

#include <algorithm>
#include <cmath>

namespace embellie {

namespace {

/// The cell of an axis by its bounds, ascending or descending.
class AxisLookup {
public:
    explicit AxisLookup(const Axis& axis) : m_bounds(axis.bounds) {
        if (m_bounds.size() >= 2 && m_bounds.front() > m_bounds.back()) {
            std::reverse(m_bounds.begin(), m_bounds.end());
            m_reversed = true;
        }
        m_perUnit = m_bounds.size() >= 2
                        ? static_cast<double>(m_bounds.size() - 1) / (m_bounds.back() - m_bounds.front())
                        : 0;
    }

    std::int32_t find(double value) const {
        if (m_bounds.size() < 2 || !(value >= m_bounds.front() && value < m_bounds.back()))
            return -1;
        // Right at once on regular axes; elsewhere the search starts from there.
        auto cell =
            std::min(static_cast<std::size_t>((value - m_bounds.front()) * m_perUnit), m_bounds.size() - 2);
        if (value < m_bounds[cell] || value >= m_bounds[cell + 1]) {
            const auto after = std::upper_bound(m_bounds.begin(), m_bounds.end(), value);
            cell = static_cast<std::size_t>(after - m_bounds.begin()) - 1;
        }
        const std::size_t last = m_bounds.size() - 2;
        return static_cast<std::int32_t>(m_reversed ? last - cell : cell);
    }
    double first() const { return m_bounds.empty() ? 0 : m_bounds.front(); }

private:
    std::vector<double> m_bounds;
    double m_perUnit = 0;
    bool m_reversed = false;
};

class GridLocator : public Locator {
public:
    GridLocator(const Axis& x, const Axis& y, const std::string& crs, const Plane& plane)
        : m_x(x), m_y(y), m_columns(static_cast<std::int32_t>(x.size())) {
        if (plane.crs != crs)
            m_transfer = std::make_unique<PlaneTransfer>(plane.crs, crs, m_x.first());
    }

    void locate(const Camera2D& camera, const QRect& part, IndexMap& map) const override {
        const auto width = static_cast<std::size_t>(part.width());
        MeshPoints points;
        std::vector<std::int32_t> columns(width);
        if (m_transfer)
            points = meshPoints(std::cref(*m_transfer), camera, map.size, part);
        else
            for (std::size_t i = 0; i < width; ++i)
                columns[i] =
                    m_x.find(camera.toPlane(QPointF(part.left() + double(i) + 0.5, 0), map.size).x());
        for (int y = part.top(); y <= part.bottom(); ++y) {
            std::int32_t* cells = map.cells.data() +
                                  static_cast<std::size_t>(y) * static_cast<std::size_t>(map.size.width()) +
                                  part.left();
            if (m_transfer) {
                const std::size_t row = static_cast<std::size_t>(y - part.top()) * width;
                for (std::size_t i = 0; i < width; ++i) {
                    const std::int32_t column = m_x.find(points.u[row + i]),
                                       line = m_y.find(points.v[row + i]);
                    cells[i] = column < 0 || line < 0 ? -1 : line * m_columns + column;
                }
                continue;
            }
            const std::int32_t line = m_y.find(camera.toPlane(QPointF(0, y + 0.5), map.size).y());
            if (line < 0) {
                std::fill(cells, cells + width, -1);
                continue;
            }
            const std::int32_t start = line * m_columns;
            for (std::size_t i = 0; i < width; ++i)
                cells[i] = columns[i] < 0 ? -1 : start + columns[i];
        }
    }

private:
    AxisLookup m_x, m_y;
    std::int32_t m_columns;
    std::unique_ptr<PlaneTransfer> m_transfer;
};

/// Fills the quadrangles of a curvilinear grid: their corners lie amid four centres.
class QuadLocator : public Locator {
public:
    QuadLocator(const Grid& grid, const Plane& plane) {
        const Axis *x = grid.axis(AxisRole::X), *y = grid.axis(AxisRole::Y);
        const std::size_t axes = grid.axes.size();
        m_columns = x ? x->size() : grid.axes[axes - 1].size();
        m_rows = y ? y->size() : grid.axes[axes - 2].size();
        const Projection projection(plane.crs);
        m_wraps = projection.isGeographic();
        std::vector<QPointF> centres(m_rows * m_columns);
        for (std::size_t i = 0; i < centres.size(); ++i) {
            const double longitude = std::remainder(grid.longitudes[i], 360.0);
            const Projection::Point point = projection.forward({grid.latitudes[i], longitude});
            centres[i] = {point.x, point.y};
        }
        m_corners.resize((m_rows + 1) * (m_columns + 1));
        for (std::size_t row = 0; row <= m_rows; ++row)
            for (std::size_t column = 0; column <= m_columns; ++column)
                m_corners[row * (m_columns + 1) + column] = cornerOf(centres, row, column);
        m_middles = std::move(centres);
    }

    void locate(const Camera2D& camera, const QRect& part, IndexMap& map) const override {
        const auto width = static_cast<std::size_t>(map.size.width());
        for (int y = part.top(); y <= part.bottom(); ++y)
            std::fill_n(map.cells.data() + static_cast<std::size_t>(y) * width + part.left(), part.width(),
                        -1);
        for (std::size_t row = 0; row < m_rows; ++row)
            for (std::size_t column = 0; column < m_columns; ++column) {
                const QPointF middle = m_middles[row * m_columns + column];
                if (!std::isfinite(middle.x()) || !std::isfinite(middle.y()))
                    continue;
                QPointF quad[4];
                const std::size_t corner = row * (m_columns + 1) + column;
                const std::size_t corners[4] = {corner, corner + 1, corner + m_columns + 2,
                                                corner + m_columns + 1};
                bool whole = true;
                for (int i = 0; i < 4; ++i) {
                    const QPointF place = beside(m_corners[corners[i]], middle);
                    whole = whole && std::isfinite(place.x()) && std::isfinite(place.y());
                    quad[i] = camera.toPixel(place, map.size);
                }
                if (whole)
                    fill(quad, part, static_cast<std::int32_t>(row * m_columns + column), map);
            }
    }

private:
    QPointF beside(QPointF point, QPointF reference) const {
        return m_wraps ? QPointF(reference.x() + std::remainder(point.x() - reference.x(), 360.0), point.y())
                       : point;
    }

    /// A centre beyond the rim is the mirror image of the one within; of a single row or column, which has
    /// none, it lies as far aside as the next one along it.
    QPointF centre(const std::vector<QPointF>& centres, std::ptrdiff_t row, std::ptrdiff_t column) const {
        const auto rows = static_cast<std::ptrdiff_t>(m_rows),
                   columns = static_cast<std::ptrdiff_t>(m_columns);
        const std::ptrdiff_t r = std::clamp<std::ptrdiff_t>(row, 0, rows - 1);
        const std::ptrdiff_t c = std::clamp<std::ptrdiff_t>(column, 0, columns - 1);
        const QPointF known = centres[static_cast<std::size_t>(r * columns + c)];
        if (r == row && c == column)
            return known;
        if (rows == 1 && columns > 1 && r != row)
            return aside(centre(centres, 0, column), centre(centres, 0, column + 1), row);
        if (columns == 1 && rows > 1 && c != column)
            return aside(centre(centres, row, 0), centre(centres, row + 1, 0), -column);
        const std::ptrdiff_t r2 = std::clamp<std::ptrdiff_t>(2 * r - row, 0, rows - 1);
        const std::ptrdiff_t c2 = std::clamp<std::ptrdiff_t>(2 * c - column, 0, columns - 1);
        return 2 * known - beside(centres[static_cast<std::size_t>(r2 * columns + c2)], known);
    }

    /// @p to turned about @p from by a right angle, @p turns times.
    QPointF aside(QPointF from, QPointF to, std::ptrdiff_t turns) const {
        const QPointF along = (beside(to, from) - from) * static_cast<double>(turns);
        return from + QPointF(-along.y(), along.x());
    }

    QPointF cornerOf(const std::vector<QPointF>& centres, std::size_t row, std::size_t column) const {
        QPointF sum, first;
        int count = 0;
        for (std::ptrdiff_t dr : {-1, 0})
            for (std::ptrdiff_t dc : {-1, 0}) {
                QPointF point = centre(centres, static_cast<std::ptrdiff_t>(row) + dr,
                                       static_cast<std::ptrdiff_t>(column) + dc);
                if (!std::isfinite(point.x()) || !std::isfinite(point.y()))
                    continue;
                if (count == 0)
                    first = point;
                sum += beside(point, first);
                ++count;
            }
        const double none = std::numeric_limits<double>::quiet_NaN();
        return count ? sum / count : QPointF(none, none);
    }

    static double side(QPointF a, QPointF b, double x, double y) {
        return (b.x() - a.x()) * (y - a.y()) - (b.y() - a.y()) * (x - a.x());
    }

    static bool holds(QPointF a, QPointF b, QPointF c, double x, double y) {
        const double ab = side(a, b, x, y), bc = side(b, c, x, y), ca = side(c, a, x, y);
        return (ab >= 0 && bc >= 0 && ca >= 0) || (ab <= 0 && bc <= 0 && ca <= 0);
    }

    static void fill(const QPointF (&quad)[4], const QRect& part, std::int32_t cell, IndexMap& map) {
        const auto [left, right] = std::minmax({quad[0].x(), quad[1].x(), quad[2].x(), quad[3].x()});
        const auto [top, bottom] = std::minmax({quad[0].y(), quad[1].y(), quad[2].y(), quad[3].y()});
        if (right < part.left() || left > part.right() + 1 || bottom < part.top() || top > part.bottom() + 1)
            return;
        const int x0 = std::max(part.left(), static_cast<int>(std::ceil(left - 0.5)));
        const int x1 = std::min(part.right(), static_cast<int>(std::floor(right - 0.5)));
        const int y0 = std::max(part.top(), static_cast<int>(std::ceil(top - 0.5)));
        const int y1 = std::min(part.bottom(), static_cast<int>(std::floor(bottom - 0.5)));
        for (int y = y0; y <= y1; ++y)
            for (int x = x0; x <= x1; ++x)
                if (holds(quad[0], quad[1], quad[2], x + 0.5, y + 0.5) ||
                    holds(quad[0], quad[2], quad[3], x + 0.5, y + 0.5))
                    map.cells[static_cast<std::size_t>(y) * static_cast<std::size_t>(map.size.width()) +
                              static_cast<std::size_t>(x)] = cell;
    }

    std::size_t m_rows = 0, m_columns = 0;
    std::vector<QPointF> m_corners, m_middles; ///< in the plane
    bool m_wraps = false;
};

} // namespace

std::unique_ptr<Locator> detail::makeGridLocator(const Grid& grid, const Plane& plane) {
    const Axis *x = grid.axis(AxisRole::X), *y = grid.axis(AxisRole::Y);
    if (plane.kind != Plane::Kind::Map || !x || !y || x->size() == 0 || y->size() == 0)
        return nullptr;
    return std::make_unique<GridLocator>(*x, *y, grid.crs, plane);
}

std::unique_ptr<Locator> detail::makeQuadLocator(const Grid& grid, const Plane& plane) {
    if (plane.kind != Plane::Kind::Map || grid.axes.size() < 2)
        return nullptr;
    return std::make_unique<QuadLocator>(grid, plane);
}

std::unique_ptr<Locator> makeLocator(const Field& field, const Plane& plane) {
    if (field.size() == 0)
        return nullptr;
    if (const Sweep* sweep = field.sweep())
        return detail::makeSweepLocator(*sweep, plane);
    if (const Grid* grid = field.grid())
        return grid->isCurvilinear() ? detail::makeQuadLocator(*grid, plane)
                                     : detail::makeGridLocator(*grid, plane);
    return nullptr;
}

} // namespace embellie
