#pragma once

#include "gui/scene/scene.h"

#include <QObject>

#include <map>
#include <optional>

namespace embellie {

/// The place under the cursor, the same in all linked panes.
struct PaneCursor {
    QPointF place;       ///< in the plane's units
    bool pinned = false; ///< by a click: it stays while the mouse moves on
    friend bool operator==(const PaneCursor&, const PaneCursor&) = default;
};

/// What linked panes share: plane, camera, cursor. Panes join by being built with it.
class PaneLink : public QObject {
    Q_OBJECT
public:
    explicit PaneLink(QObject* parent = nullptr) : QObject(parent) {}

    /// What the panes show all of while the camera was not moved by hand. Another plane gives the camera and
    /// the cursor up; the same plane (the next time, the next sweep) keeps both, and adds to the extent.
    void setGround(const Plane& plane, const QRectF& extent);
    const Plane& plane() const { return m_plane; }
    bool hasGround() const { return !m_extent.isEmpty(); }

    /// In logical pixels. Until somebody moves it, all of the extent fits the smallest pane.
    const Camera2D& camera() const { return m_camera; }
    bool isCameraMoved() const { return m_moved; }
    void setCamera(const Camera2D& camera, bool moving);
    /// Zooms by @p factor (over 1: nearer) with the place under @p pixel of a picture of @p pixels kept; from
    /// a hundredth of the scale at which all is seen to ten thousand times that scale, on a radar's map some
    /// 10 cm a pixel.
    void zoom(double factor, QPointF pixel, QSize pixels, bool moving);
    /// All of the extent again.
    void resetCamera();

    const std::optional<PaneCursor>& cursor() const { return m_cursor; }
    void setCursor(const std::optional<PaneCursor>& cursor);

    /// By the panes: the size of their pictures.
    void setPaneSize(const void* pane, QSize size);
    void leave(const void* pane);

Q_SIGNALS:
    void groundChanged();
    /// @p moving while the hand still moves: a coarse picture will do.
    void cameraChanged(bool moving);
    void cursorChanged();

private:
    void fit();

    Plane m_plane;
    QRectF m_extent;
    Camera2D m_camera;
    bool m_moved = false;
    std::optional<PaneCursor> m_cursor;
    std::map<const void*, QSize> m_sizes;
};

} // namespace embellie
