#pragma once

#include "gui/views/pane/pane.h"

namespace embellie {

/// The sweeps of a volume as cones; a drag turns, the wheel zooms, a double click shows all again.
class VolumePane : public Pane {
    Q_OBJECT
public:
    VolumePane(DrawingThread& drawing, ThemeSource& theme, QWidget* parent = nullptr);

    /// Sweeps of one site and one quantity; all get the style.
    void setSweeps(const std::vector<FieldPtr>& sweeps, const LayerStyle& style = {});
    const Camera3D& camera() const { return m_camera; }
    void setCamera(const Camera3D& camera, bool moving = false);

Q_SIGNALS:
    void cameraChanged();

protected:
    std::optional<Scene> sceneFor(QSize pixels) const override;
    void paintOverlay(QPainter& painter, QSize size) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void takeStyle();

    std::vector<FieldPtr> m_fields;
    std::vector<Layer> m_layers;
    LayerStyle m_style;
    Camera3D m_camera;
    double m_fullDistance = 0; ///< at which all is seen, of the sweeps shown
    QPoint m_last;
};

} // namespace embellie
