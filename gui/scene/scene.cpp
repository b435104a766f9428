#include "gui/scene/scene.h"

#include "gui/scene/own_names.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace embellie {

namespace {

Limits symmetric(double limit) {
    return {-limit, limit};
}

/// The end of a scale about zero that holds the data: a round number.
double roundLimit(const FieldSummary& summary) {
    const double largest = std::max(std::abs(summary.min), std::abs(summary.max));
    return std::isfinite(largest) && largest > 0 ? roundEdges({0, largest}, 6).back() : 1;
}

/// The most rain, in mm, that usually falls in such a time; nothing for instants. By the time rather than by
/// the values, so that the colours of all times of a film are the same.
std::optional<double> usualAmount(const TimeInterval& time) {
    using namespace std::chrono_literals;
    const auto length = time.end - time.begin;
    if (length <= 0s)
        return std::nullopt;
    return length <= 15min ? 5.0 : length <= 90min ? 30.0 : 300.0;
}

} // namespace

QPointF Camera2D::toPlane(QPointF pixel, QSize pixels) const {
    return {x + (pixel.x() - pixels.width() / 2.0) * perPixelX,
            y - (pixel.y() - pixels.height() / 2.0) * perPixelY};
}

QPointF Camera2D::toPixel(QPointF place, QSize pixels) const {
    return {pixels.width() / 2.0 + (place.x() - x) / perPixelX,
            pixels.height() / 2.0 - (place.y() - y) / perPixelY};
}

Camera2D fittedCamera(const QRectF& extent, const Plane& plane, QSize pixels) {
    Camera2D camera;
    camera.x = extent.center().x();
    camera.y = extent.center().y();
    constexpr double margin = 1.04;
    camera.perPixelX = std::max(extent.width(), 1e-9) * margin / std::max(pixels.width(), 1);
    camera.perPixelY = std::max(extent.height(), 1e-9) * margin / std::max(pixels.height(), 1);
    if (plane.kind == Plane::Kind::Map)
        camera.perPixelX = camera.perPixelY = std::max(camera.perPixelX, camera.perPixelY);
    return camera;
}

Camera2D zoomed(const Camera2D& camera, double factor, QPointF pixel, QSize pixels) {
    const QPointF kept = camera.toPlane(pixel, pixels);
    Camera2D nearer = camera;
    nearer.perPixelX /= factor;
    nearer.perPixelY /= factor;
    nearer.x = kept.x() - (pixel.x() - pixels.width() / 2.0) * nearer.perPixelX;
    nearer.y = kept.y() + (pixel.y() - pixels.height() / 2.0) * nearer.perPixelY;
    return nearer;
}

Camera2D panned(const Camera2D& camera, QPoint pixels) {
    Camera2D moved = camera;
    moved.x -= pixels.x() * camera.perPixelX;
    moved.y += pixels.y() * camera.perPixelY;
    return moved;
}

std::optional<QPoint> pixelsBetween(const Camera2D& from, const Camera2D& to) {
    if (from.perPixelX != to.perPixelX || from.perPixelY != to.perPixelY)
        return std::nullopt;
    const double dx = (from.x - to.x) / from.perPixelX, dy = (to.y - from.y) / from.perPixelY;
    constexpr double tolerance = 1e-3;
    if (std::abs(dx - std::round(dx)) > tolerance || std::abs(dy - std::round(dy)) > tolerance ||
        std::abs(dx) > 1e6 || std::abs(dy) > 1e6)
        return std::nullopt;
    return QPoint(static_cast<int>(std::round(dx)), static_cast<int>(std::round(dy)));
}

Layer layerFor(FieldPtr field, const PaletteBook& book, LayerStyle style) {
    Layer layer;
    const Quantity& quantity = field->quantity();
    std::optional<FieldSummary> summary;
    const auto summaryOnce = [&]() -> const FieldSummary& {
        if (!summary)
            summary = summarise(*field);
        return *summary;
    };
    if (!style.palette.empty())
        layer.palette = book.find(style.palette);
    // The quantity's own palette may be a variant of the one that the style names.
    const PalettePtr usual = book.paletteFor(quantity);
    if (!layer.palette || (usual && usual->id == layer.palette->id))
        layer.palette = usual;
    if (layer.palette->id.empty() && layer.palette->kind != Palette::Kind::Classes &&
        summaryOnce().min <= summaryOnce().max)
        layer.palette = book.paletteFor(quantity, Limits{summaryOnce().min, summaryOnce().max});
    if (!style.limits && layer.palette->id == "rain_amount")
        layer.palette = paletteUpTo(layer.palette,
                                    usualAmount(field->time()).value_or(std::max(summaryOnce().max, 30.0)));
    if (!style.limits && layer.palette->scale == Palette::Scale::Relative) {
        const Sweep* sweep = field->sweep();
        if (layer.palette->id == "radial_velocity" && sweep && sweep->nyquist && *sweep->nyquist > 0)
            style.limits = symmetric(*sweep->nyquist);
        else
            style.limits = symmetric(roundLimit(summaryOnce()));
    }
    layer.field = std::move(field);
    layer.style = std::move(style);
    return layer;
}

