#pragma once

#include "gui/scene/colour_scale.h"

#include "core/map/projection.h"

#include <QFont>
#include <QPoint>
#include <QPointF>
#include <QRectF>
#include <QSize>

#include <optional>
#include <variant>

namespace embellie {

/// What the two directions of a 2-D picture are.
struct Plane {
    enum class Kind {
        Map,         ///< a projection: x and y in metres, or degrees where crs is empty (plate carrée)
        RangeHeight, ///< an RHI: distance along the ground and height above sea level, metres
        TimeHeight,  ///< vertical pointing: seconds after the field's begin, height above sea level in metres
    };
    Kind kind = Kind::Map;
    std::string crs; ///< PROJ text of a Map
    friend bool operator==(const Plane&, const Plane&) = default;
};

/// The plane in which a field is drawn without distortion of its own: a PPI in its site's plane, a grid in
/// its own projection. Nothing for geometries that have no 2-D picture (stations, tracks, grids without X and
/// Y).
std::optional<Plane> naturalPlane(const Field& field);

/// What a field covers in a plane, in the plane's units (x right, y up); an RHI up to the height where
/// weather ends. An empty rectangle where nothing of it lies there.
QRectF extentIn(const Field& field, const Plane& plane);

/// Where a 2-D picture looks. x right, y up.
struct Camera2D {
    double x = 0, y = 0;                       ///< plane coordinates of the picture's middle
    double perPixelX = 1000, perPixelY = 1000; ///< plane units a pixel; equal on maps
    QPointF toPlane(QPointF pixel, QSize pixels) const;
    QPointF toPixel(QPointF place, QSize pixels) const;
    friend bool operator==(const Camera2D&, const Camera2D&) = default;
};
/// Shows all of @p extent, on a Map with equal scales, with a margin of 2 %.
Camera2D fittedCamera(const QRectF& extent, const Plane& plane, QSize pixels);
/// Zooms by @p factor (over 1: nearer) with the place under @p pixel kept.
Camera2D zoomed(const Camera2D& camera, double factor, QPointF pixel, QSize pixels);
/// Moves the picture by whole pixels: the painter then only draws the strips that come in.
Camera2D panned(const Camera2D& camera, QPoint pixels);
/// The whole pixels by which panned() came from one to the other; nothing where it did not by whole ones.
std::optional<QPoint> pixelsBetween(const Camera2D& from, const Camera2D& to);

/// Where a 3-D picture is seen from.
struct Camera3D {
    double azimuth = 200;            ///< degrees from north, of the eye as seen from the target
    double elevation = 30;           ///< degrees above the ground, 5 to 90
    double distanceMeters = 0;       ///< from the target; 0: all is seen
    double targetX = 0, targetY = 0; ///< metres east and north of the site
    double heightExaggeration = 4;   ///< heights are drawn that much larger
    friend bool operator==(const Camera3D&, const Camera3D&) = default;
};

/// A field and how it is coloured.
struct Layer {
    FieldPtr field;
    PalettePtr palette;
    LayerStyle style;
    friend bool operator==(const Layer&, const Layer&) = default;
};
/// Palette and default limits by the book where the style does not say them; amounts of rain have limits by
/// the time in which they fell, or by their largest (30 or 300 mm)
/// where that isn't known.
Layer layerFor(FieldPtr field, const PaletteBook& book, LayerStyle style = {});

struct Scene2D {
    std::vector<Layer> layers; ///< the first lowest
    Plane plane;
    Camera2D camera;
    QSize pixels;
    ThemeKind theme = ThemeKind::Light;
    QRgb canvas = 0; ///< where no layer is
    friend bool operator==(const Scene2D&, const Scene2D&) = default;
};

/// Sweeps of one site as cones; cells that are not valid are left out.
struct Scene3D {
    std::vector<Layer> sweeps;
    Camera3D camera;
    QSize pixels;
    ThemeKind theme = ThemeKind::Light;
    QColor canvas, ground, line, label; ///< background, ground, lines on it, text
    QFont font;                         ///< of the marks of distance and height
    friend bool operator==(const Scene3D&, const Scene3D&) = default;
};

using Scene = std::variant<Scene2D, Scene3D>;
QSize pixelsOf(const Scene& scene);

/// Scenes with the theme's colours filled in; layers, camera and plane are yours to set.
Scene2D emptyScene2D(const Theme& theme, QSize pixels);
Scene3D emptyScene3D(const Theme& theme, QSize pixels, const QFont& font);

/// For each pixel, row by row, the cell of the layer's field (ray × gates + gate; y × columns + x), or -1.
struct IndexMap {
    QSize size;
    std::vector<std::int32_t> cells;
    /// Nothing outside of the picture or the field. @p pixel in this map's pixels
    std::optional<std::size_t> cellAt(QPoint pixel) const;
    friend bool operator==(const IndexMap&, const IndexMap&) = default;
};

/// A cell of a Sweep or a Grid, told.
struct CellHit {
    std::size_t cell = 0;            ///< index into values()
    std::size_t row = 0, column = 0; ///< ray and gate; y and x
    float value = 0;                 ///< NaN unless state is Valid
    State state = State::NoData;
    std::optional<GatePlace> gate; ///< of a sweep
    std::optional<GeoPoint> place; ///< of the cell's middle; nothing where its projection has no such place
};
/// @p cell of IndexMap. A field of the same geometry may be asked with the same cell.
CellHit hitOf(const Field& field, std::size_t cell);

/// "rain" or "rain, hail": the meanings of a class or flags value, as classForPeople(); empty where it has
/// none.
QString meaningOf(const Quantity& quantity, float value);

// NOLINTBEGIN(readability-identifier-naming): names that the JSON library looks for
void to_json(nlohmann::json& json, const Plane& plane);
void from_json(const nlohmann::json& json, Plane& plane);
void to_json(nlohmann::json& json, const Camera2D& camera);
void from_json(const nlohmann::json& json, Camera2D& camera);
void to_json(nlohmann::json& json, const Camera3D& camera);
void from_json(const nlohmann::json& json, Camera3D& camera);
// NOLINTEND(readability-identifier-naming)

} // namespace embellie
