#include "gui/draw/locator.h"
#include "gui/draw/plane_mesh.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

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
        for (Blocks* blocks : {&m_small, &m_large}) {
            blocks->rows = (m_rows + blocks->size - 1) / blocks->size;
            blocks->columns = (m_columns + blocks->size - 1) / blocks->size;
            blocks->boxes.resize(blocks->rows * blocks->columns);
        }
        for (std::size_t row = 0; row < m_rows; ++row)
            for (std::size_t column = 0; column < m_columns; ++column)
                if (const Quad quad = quadOf(row, column); isPlaced(row, column, quad))
                    for (Blocks* blocks : {&m_small, &m_large})
                        blocks->boxes[row / blocks->size * blocks->columns + column / blocks->size].add(quad);
    }

    void locate(const Camera2D& camera, const QRect& part, IndexMap& map) const override {
        const auto width = static_cast<std::size_t>(map.size.width());
        for (int y = part.top(); y <= part.bottom(); ++y)
            std::fill_n(map.cells.data() + static_cast<std::size_t>(y) * width + part.left(), part.width(),
                        -1);
        // Row after row, since of cells that overlap the last one is seen.
        const View view{camera, part, map.size};
        std::vector<std::size_t> large, small;
        for (std::size_t outer = 0; outer < m_large.rows; ++outer) {
            large.clear();
            for (std::size_t block = 0; block < m_large.columns; ++block)
                if (view.mayHold(m_large.boxes[outer * m_large.columns + block]))
                    large.push_back(block);
            if (large.empty())
                continue;
            const std::size_t end = std::min((outer + 1) * SmallPerLarge, m_small.rows);
            for (std::size_t inner = outer * SmallPerLarge; inner < end; ++inner) {
                small.clear();
                for (const std::size_t block : large)
                    for (std::size_t each = block * SmallPerLarge;
                         each < std::min((block + 1) * SmallPerLarge, m_small.columns); ++each)
                        if (view.mayHold(m_small.boxes[inner * m_small.columns + each]))
                            small.push_back(each);
                for (std::size_t row = inner * Small; row < std::min((inner + 1) * Small, m_rows); ++row)
                    for (const std::size_t block : small)
                        for (std::size_t column = block * Small;
                             column < std::min((block + 1) * Small, m_columns); ++column)
                            fill(row, column, view, map);
            }
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

    using Quad = std::array<QPointF, 4>;

    /// What the quadrangles of neighbouring cells cover in the plane.
    struct Box {
        double left = std::numeric_limits<double>::infinity(), right = -left, low = left, high = -left;
        void add(const Quad& quad) {
            for (const QPointF& corner : quad) {
                left = std::min(left, corner.x());
                right = std::max(right, corner.x());
                low = std::min(low, corner.y());
                high = std::max(high, corner.y());
            }
        }
    };
    /// The boxes of squares of cells, row by row.
    struct Blocks {
        std::size_t size; ///< cells along a side
        std::size_t rows = 0, columns = 0;
        std::vector<Box> boxes;
    };

    /// Corners in the plane.
    Quad quadOf(std::size_t row, std::size_t column) const {
        const QPointF middle = m_middles[row * m_columns + column];
        const std::size_t corner = row * (m_columns + 1) + column;
        return {beside(m_corners[corner], middle), beside(m_corners[corner + 1], middle),
                beside(m_corners[corner + m_columns + 2], middle),
                beside(m_corners[corner + m_columns + 1], middle)};
    }

    /// Whether the cell has a place in the plane.
    bool isPlaced(std::size_t row, std::size_t column, const Quad& quad) const {
        const auto isFinite = [](QPointF point) {
            return std::isfinite(point.x()) && std::isfinite(point.y());
        };
        return isFinite(m_middles[row * m_columns + column]) &&
               std::all_of(quad.begin(), quad.end(), isFinite);
    }

    /// The pixels that are looked for.
    struct View {
        const Camera2D& camera;
        const QRect part; ///< of the picture
        const QSize size; ///< the picture's
        double perUnitX = 1 / camera.perPixelX, perUnitY = 1 / camera.perPixelY;

        /// False only where the middle of no pixel lies in the box: without divisions and rounding, which is
        /// what most cells of a large swath get.
        bool mayHold(const Box& box) const {
            constexpr double slack = 1e-6; // of a pixel, for a division that is none
            const auto holds = [](double low, double high, int first, int last) {
                const double within = std::max<double>(first - 1, std::min<double>(last, high + slack));
                const int whole = static_cast<int>(within + 1) - 1; // first is no less than 0
                return whole >= first && low - slack <= whole;
            };
            const double middleX = size.width() / 2.0 - 0.5, middleY = size.height() / 2.0 - 0.5;
            return holds(middleX + (box.left - camera.x) * perUnitX,
                         middleX + (box.right - camera.x) * perUnitX, part.left(), part.right()) &&
                   holds(middleY - (box.high - camera.y) * perUnitY,
                         middleY - (box.low - camera.y) * perUnitY, part.top(), part.bottom());
        }
    };

    void fill(std::size_t row, std::size_t column, const View& view, IndexMap& map) const {
        Quad quad = quadOf(row, column);
        Box box;
        box.add(quad);
        if (!view.mayHold(box) || !isPlaced(row, column, quad))
            return;
        for (QPointF& corner : quad)
            corner = view.camera.toPixel(corner, map.size);
        const auto& [a, b, c, d] = quad;
        const auto [left, right] = std::minmax({a.x(), b.x(), c.x(), d.x()});
        const auto [top, bottom] = std::minmax({a.y(), b.y(), c.y(), d.y()});
        const QRect& part = view.part;
        const auto x0 = static_cast<int>(std::max<double>(part.left(), std::ceil(left - 0.5)));
        const auto x1 = static_cast<int>(std::min<double>(part.right(), std::floor(right - 0.5)));
        const auto y0 = static_cast<int>(std::max<double>(part.top(), std::ceil(top - 0.5)));
        const auto y1 = static_cast<int>(std::min<double>(part.bottom(), std::floor(bottom - 0.5)));
        const auto width = static_cast<std::size_t>(map.size.width());
        for (int y = y0; y <= y1; ++y)
            for (int x = x0; x <= x1; ++x)
                if (holds(a, b, c, x + 0.5, y + 0.5) || holds(a, c, d, x + 0.5, y + 0.5))
                    map.cells[static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x)] =
                        static_cast<std::int32_t>(row * m_columns + column);
    }

    static constexpr std::size_t Small = 4, SmallPerLarge = 8;
    std::size_t m_rows = 0, m_columns = 0;
    std::vector<QPointF> m_corners, m_middles; ///< in the plane
    Blocks m_small{Small, 0, 0, {}}, m_large{Small * SmallPerLarge, 0, 0, {}};
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