QSize pixelsOf(const Scene& scene) {
    return std::visit([](const auto& any) { return any.pixels; }, scene);
}

Scene2D emptyScene2D(const Theme& theme, QSize pixels) {
    Scene2D scene;
    scene.pixels = pixels;
    scene.theme = theme.kind;
    scene.canvas = theme.states.canvas;
    return scene;
}

Scene3D emptyScene3D(const Theme& theme, QSize pixels, const QFont& font) {
    Scene3D scene;
    scene.pixels = pixels;
    scene.theme = theme.kind;
    scene.canvas = QColor::fromRgb(theme.states.canvas);
    scene.ground = QColor::fromRgb(theme.states.noEcho);
    scene.line = theme.controlBorder;
    scene.label = theme.mutedText;
    scene.font = font;
    return scene;
}

std::optional<std::size_t> IndexMap::cellAt(QPoint pixel) const {
    if (!QRect(QPoint(0, 0), size).contains(pixel))
        return std::nullopt;
    const std::int32_t cell =
        cells[static_cast<std::size_t>(pixel.y()) * static_cast<std::size_t>(size.width()) +
              static_cast<std::size_t>(pixel.x())];
    return cell < 0 ? std::nullopt : std::optional<std::size_t>(static_cast<std::size_t>(cell));
}

QString meaningOf(const Quantity& quantity, float value) {
    if (!std::isfinite(value) || (quantity.kind != Kind::Classes && quantity.kind != Kind::Flags))
        return {};
    const auto number = static_cast<std::int64_t>(std::llround(value));
    QStringList words;
    for (const Meaning& meaning : quantity.meanings) {
        if (quantity.kind == Kind::Classes ? number != meaning.value : (number & meaning.value) == 0)
            continue;
        words << classForPeople(meaning.name);
    }
    return words.join(QStringLiteral(", "));
}

// NOLINTBEGIN(readability-identifier-naming): names that the JSON library looks for
void to_json(nlohmann::json& json, const Plane& plane) {
    static constexpr const char* kinds[] = {"map", "range-height", "time-height"};
    json = {{"kind", kinds[static_cast<std::size_t>(plane.kind)]}, {"crs", plane.crs}};
}

void from_json(const nlohmann::json& json, Plane& plane) {
    const std::string kind = json.value("kind", "map");
    plane.kind = kind == "range-height"  ? Plane::Kind::RangeHeight
                 : kind == "time-height" ? Plane::Kind::TimeHeight
                                         : Plane::Kind::Map;
    plane.crs = json.value("crs", "");
}

void to_json(nlohmann::json& json, const Camera2D& camera) {
    json = {{"x", camera.x},
            {"y", camera.y},
            {"per_pixel_x", camera.perPixelX},
            {"per_pixel_y", camera.perPixelY}};
}

void from_json(const nlohmann::json& json, Camera2D& camera) {
    json.at("x").get_to(camera.x);
    json.at("y").get_to(camera.y);
    json.at("per_pixel_x").get_to(camera.perPixelX);
    camera.perPixelY = json.value("per_pixel_y", camera.perPixelX);
}

void to_json(nlohmann::json& json, const Camera3D& camera) {
    json = {{"azimuth", camera.azimuth},           {"elevation", camera.elevation},
            {"distance_m", camera.distanceMeters}, {"target_x", camera.targetX},
            {"target_y", camera.targetY},          {"height_exaggeration", camera.heightExaggeration}};
}

void from_json(const nlohmann::json& json, Camera3D& camera) {
    const Camera3D usual;
    camera.azimuth = json.value("azimuth", usual.azimuth);
    camera.elevation = json.value("elevation", usual.elevation);
    camera.distanceMeters = json.value("distance_m", usual.distanceMeters);
    camera.targetX = json.value("target_x", usual.targetX);
    camera.targetY = json.value("target_y", usual.targetY);
    camera.heightExaggeration = json.value("height_exaggeration", usual.heightExaggeration);
}
// NOLINTEND(readability-identifier-naming)

} // namespace embellie
