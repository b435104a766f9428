#pragma once

#include "gui/scene/scene.h"

#include <QPainter>

#include <memory>
#include <optional>
#include <vector>

namespace embellie {

/// What overlays need to know of the picture under them: all lengths in logical pixels.
struct OverlayGround {
    Camera2D camera;
    QSize size;
    const Theme& theme;
};

/// Text with an outline in the ground's colour, so that it is read over any field. @p centre in pixels.
void paintLabel(QPainter& painter, const Theme& theme, QPointF centre, const QString& text);

/// Rings about the origin of a site's plane and lines of azimuth. @p kilometres between rings; 0: by the
/// zoom, negative: no rings. Nothing is painted beyond @p reachKilometres, the radar's range.
void paintRings(QPainter& painter, const OverlayGround& ground, double kilometres, bool azimuthLines,
                double reachKilometres);
/// 1, 2 or 5 times a power of ten, so that rings lie at least 48 pixels apart.
double ringStepKilometres(double metersPerPixel);

/// Axes of a plane of distance (or time) and height.
void paintAxes(QPainter& painter, const OverlayGround& ground, const Plane& plane);

/// An open cross, outlined.
void paintCross(QPainter& painter, const Theme& theme, QPointF at);
inline constexpr int CrossReach = 14;

/// Meridians and parallels over a projected plane; keeps the lines until the camera changes.
class Graticule {
public:
    void paint(QPainter& painter, const OverlayGround& ground, const Plane& plane);

private:
    struct Line {
        std::vector<QPolygonF> parts;
        QPointF labelAt;
        QString label;
    };
    void compute(const OverlayGround& ground);
    std::optional<double> middleLongitude(const OverlayGround& ground) const;
    /// In the plane of the camera: of longitudes, turned poles included, the turn that is nearest to its
    /// middle.
    Projection::Point pointOf(const OverlayGround& ground, const GeoPoint& place) const;
    /// Nothing where the projection has no such place.
    std::optional<QPointF> pixelOf(const OverlayGround& ground, const GeoPoint& place) const;
    Line follow(const OverlayGround& ground, bool meridian, double degrees, double from, double to,
                int decimals) const;

    std::shared_ptr<Projection> m_projection;
    bool m_isPlain = true; ///< x and y are longitude and latitude
    Plane m_plane;
    Camera2D m_camera;
    QSize m_size;
    std::vector<Line> m_lines;
    std::optional<QPointF> m_pole; ///< in the picture
};

} // namespace embellie
