#pragma once

#include "gui/views/pane/pane.h"
#include "gui/views/pane/pane_link.h"

#include <QPointer>

#include <memory>

namespace embellie {

class Graticule;

/// A field in its plane: range rings and azimuth lines about a radar, the graticule of a grid, axes of an
/// RHI; the cursor's cross. The wheel zooms at the cursor, a drag pans, a double click shows all again; hover
/// moves the linked cursor, a click pins it, Escape frees it. Camera and cursor are those of the link.
class PaneWidget : public Pane {
    Q_OBJECT
public:
    PaneWidget(DrawingThread& drawing, PaneLink& link, ThemeSource& theme, QWidget* parent = nullptr);
    ~PaneWidget() override;

    /// What is shown; null for nothing. The plane is the link's (PaneLink::setGround).
    void setField(FieldPtr field, const LayerStyle& style = {});
    const FieldPtr& field() const { return m_layer.field; }
    /// With the palette found and the default limits filled in.
    const Layer& layer() const { return m_layer; }

    /// Distance of the range rings; 0: by the zoom; negative: none.
    void setRingKilometres(double km);
    void setAzimuthLinesShown(bool shown);

    /// The cell of field() under a place of the plane, as far as the picture shows it.
    std::optional<std::size_t> cellAt(QPointF place) const;
    /// Where a place of the plane lies in this widget.
    QPointF widgetPosition(QPointF place) const;
    QPointF placeAt(QPointF widgetPosition) const;

protected:
    std::optional<Scene> sceneFor(QSize pixels) const override;
    void paintOverlay(QPainter& painter, QSize size) override;
    void paintMarks(QPainter& painter, QSize size) override;
    QRect marksRect() const override;
    void pictureResized(QSize size) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void takeStyle();
    QRect cursorRect(QPointF place) const;
    Camera2D shownCamera() const;

    PaneLink& m_link;
    QPointer<PaneLink> m_linkGuard;
    Layer m_layer;
    LayerStyle m_style;
    double m_ringKilometres = 0;
    bool m_azimuthLines = true;
    std::unique_ptr<Graticule> m_graticule;
    QPoint m_pressed, m_last;
    bool m_panning = false, m_isDown = false;
    std::optional<PaneCursor> m_painted; ///< where the cross was painted last
};

} // namespace embellie
