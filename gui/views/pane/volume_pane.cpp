#include "gui/views/pane/volume_pane.h"

#include "gui/scene/localised.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace embellie {

VolumePane::VolumePane(DrawingThread& drawing, ThemeSource& theme, QWidget* parent)
    : Pane(drawing, theme, parent) {
    connect(&theme, &ThemeSource::changed, this, [this] { takeStyle(); });
}

void VolumePane::setSweeps(const std::vector<FieldPtr>& sweeps, const LayerStyle& style) {
    if (sweeps == m_fields && style == m_style)
        return;
    m_fields = sweeps;
    m_style = style;
    double reach = 0;
    for (const FieldPtr& field : m_fields)
        if (const Sweep* sweep = field->sweep())
            reach = std::max(reach, sweep->firstGateMeters + sweep->gateMeters * double(sweep->gates));
    // Seen under 30 degrees across, the usual angle of such a camera.
    m_fullDistance = reach * 2.4;
    takeStyle();
}

void VolumePane::takeStyle() {
    m_layers.clear();
    for (const FieldPtr& field : m_fields)
        m_layers.push_back(layerFor(field, themeSource().book(), m_style));
    // One scale for all sweeps: that of the first, whose Nyquist velocity may differ from the others'.
    for (Layer& layer : m_layers) {
        layer.palette = m_layers.front().palette;
        layer.style = m_layers.front().style;
    }
    if (m_layers.empty())
        setBar(std::nullopt);
    else
        setBar(ColourBar{ColourScale(*m_layers.front().palette, m_layers.front().style, themeSource().kind()),
                         unitForPeople(m_fields.front()->quantity().unit)});
    redraw();
}

void VolumePane::setCamera(const Camera3D& camera, bool moving) {
    if (camera == m_camera && moving)
        return;
    m_camera = camera;
    redraw(moving);
    updatePicture();
    Q_EMIT cameraChanged();
}

std::optional<Scene> VolumePane::sceneFor(QSize pixels) const {
    if (m_layers.empty())
        return std::nullopt;
    Scene3D scene = emptyScene3D(theme(), pixels, font());
    scene.sweeps = m_layers;
    scene.camera = m_camera;
    return scene;
}

void VolumePane::paintOverlay(QPainter& painter, QSize size) {
    const QString text = tr("height × %1, seen from %2; drag turns, wheel zooms")
                             .arg(numberForPeople(m_camera.heightExaggeration, 0),
                                  numberForPeople(m_camera.azimuth, 0, "degrees"));
    painter.setPen(theme().mutedText);
    painter.drawText(QRect(8, 0, size.width() - 16, size.height() - 8), Qt::AlignLeft | Qt::AlignBottom,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, size.width() - 16));
}

void VolumePane::wheelEvent(QWheelEvent* event) {
    Camera3D camera = m_camera;
    const double now = camera.distanceMeters > 0 ? camera.distanceMeters : m_fullDistance;
    camera.distanceMeters = std::clamp(now * std::pow(2.0, -event->angleDelta().y() / 480.0),
                                       m_fullDistance / 50, m_fullDistance * 3);
    setCamera(camera, true);
    event->accept();
}

void VolumePane::mousePressEvent(QMouseEvent* event) {
    Pane::mousePressEvent(event);
    m_last = event->pos();
}

void VolumePane::mouseMoveEvent(QMouseEvent* event) {
    if (!(event->buttons() & (Qt::LeftButton | Qt::RightButton | Qt::MiddleButton)))
        return;
    const QPoint by = event->pos() - m_last;
    m_last = event->pos();
    Camera3D camera = m_camera;
    if (event->buttons() & Qt::LeftButton) {
        camera.azimuth = std::fmod(camera.azimuth + by.x() * 0.4 + 360, 360);
        camera.elevation = std::clamp(camera.elevation + by.y() * 0.3, 5.0, 90.0);
    } else {
        // The ground follows the hand: right of the picture is to the left of the eye's direction to north.
        const double distance = camera.distanceMeters > 0 ? camera.distanceMeters : m_fullDistance;
        const double scale = distance * 0.55 / std::max(1, pictureRect().height());
        const double angle = camera.azimuth * M_PI / 180;
        const double right = -by.x() * scale, away = by.y() * scale;
        camera.targetX += -right * std::cos(angle) - away * std::sin(angle);
        camera.targetY += right * std::sin(angle) - away * std::cos(angle);
    }
    setCamera(camera, true);
}

void VolumePane::mouseReleaseEvent(QMouseEvent* event) {
    Pane::mouseReleaseEvent(event);
    setCamera(m_camera, false);
}

void VolumePane::mouseDoubleClickEvent(QMouseEvent* event) {
    event->accept();
    Camera3D camera;
    camera.heightExaggeration = m_camera.heightExaggeration;
    setCamera(camera, false);
}

void VolumePane::keyPressEvent(QKeyEvent* event) {
    Camera3D camera = m_camera;
    switch (event->key()) {
    case Qt::Key_PageUp:
        camera.heightExaggeration = std::min(20.0, camera.heightExaggeration + 1);
        break;
    case Qt::Key_PageDown:
        camera.heightExaggeration = std::max(1.0, camera.heightExaggeration - 1);
        break;
    default:
        Pane::keyPressEvent(event);
        return;
    }
    setCamera(camera, false);
}

} // namespace embellie
