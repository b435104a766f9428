#include "gui/draw/cpu_painter.h"

#include "gui/draw/kernels.h"
#include "gui/draw/locator.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>

namespace embellie {

namespace {

bool sameGeometry(const Field& a, const Field& b) {
    return &a == &b || a.geometry() == b.geometry();
}

/// What is kept of a layer from one picture to the next.
struct KeptLayer {
    FieldPtr field; ///< whose geometry the map is for
    Plane plane;
    Camera2D camera;
    std::shared_ptr<const Locator> locator; ///< of field's geometry in plane
    std::shared_ptr<const IndexMap> map;
    // Colours of all cells, behind one colour for "outside".
    FieldPtr coloured;
    std::optional<ColourScale> scale;
    std::vector<QRgb> colours;
};

/// The map of a picture moved by @p shift: what stays is copied, the strips that come in are located.
std::shared_ptr<const IndexMap> shifted(const IndexMap& old, QPoint shift, const Camera2D& camera,
                                        const Locator& locator) {
    auto map = std::make_shared<IndexMap>(IndexMap{old.size, std::vector<std::int32_t>(old.cells.size())});
    const QRect all(QPoint(0, 0), old.size);
    const QRect kept = all & all.translated(shift);
    const auto width = static_cast<std::size_t>(old.size.width());
    for (int y = kept.top(); y <= kept.bottom(); ++y)
        std::memcpy(map->cells.data() + static_cast<std::size_t>(y) * width + kept.left(),
                    old.cells.data() + static_cast<std::size_t>(y - shift.y()) * width +
                        (kept.left() - shift.x()),
                    static_cast<std::size_t>(kept.width()) * sizeof(std::int32_t));
    const QRect strips[] = {
        QRect(0, 0, all.width(), kept.top()),
        QRect(0, kept.bottom() + 1, all.width(), all.height() - kept.bottom() - 1),
        QRect(0, kept.top(), kept.left(), kept.height()),
        QRect(kept.right() + 1, kept.top(), all.width() - kept.right() - 1, kept.height())};
    for (const QRect& strip : strips)
        if (!strip.isEmpty())
            locator.locate(camera, strip, *map);
    return map;
}

QRgb blended(QRgb below, QRgb above, int weight) {
    const auto channel = [&](int shift) {
        const int a = (above >> shift) & 255, b = (below >> shift) & 255;
        return static_cast<QRgb>((a * weight + b * (256 - weight)) >> 8) << shift;
    };
    return 0xff000000u | channel(16) | channel(8) | channel(0);
}

} // namespace

struct CpuPainter::Kept {
    /// By the picture's scale (full, reduced).
    std::map<int, std::vector<KeptLayer>> layers;

    /// The one of the other scale, if that has been asked: for a large swath it takes seconds to make.
    std::shared_ptr<const Locator> locatorFor(const Layer& layer, const Plane& plane) const {
        for (const auto& [scale, others] : layers)
            for (const KeptLayer& other : others)
                if (other.field && other.plane == plane && sameGeometry(*other.field, *layer.field))
                    return other.locator;
        return makeLocator(*layer.field, plane);
    }

