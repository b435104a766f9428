#include "gui/draw/view3d.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace embellie {

namespace {

constexpr double RadiansPerDegree = std::numbers::pi / 180;
constexpr double MostTopKm = 15; ///< the scale of height stays the same whatever the steepest sweep reaches
constexpr double MarginShare = 0.06;

double dot(const Point3D& a, const Point3D& b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

/// 1, 2 or 5 times a power of ten, at most @p most.
double roundStep(double most) {
    const double power = std::pow(10, std::floor(std::log10(most)));
    for (double factor : {5.0, 2.0})
        if (factor * power <= most)
            return factor * power;
    return power;
}

} // namespace

Span3D spanOf(const Scene3D& scene) {
    Span3D span;
    for (const Layer& layer : scene.sweeps)
        if (const Sweep* sweep = layer.field->sweep(); sweep && sweep->mode == SweepMode::Azimuth) {
            const double end =
                sweep->firstGateMeters + (static_cast<double>(sweep->gates) - 0.5) * sweep->gateMeters;
            const BeamPoint far = beamPoint(std::max(end, 0.0), sweep->fixedAngle, sweep->site.heightMeters);
            span.reach = std::max(span.reach, far.groundMeters / 1000);
            span.top = std::max(span.top, far.heightMeters / 1000);
        }
    span.top = std::min(span.top, MostTopKm);
    return span;
}

View3D::View3D(const Scene3D& scene, const Span3D& span)
    : m_pixels(scene.pixels), m_azimuth(scene.camera.azimuth * RadiansPerDegree),
      m_elevation(std::clamp(scene.camera.elevation, 1.0, 89.9) * RadiansPerDegree) {
    const double top = span.top * scene.camera.heightExaggeration;
    m_target = {scene.camera.targetX / 1000, scene.camera.targetY / 1000, top / 4};
    if (scene.camera.distanceMeters > 0) {
        place(scene.camera.distanceMeters / 1000);
        return;
    }
    // The nearest distance from which the ground's square and the scale of height are in the picture.
    double nearest = 1, farthest = 40 * (span.reach + top) + 10;
    const auto fits = [&] {
        const double marginX = m_pixels.width() * MarginShare, marginY = m_pixels.height() * MarginShare;
        const QRectF within(marginX, marginY, m_pixels.width() - 2 * marginX,
                            m_pixels.height() - 2 * marginY);
        for (double x : {-span.reach, span.reach})
            for (double y : {-span.reach, span.reach})
                for (double z : {0.0, top}) {
                    const Point3D point{m_target.x + x, m_target.y + y, z};
                    const Point3D from{point.x - m_eye.x, point.y - m_eye.y, point.z - m_eye.z};
                    if (dot(from, m_axes[2]) <= 0 || !within.contains(toPixel(point)))
                        return false;
                }
        return true;
    };
    for (int step = 0; step < 40; ++step) {
        const double middle = (nearest + farthest) / 2;
        place(middle);
        (fits() ? farthest : nearest) = middle;
    }
    place(farthest);
}

void View3D::place(double distance) {
    m_distance = distance;
    const double across = std::cos(m_elevation);
    const Point3D back{across * std::sin(m_azimuth), across * std::cos(m_azimuth), std::sin(m_elevation)};
    m_eye = {m_target.x + distance * back.x, m_target.y + distance * back.y, m_target.z + distance * back.z};
    m_axes[2] = {-back.x, -back.y, -back.z};
    m_axes[0] = {-std::cos(m_azimuth), std::sin(m_azimuth), 0};
    m_axes[1] = {-std::sin(m_elevation) * std::sin(m_azimuth), -std::sin(m_elevation) * std::cos(m_azimuth),
                 std::cos(m_elevation)};
}

QPointF View3D::toPixel(const Point3D& point) const {
    const Point3D from{point.x - m_eye.x, point.y - m_eye.y, point.z - m_eye.z};
    const double focus =
        m_pixels.height() / 2.0 / std::tan(ViewAngle / 2 * RadiansPerDegree) / dot(from, m_axes[2]);
    return {m_pixels.width() / 2.0 + focus * dot(from, m_axes[0]),
            m_pixels.height() / 2.0 - focus * dot(from, m_axes[1])};
}

Surroundings surroundingsOf(const Scene3D& scene, const Span3D& span, const View3D& view) {
    Surroundings around;
    const double reach = std::max(span.reach, 1e-3);
    around.ground = {Point3D{-reach, -reach, 0}, {reach, -reach, 0}, {reach, reach, 0}, {-reach, reach, 0}};
    around.lines.push_back(
        {{around.ground[0], around.ground[1], around.ground[2], around.ground[3], around.ground[0]}, true});

    // Rings, labelled in the direction that lies nearest to the eye.
    const double step = roundStep(reach / 2);
    const double towards = scene.camera.azimuth * RadiansPerDegree;
    const QLocale locale;
    for (double radius = step; radius <= reach * 1.0001; radius += step) {
        Surroundings::Line ring;
        for (int i = 0; i <= 120; ++i) {
            const double turn = i * 2 * std::numbers::pi / 120;
            ring.points.push_back({radius * std::sin(turn), radius * std::cos(turn), 0});
        }
        around.lines.push_back(std::move(ring));
        around.labels.push_back({{radius * std::sin(towards), radius * std::cos(towards), 0},
                                 locale.toString(radius, 'f', step < 1 ? 1 : 0) + QStringLiteral(" km"),
                                 Qt::AlignCenter});
    }

    // North: an arrow from the northern edge outwards.
    const double length = reach * 0.12, head = reach * 0.04;
    around.lines.push_back({{{0, reach, 0}, {0, reach + length, 0}}, true});
    around.lines.push_back({{{-head / 2, reach + length - head, 0},
                             {0, reach + length, 0},
                             {head / 2, reach + length - head, 0}},
                            true});
    around.labels.push_back({{0, reach + length * 1.3, 0}, QStringLiteral("N"), Qt::AlignCenter});

    // The scale of height stands on the corner that is leftmost in the picture.
    const Point3D corner = *std::min_element(
        around.ground.begin(), around.ground.end(),
        [&](const Point3D& a, const Point3D& b) { return view.toPixel(a).x() < view.toPixel(b).x(); });
    const double exaggeration = scene.camera.heightExaggeration;
    if (span.top > 0) {
        around.lines.push_back({{corner, {corner.x, corner.y, span.top * exaggeration}}, true});
        const double rise = roundStep(span.top / 2.5);
        for (double height = 0; height <= span.top * 1.0001; height += rise) {
            const Point3D point{corner.x, corner.y, height * exaggeration};
            around.labels.push_back({point,
                                     locale.toString(height, 'f', rise < 1 ? 1 : 0) + QStringLiteral(" km"),
                                     Qt::AlignRight | Qt::AlignVCenter});
        }
    }
    return around;
}

} // namespace embellie
