#include "gui/views/pane/pane_link.h"

#include <algorithm>

namespace embellie {

void PaneLink::setGround(const Plane& plane, const QRectF& extent) {
    const bool same = plane == m_plane && hasGround();
    // The next sweep may reach less far: the picture must not jump for that.
    const QRectF wanted = same ? m_extent.united(extent) : extent;
    if (same && wanted == m_extent)
        return;
    m_plane = plane;
    m_extent = wanted;
    if (!same) {
        m_moved = false;
        m_cursor.reset();
    }
    if (!m_moved)
        fit();
    Q_EMIT groundChanged();
    Q_EMIT cameraChanged(false);
    if (!same)
        Q_EMIT cursorChanged();
}

void PaneLink::setCamera(const Camera2D& camera, bool moving) {
    m_camera = camera;
    m_moved = true;
    Q_EMIT cameraChanged(moving);
}

void PaneLink::zoom(double factor, QPointF pixel, QSize pixels, bool moving) {
    if (!hasGround())
        return;
    constexpr double farthest = 100, nearest = 1e-4; // pixels as large as those of the whole
    const double size = m_camera.perPixelX / fittedCamera(m_extent, m_plane, pixels).perPixelX;
    // A saved view may look from beyond these: it comes back, and goes no further.
    factor = std::clamp(factor, std::min(1.0, size / farthest), std::max(1.0, size / nearest));
    setCamera(zoomed(m_camera, factor, pixel, pixels), moving);
}

void PaneLink::resetCamera() {
    m_moved = false;
    fit();
    Q_EMIT cameraChanged(false);
}

void PaneLink::setCursor(const std::optional<PaneCursor>& cursor) {
    if (cursor == m_cursor)
        return;
    m_cursor = cursor;
    Q_EMIT cursorChanged();
}

void PaneLink::setPaneSize(const void* pane, QSize size) {
    QSize& known = m_sizes[pane];
    if (known == size)
        return;
    known = size;
    if (m_moved)
        return;
    const Camera2D before = m_camera;
    fit();
    if (!(m_camera == before))
        Q_EMIT cameraChanged(false);
}

void PaneLink::leave(const void* pane) {
    m_sizes.erase(pane);
}

void PaneLink::fit() {
    QSize smallest;
    for (const auto& [pane, size] : m_sizes)
        if (!size.isEmpty())
            smallest = smallest.isValid() ? smallest.boundedTo(size) : size;
    if (smallest.isValid() && hasGround())
        m_camera = fittedCamera(m_extent, m_plane, smallest);
}

} // namespace embellie
