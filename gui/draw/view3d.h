#pragma once

#include "gui/scene/scene.h"

#include <array>

namespace embellie {

/// A point in the 3-D picture: kilometres east and north of the site, and up (already exaggerated).
struct Point3D {
    double x = 0, y = 0, z = 0;
};

/// What a volume spans, kilometres.
struct Span3D {
    double reach = 0; ///< along the ground
    double top = 0;   ///< above sea level, not exaggerated
};
Span3D spanOf(const Scene3D& scene);

/// The eye of a 3-D scene: perspective with a vertical view angle of 30 degrees, its distance fitted where
/// the camera says 0.
class View3D {
public:
    static constexpr double ViewAngle = 30; ///< degrees
    View3D(const Scene3D& scene, const Span3D& span);

    /// In pixels from the upper left corner.
    QPointF toPixel(const Point3D& point) const;
    const Point3D& eye() const { return m_eye; }
    const Point3D& target() const { return m_target; }
    double distance() const { return m_distance; } ///< kilometres

private:
    void place(double distance);
    QSize m_pixels;
    Point3D m_eye, m_target;
    double m_distance = 0;
    std::array<Point3D, 3> m_axes{}; ///< right, up, towards the scene
    double m_azimuth, m_elevation;
};

/// Lines on the ground and the scale of height, with their labels: what stands round the cones.
struct Surroundings {
    struct Line {
        std::vector<Point3D> points;
        bool strong = false;
    };
    struct Label {
        Point3D point;
        QString text;
        Qt::Alignment alignment; ///< of the text about the point
    };
    std::array<Point3D, 4> ground; ///< corners of the square
    std::vector<Line> lines;
    std::vector<Label> labels;
};
Surroundings surroundingsOf(const Scene3D& scene, const Span3D& span, const View3D& view);

} // namespace embellie
