#include "gui/views/pane/overlay.h"

#include "gui/scene/localised.h"

#include "core/base/error.h"

#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

namespace embellie {

namespace {

/// The smallest of 1, 2, 5 times a power of ten that is not under @p least.
double roundStep(double least) {
    const double power = std::pow(10.0, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= least * (1 - 1e-9))
            return factor * power;
    return 10 * power;
}

int decimalsOfStep(double step) {
    return std::max(0, int(std::ceil(-std::log10(step) - 1e-9)));
}

/// The multiples of @p step from @p low to @p high; none where they are more than anybody can tell apart, or
/// where the numbers are none.
std::vector<double> multiples(double low, double high, double step) {
    constexpr double most = 1000;
    const double first = std::ceil(low / step), last = std::floor(high / step);
    std::vector<double> all;
    if (last - first < most)
        for (double i = 0; i <= last - first; ++i)
            all.push_back((first + i) * step);
    return all;
}

/// A direction from a site in the picture, clockwise from north.
QPointF direction(double radians) {
    return {std::sin(radians), -std::cos(radians)};
}

/// Directions in which a picture of @p size is seen from @p site, in radians from north; all where it is
/// inside.
std::pair<double, double> directionsTo(QSize size, QPointF site) {
    const QRectF picture(QPointF(0, 0), QSizeF(size));
    if (picture.contains(site))
        return {-std::numbers::pi, std::numbers::pi};
    const auto directionOf = [&](QPointF at) { return std::atan2(at.x() - site.x(), site.y() - at.y()); };
    const double middle = directionOf(picture.center());
    double from = 0, to = 0;
    for (const QPointF& corner :
         {picture.topLeft(), picture.topRight(), picture.bottomLeft(), picture.bottomRight()}) {
        const double aside = std::remainder(directionOf(corner) - middle, 2 * std::numbers::pi);
        from = std::min(from, aside);
        to = std::max(to, aside);
    }
    return {middle + from, middle + to};
}

/// The painter's own circles are a four thousandth of their radius off: of large ones, what is seen is drawn
/// by chords.
void paintRing(QPainter& painter, QPointF site, double radius, std::pair<double, double> seen) {
    constexpr double largest = 1000, chordError = 0.1; // pixels
    if (radius <= largest) {
        painter.drawEllipse(site, radius, radius);
        return;
    }
    const auto [from, to] = seen;
    const int chords = 1 + int((to - from) / (2 * std::sqrt(2 * chordError / radius)));
    QPolygonF arc;
    for (int i = 0; i <= chords; ++i)
        arc << site + radius * direction(from + (to - from) * i / chords);
    painter.drawPolyline(arc);
}

QString degreesText(double degrees, int decimals, bool meridian) {
    if (meridian)
        degrees = std::remainder(degrees, 360.0);
    const QChar side = meridian ? (degrees < 0 ? u'W' : u'E') : (degrees < 0 ? u'S' : u'N');
    const QString number = numberForPeople(std::abs(degrees), decimals);
    const bool hasNoSide = std::abs(degrees) < 1e-9 || (meridian && std::abs(degrees) > 180 - 1e-9);
    return hasNoSide ? number + u'°' : number + QStringLiteral("° ") + side;
}

/// Whatever the ellipsoid; grids with a turned pole have degrees that are neither longitude nor latitude.
bool isPlain(const Projection& projection) {
    if (!projection.isGeographic())
        return false;
    const auto stays = [&](const GeoPoint& place) {
        const Projection::Point point = projection.forward(place);
        return std::abs(std::remainder(point.x - place.longitude, 360.0)) < 1 &&
               std::abs(point.y - place.latitude) < 1;
    };
    return stays({50, 10}) && stays({0, 100});
}

} // namespace

void paintLabel(QPainter& painter, const Theme& theme, QPointF centre, const QString& text) {
    const QFontMetricsF metrics(painter.font());
    QPainterPath path;
    path.addText(std::round(centre.x() - metrics.horizontalAdvance(text) / 2),
                 std::round(centre.y() + (metrics.ascent() - metrics.descent()) / 2), painter.font(), text);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.strokePath(
        path, QPen(QColor::fromRgb(theme.states.noEcho), 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.fillPath(path, theme.text);
    painter.restore();
}

double ringStepKilometres(double metersPerPixel) {
    return roundStep(48 * metersPerPixel / 1000);
}

void paintRings(QPainter& painter, const OverlayGround& ground, double kilometres, bool azimuthLines,
                double reachKilometres) {
    const QSize size = ground.size;
    const QPointF site = ground.camera.toPixel({0, 0}, size);
    const double perPixel = ground.camera.perPixelX;
    // From the nearest to the farthest point of the picture.
    const double dx = std::max({0.0, -site.x(), site.x() - size.width()});
    const double dy = std::max({0.0, -site.y(), site.y() - size.height()});
    const double nearest = std::hypot(dx, dy) * perPixel / 1000;
    const double farthest =
        std::min(reachKilometres, std::hypot(std::max(site.x(), size.width() - site.x()),
                                             std::max(site.y(), size.height() - site.y())) *
                                      perPixel / 1000);
    double step = kilometres > 0 ? kilometres : ringStepKilometres(perPixel);
    if (farthest / step > 200) // a ring every few pixels says nothing and takes long
        step = ringStepKilometres(perPixel);

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (azimuthLines) {
        painter.setPen(QPen(ground.theme.controlBorder, 1, Qt::CustomDashLine));
        QPen pen = painter.pen();
        pen.setDashPattern({1, 5});
        painter.setPen(pen);
        const double reach = farthest * 1000 / perPixel;
        for (int azimuth = 0; azimuth < 360; azimuth += 30) {
            const double angle = azimuth * std::numbers::pi / 180;
            const double start = std::min(step * 1000 / perPixel, reach);
            painter.drawLine(site + start * direction(angle), site + reach * direction(angle));
        }
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ground.theme.controlBorder, 1));
    painter.setBrush(Qt::NoBrush);
    if (kilometres >= 0) {
        const std::vector<double> rings = multiples(std::max(nearest, step), farthest, step);
        const std::pair<double, double> seen = directionsTo(size, site);
        for (const double ring : rings)
            paintRing(painter, site, ring * 1000 / perPixel, seen);
        const int decimals = decimalsOfStep(step);
        const QRectF inner = QRectF(QPointF(0, 0), QSizeF(size)).adjusted(24, 10, -24, -10);
        for (const double ring : rings) {
            const double radius = ring * 1000 / perPixel;
            // South and a little west; elsewhere on the ring where that lies outside.
            std::vector<double> angles;
            for (const double azimuth :
                 {175.0, 195.0, 215.0, 145.0, 245.0, 115.0, 275.0, 85.0, 305.0, 55.0, 335.0, 25.0})
                angles.push_back(azimuth * std::numbers::pi / 180);
            for (const double share : {0.5, 0.25, 0.75})
                angles.push_back(std::lerp(seen.first, seen.second, share));
            for (const double angle : angles) {
                const QPointF at = site + radius * direction(angle);
                if (inner.contains(at)) {
                    paintLabel(painter, ground.theme, at, numberForPeople(ring, decimals, "km"));
                    break;
                }
            }
        }
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    const QPoint middle = site.toPoint();
    painter.drawLine(middle.x() - 5, middle.y(), middle.x() + 5, middle.y());
    painter.drawLine(middle.x(), middle.y() - 5, middle.x(), middle.y() + 5);
    painter.restore();
}

void paintAxes(QPainter& painter, const OverlayGround& ground, const Plane& plane) {
    const Camera2D& camera = ground.camera;
    const QSize size = ground.size;
    const bool time = plane.kind == Plane::Kind::TimeHeight;
    const double xUnit = time ? 1 : 1000;
    const double xStep = roundStep(80 * camera.perPixelX / xUnit);
    const double yStep = roundStep(48 * camera.perPixelY / 1000);
    const QPointF low = camera.toPlane({0, double(size.height())}, size);
    const QPointF high = camera.toPlane({double(size.width()), 0}, size);
    painter.save();
    painter.setPen(QPen(ground.theme.controlBorder, 1));
    const int tick = 5;
    for (const double x : multiples(low.x() / xUnit, high.x() / xUnit, xStep)) {
        const double at = camera.toPixel({x * xUnit, 0}, size).x();
        painter.setPen(QPen(ground.theme.controlBorder, 1));
        painter.drawLine(QPointF(at, size.height()), QPointF(at, size.height() - tick));
        if (at > 40 && at < size.width() - 30)
            paintLabel(painter, ground.theme, {at, size.height() - 14.0},
                       numberForPeople(x, decimalsOfStep(xStep), time ? "s" : "km"));
    }
    for (const double y : multiples(low.y() / 1000, high.y() / 1000, yStep)) {
        const double at = camera.toPixel({0, y * 1000}, size).y();
        painter.setPen(QPen(ground.theme.controlBorder, 1));
        painter.drawLine(QPointF(0, at), QPointF(tick, at));
        if (at > 12 && at < size.height() - 24) {
            const QString label = numberForPeople(y, decimalsOfStep(yStep), "km");
            paintLabel(painter, ground.theme,
                       {tick + 4 + painter.fontMetrics().horizontalAdvance(label) / 2.0, at}, label);
        }
    }
    painter.restore();
}

void paintCross(QPainter& painter, const Theme& theme, QPointF at) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    const QPoint middle = at.toPoint();
    const std::array<QLine, 4> arms = {QLine(-12, 0, -4, 0), QLine(4, 0, 12, 0), QLine(0, -12, 0, -4),
                                       QLine(0, 4, 0, 12)};
    for (const QPen& pen :
         {QPen(QColor::fromRgb(theme.states.noEcho), 3, Qt::SolidLine, Qt::SquareCap), QPen(theme.text, 1)}) {
        painter.setPen(pen);
        for (const QLine& arm : arms)
            painter.drawLine(arm.translated(middle));
    }
    painter.restore();
}

Graticule::Line Graticule::follow(const OverlayGround& ground, bool meridian, double degrees, double from,
                                  double to, int decimals) const {
    Line line;
    QPolygonF part;
    const QRectF inner = QRectF(QPointF(0, 0), QSizeF(ground.size)).adjusted(30, 10, -30, -10);
    const int steps = std::max(64, static_cast<int>((to - from) / 2)); // circles about a pole are to be round
    for (int i = 0; i <= steps; ++i) {
        const double other = from + (to - from) * i / steps;
        const Projection::Point point =
            pointOf(ground, meridian ? GeoPoint{other, degrees} : GeoPoint{degrees, other});
        const QPointF pixel = ground.camera.toPixel({point.x, point.y}, ground.size);
        const double reach = 4.0 * std::max(ground.size.width(), ground.size.height());
        const bool usable = std::isfinite(point.x) && std::isfinite(point.y) && std::abs(pixel.x()) < reach &&
                            std::abs(pixel.y()) < reach;
        if (!usable || (!part.isEmpty() && QLineF(part.back(), pixel).length() > reach / 4)) {
            if (part.size() > 1)
                line.parts.push_back(part);
            part.clear();
        }
        if (usable)
            part.push_back(pixel);
    }
    if (part.size() > 1)
        line.parts.push_back(part);
    // Meridians are named where they enter at the bottom, or far from the pole, parallels at the left.
    double best = 0;
    for (const QPolygonF& each : line.parts)
        for (qsizetype i = 1; i < each.size(); ++i)
            for (int k = 0; k < 8; ++k) {
                const QPointF at = each[i - 1] + (each[i] - each[i - 1]) * (k / 8.0);
                const double merit = !meridian ? ground.size.width() - at.x()
                                     : m_pole  ? QLineF(*m_pole, at).length()
                                               : at.y();
                if (inner.contains(at) && merit > best) {
                    best = merit;
                    line.labelAt = at;
                    line.label = degreesText(degrees, decimals, meridian);
                }
            }
    return line;
}

std::optional<double> Graticule::middleLongitude(const OverlayGround& ground) const {
    const QPointF middle =
        ground.camera.toPlane({ground.size.width() / 2.0, ground.size.height() / 2.0}, ground.size);
    const double longitude = m_projection->inverse({middle.x(), middle.y()}).longitude;
    return std::isfinite(longitude) ? std::optional(longitude) : std::nullopt;
}

Projection::Point Graticule::pointOf(const OverlayGround& ground, const GeoPoint& place) const {
    Projection::Point point = m_projection->forward(place);
    if (!m_plane.crs.empty() && m_projection->isGeographic())
        point.x = ground.camera.x + std::remainder(point.x - ground.camera.x, 360.0);
    return point;
}

std::optional<QPointF> Graticule::pixelOf(const OverlayGround& ground, const GeoPoint& place) const {
    const Projection::Point point = pointOf(ground, place);
    return std::isfinite(point.x) && std::isfinite(point.y)
               ? std::optional(ground.camera.toPixel({point.x, point.y}, ground.size))
               : std::nullopt;
}

void Graticule::compute(const OverlayGround& ground) {
    m_lines.clear();
    double south = 90, north = -90, west = 540, east = -540;
    std::optional<double> reference; // longitudes go on beyond 180 degrees from there
    const int samples = 8;
    for (int i = 0; i <= samples; ++i)
        for (int j = 0; j <= samples; ++j) {
            const QPointF at = ground.camera.toPlane(
                {ground.size.width() * double(i) / samples, ground.size.height() * double(j) / samples},
                ground.size);
            GeoPoint place = m_projection->inverse({at.x(), at.y()});
            if (!std::isfinite(place.latitude) || !std::isfinite(place.longitude))
                continue;
            if (!m_isPlain) {
                if (!reference)
                    reference = middleLongitude(ground).value_or(place.longitude);
                place.longitude = *reference + std::remainder(place.longitude - *reference, 360.0);
            }
            south = std::min(south, place.latitude);
            north = std::max(north, place.latitude);
            west = std::min(west, place.longitude);
            east = std::max(east, place.longitude);
        }
    // No place at all, or numbers that are none.
    if (south > north || east - west > 1080)
        return;
    m_pole.reset();
    for (const double pole : {-90.0, 90.0})
        if (const auto at = pixelOf(ground, {pole, 0});
            !m_isPlain && at && QRectF(QPointF(0, 0), QSizeF(ground.size)).contains(*at)) {
            m_pole = at; // all meridians meet there
            west = *reference - 180;
            east = *reference + 180;
            (pole < 0 ? south : north) = pole;
        }
    south = std::max(south, -90.0);
    north = std::min(north, 90.0);
    const double cells = std::clamp(std::min(ground.size.width(), ground.size.height()) / 110.0, 2.0, 8.0);
    const auto stepOf = [](double least) {
        return least > 12 ? (least > 20 ? 30 : 15) : roundStep(std::max(least, 1e-3));
    };
    // One step for both, but about a pole, where the meridians go all round.
    double step = stepOf(std::max((north - south) / cells, (east - west) / (cells * 1.5))), around = step;
    if (m_pole)
        step = stepOf((north - south) / cells);
    for (double latitude = std::ceil(south / step) * step; latitude <= north; latitude += step)
        m_lines.push_back(follow(ground, false, latitude, west, east, decimalsOfStep(step)));
    const double first = std::ceil(west / around) * around;
    for (double longitude = first; longitude <= east && longitude < first + 359.9; longitude += around)
        m_lines.push_back(follow(ground, true, longitude, south, north, decimalsOfStep(around)));
}

void Graticule::paint(QPainter& painter, const OverlayGround& ground, const Plane& plane) {
    if (!m_projection || !(plane == m_plane)) {
        try {
            m_projection = std::make_shared<Projection>(plane.crs);
        } catch (const Error&) {
            return; // the field itself says what is wrong with its projection
        }
        m_plane = plane;
        m_size = QSize();
        m_isPlain = isPlain(*m_projection);
    }
    if (m_size != ground.size || !(m_camera == ground.camera)) {
        m_camera = ground.camera;
        m_size = ground.size;
        compute(ground);
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ground.theme.controlBorder, 1));
    for (const Line& line : m_lines)
        for (const QPolygonF& part : line.parts)
            painter.drawPolyline(part);
    for (const Line& line : m_lines)
        if (!line.label.isEmpty())
            paintLabel(painter, ground.theme, line.labelAt, line.label);
    painter.restore();
}

} // namespace embellie