    void locate(KeptLayer& kept, const Layer& layer, const Plane& plane, const Camera2D& camera, QSize size) {
        const bool sameField = kept.field && kept.plane == plane && sameGeometry(*kept.field, *layer.field);
        if (!sameField) {
            kept.locator = locatorFor(layer, plane);
            kept.map.reset();
            kept.plane = plane;
        }
        kept.field = layer.field;
        if (kept.map && kept.map->size == size) {
            if (kept.camera == camera)
                return;
            const std::optional<QPoint> shift =
                kept.locator ? pixelsBetween(kept.camera, camera) : std::nullopt;
            if (shift && std::abs(shift->x()) < size.width() && std::abs(shift->y()) < size.height()) {
                // The kept camera moves by exactly whole pixels, so that small rests never add up.
                kept.camera = panned(kept.camera, *shift);
                if (*shift != QPoint(0, 0))
                    kept.map = shifted(*kept.map, *shift, kept.camera, *kept.locator);
                return;
            }
        }
        auto map = std::make_shared<IndexMap>();
        map->size = size;
        const auto pixels = static_cast<std::size_t>(size.width()) * static_cast<std::size_t>(size.height());
        map->cells.assign(pixels, -1);
        if (kept.locator)
            kept.locator->locate(camera, QRect(QPoint(0, 0), size), *map);
        kept.map = std::move(map);
        kept.camera = camera;
    }
};

namespace {

/// Colours of the pixels @p cells (all of a picture); -1 becomes @p outside.
void paintLayer(KeptLayer& kept, const Layer& layer, ThemeKind theme, QRgb outside, QRgb* out) {
    const std::vector<std::int32_t>& cells = kept.map->cells;
    const Field& field = *layer.field;
    ColourScale scale(*layer.palette, layer.style, theme);
    if (field.size() <= 2 * cells.size()) {
        // Colour each cell once, then only look up.
        if (kept.coloured != layer.field || !kept.scale || *kept.scale != scale) {
            kept.colours.resize(field.size() + 1);
            scale.colours(field.values(), field.states(), std::span(kept.colours).subspan(1));
            kept.coloured = layer.field;
            kept.scale = std::move(scale);
        }
        kept.colours[0] = outside;
        gatherColours(cells.data(), cells.size(), kept.colours.data(), out);
        return;
    }
    // More cells than pixels: colour only those that are seen.
    kept.coloured.reset();
    constexpr std::size_t batch = 4096;
    float values[batch];
    State states[batch];
    for (std::size_t start = 0; start < cells.size(); start += batch) {
        const std::size_t count = std::min(batch, cells.size() - start);
        for (std::size_t i = 0; i < count; ++i) {
            const std::int32_t cell = std::max(cells[start + i], 0);
            values[i] = field.values()[static_cast<std::size_t>(cell)];
            states[i] = field.states()[static_cast<std::size_t>(cell)];
        }
        scale.colours(std::span(values, count), std::span(states, count), std::span(out + start, count));
        for (std::size_t i = 0; i < count; ++i)
            if (cells[start + i] < 0)
                out[start + i] = outside;
    }
}

} // namespace

CpuPainter::CpuPainter() : m_kept(std::make_unique<Kept>()) {}
CpuPainter::~CpuPainter() = default;

bool CpuPainter::canDraw(const Scene& scene) const {
    return std::holds_alternative<Scene2D>(scene);
}

Text CpuPainter::name() const {
    return text(EMBELLIE_TR("draw", "CPU painter"));
}

Picture CpuPainter::draw(const Scene& any, Quality quality) {
    const Scene2D& scene = std::get<Scene2D>(any);
    Picture picture;
    picture.scale = quality == Quality::Reduced ? 2 : 1;
    const QSize size((scene.pixels.width() + picture.scale - 1) / picture.scale,
                     (scene.pixels.height() + picture.scale - 1) / picture.scale);
    if (size.isEmpty())
        return picture;
    Camera2D camera = scene.camera;
    if (picture.scale > 1) {
        // The same upper left corner, which an odd size would move otherwise.
        const QPointF corner = scene.camera.toPlane(QPointF(0, 0), scene.pixels);
        camera.perPixelX *= picture.scale;
        camera.perPixelY *= picture.scale;
        camera.x = corner.x() + size.width() / 2.0 * camera.perPixelX;
        camera.y = corner.y() - size.height() / 2.0 * camera.perPixelY;
    }
    QImage image(size, QImage::Format_RGB32);
    QRgb* pixels = reinterpret_cast<QRgb*>(image.bits());
    const auto count = static_cast<std::size_t>(size.width()) * static_cast<std::size_t>(size.height());

    std::vector<KeptLayer>& layers = m_kept->layers[picture.scale];
    layers.resize(scene.layers.size());
    bool first = true;
    std::vector<QRgb> above;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const Layer& layer = scene.layers[i];
        KeptLayer& kept = layers[i];
        m_kept->locate(kept, layer, scene.plane, camera, size);
        picture.maps.push_back(kept.map);
        if (first && layer.style.opacity >= 1) {
            paintLayer(kept, layer, scene.theme, scene.canvas, pixels);
        } else {
            if (first)
                image.fill(scene.canvas);
            above.resize(count);
            paintLayer(kept, layer, scene.theme, scene.canvas, above.data());
            const int weight = std::clamp(static_cast<int>(std::lround(layer.style.opacity * 256)), 0, 256);
            for (std::size_t p = 0; p < count; ++p)
                if (kept.map->cells[p] >= 0)
                    pixels[p] = blended(pixels[p], above[p], weight);
        }
        first = false;
    }
    if (first)
        image.fill(scene.canvas);
    if (picture.scale > 1)
        image = image.scaled(size * picture.scale, Qt::IgnoreAspectRatio, Qt::FastTransformation)
                    .copy(QRect(QPoint(0, 0), scene.pixels));
    picture.image = std::move(image);
    return picture;
}

} // namespace embellie
