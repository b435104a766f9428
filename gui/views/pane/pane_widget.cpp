#include "gui/views/pane/pane_widget.h"

#include "gui/views/pane/overlay.h"
#include "gui/scene/localised.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <cmath>

namespace embellie {

PaneWidget::PaneWidget(DrawingThread& drawing, PaneLink& link, ThemeSource& theme, QWidget* parent)
    : Pane(drawing, theme, parent), m_link(link), m_linkGuard(&link),
      m_graticule(std::make_unique<Graticule>()) {
    setCursor(Qt::CrossCursor);
    connect(&link, &PaneLink::cameraChanged, this, [this](bool moving) { redraw(moving); });
    connect(&link, &PaneLink::groundChanged, this, [this] { redraw(); });
    connect(&link, &PaneLink::cursorChanged, this, [this] {
        if (m_painted)
            update(cursorRect(m_painted->place));
        if (m_link.cursor())
            update(cursorRect(m_link.cursor()->place));
        m_painted = m_link.cursor();
    });
    connect(&theme, &ThemeSource::changed, this, [this] { takeStyle(); });
}

PaneWidget::~PaneWidget() {
    // A page's members go before its children.
    if (m_linkGuard)
        m_linkGuard->leave(this);
}

void PaneWidget::setField(FieldPtr field, const LayerStyle& style) {
    if (field == m_layer.field && style == m_style)
        return;
    m_layer = {};
    m_layer.field = std::move(field);
    m_style = style;
    takeStyle();
}

void PaneWidget::takeStyle() {
    if (m_layer.field) {
        m_layer = layerFor(m_layer.field, themeSource().book(), m_style);
        setBar(ColourBar{ColourScale(*m_layer.palette, m_layer.style, themeSource().kind()),
                         unitForPeople(m_layer.field->quantity().unit)});
    } else {
        setBar(std::nullopt);
    }
    redraw();
}

void PaneWidget::setRingKilometres(double km) {
    if (km == m_ringKilometres)
        return;
    m_ringKilometres = km;
    updatePicture();
}

void PaneWidget::setAzimuthLinesShown(bool shown) {
    if (shown == m_azimuthLines)
        return;
    m_azimuthLines = shown;
    updatePicture();
}

std::optional<Scene> PaneWidget::sceneFor(QSize pixels) const {
    if (!m_layer.field || !m_link.hasGround())
        return std::nullopt;
    Scene2D scene = emptyScene2D(theme(), pixels);
    scene.layers = {m_layer};
    scene.plane = m_link.plane();
    scene.camera = m_link.camera();
    scene.camera.perPixelX /= devicePixelRatioF();
    scene.camera.perPixelY /= devicePixelRatioF();
    return scene;
}

void PaneWidget::pictureResized(QSize size) {
    m_link.setPaneSize(this, isVisible() ? size : QSize());
}

void PaneWidget::showEvent(QShowEvent* event) {
    Pane::showEvent(event);
    m_link.setPaneSize(this, pictureRect().size());
    redraw();
}

void PaneWidget::hideEvent(QHideEvent* event) {
    Pane::hideEvent(event);
    m_link.setPaneSize(this, QSize());
}

/// Of the picture that is shown, in logical pixels: what is painted over it must fit it, not the one on its
/// way.
Camera2D PaneWidget::shownCamera() const {
    const auto* scene = frame() ? std::get_if<Scene2D>(frame()->scene.get()) : nullptr;
    if (!scene)
        return m_link.camera();
    Camera2D camera = scene->camera;
    camera.perPixelX *= devicePixelRatioF();
    camera.perPixelY *= devicePixelRatioF();
    return camera;
}

QPointF PaneWidget::widgetPosition(QPointF place) const {
    const QRect picture = pictureRect();
    return shownCamera().toPixel(place, picture.size()) + QPointF(picture.topLeft());
}

QPointF PaneWidget::placeAt(QPointF position) const {
    const QRect picture = pictureRect();
    return shownCamera().toPlane(position - QPointF(picture.topLeft()), picture.size());
}

std::optional<std::size_t> PaneWidget::cellAt(QPointF place) const {
    const auto* scene = frame() ? std::get_if<Scene2D>(frame()->scene.get()) : nullptr;
    if (!scene || scene->layers.empty())
        return std::nullopt;
    const QPointF pixel = scene->camera.toPixel(place, scene->pixels);
    const auto hit = frame()->picture.cellAt(QPoint(int(std::floor(pixel.x())), int(std::floor(pixel.y()))));
    if (!hit || !m_layer.field || hit->cell >= m_layer.field->size())
        return std::nullopt;
    return hit->cell;
}

QRect PaneWidget::cursorRect(QPointF place) const {
    const QPoint at = widgetPosition(place).toPoint();
    return QRect(at.x() - CrossReach, at.y() - CrossReach, 2 * CrossReach + 1, 2 * CrossReach + 1)
        .intersected(pictureRect());
}

void PaneWidget::paintOverlay(QPainter& painter, QSize size) {
    const OverlayGround ground{shownCamera(), size, theme()};
    const Plane& plane = m_link.plane();
    if (plane.kind != Plane::Kind::Map)
        paintAxes(painter, ground, plane);
    else if (const Sweep* sweep = m_layer.field ? m_layer.field->sweep() : nullptr)
        // A little more than the last gate, so that a ring at the very end is drawn.
        paintRings(painter, ground, m_ringKilometres, m_azimuthLines,
                   (sweep->firstGateMeters + sweep->gateMeters * double(sweep->gates)) / 1000 * 1.01);
    else
        m_graticule->paint(painter, ground, plane);
}

void PaneWidget::paintMarks(QPainter& painter, QSize size) {
    if (m_link.cursor())
        paintCross(painter, theme(), shownCamera().toPixel(m_link.cursor()->place, size));
}

QRect PaneWidget::marksRect() const {
    return m_link.cursor() ? cursorRect(m_link.cursor()->place) : QRect();
}

void PaneWidget::wheelEvent(QWheelEvent* event) {
    if (event->angleDelta().y() == 0)
        return;
    const QRect picture = pictureRect();
    const double factor = std::pow(2.0, event->angleDelta().y() / 240.0);
    m_link.zoom(factor, event->position() - QPointF(picture.topLeft()), picture.size(), true);
    event->accept();
}

void PaneWidget::mousePressEvent(QMouseEvent* event) {
    Pane::mousePressEvent(event);
    if (event->button() != Qt::LeftButton || !pictureRect().contains(event->pos()))
        return;
    m_isDown = true;
    m_panning = false;
    m_pressed = m_last = event->pos();
}

void PaneWidget::mouseMoveEvent(QMouseEvent* event) {
    if (m_isDown) {
        // A click that trembles is not a drag.
        if (!m_panning && (event->pos() - m_pressed).manhattanLength() < 5)
            return;
        m_panning = true;
        setCursor(Qt::ClosedHandCursor);
        m_link.setCamera(panned(m_link.camera(), event->pos() - m_last), true);
        m_last = event->pos();
        return;
    }
    if (pictureRect().contains(event->pos()) && !(m_link.cursor() && m_link.cursor()->pinned))
        m_link.setCursor(PaneCursor{placeAt(event->position()), false});
}

void PaneWidget::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !m_isDown)
        return;
    m_isDown = false;
    if (m_panning) {
        setCursor(Qt::CrossCursor);
        m_link.setCamera(m_link.camera(), false);
        return;
    }
    const QPointF at = event->position();
    const auto& before = m_link.cursor();
    const bool same = before && before->pinned && QLineF(widgetPosition(before->place), at).length() < 5;
    m_link.setCursor(PaneCursor{placeAt(at), !same});
}

void PaneWidget::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    m_isDown = false;
    if (m_link.cursor())
        m_link.setCursor(PaneCursor{m_link.cursor()->place, false});
    m_link.resetCamera();
}

void PaneWidget::keyPressEvent(QKeyEvent* event) {
    const QPoint middle(pictureRect().width() / 2, pictureRect().height() / 2);
    switch (event->key()) {
    case Qt::Key_Escape:
        if (m_link.cursor())
            m_link.setCursor(PaneCursor{m_link.cursor()->place, false});
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        m_link.zoom(std::sqrt(2.0), middle, pictureRect().size(), false);
        return;
    case Qt::Key_Minus:
        m_link.zoom(std::sqrt(0.5), middle, pictureRect().size(), false);
        return;
    default:
        Pane::keyPressEvent(event);
    }
}

} // namespace embellie
