#pragma once

#include "gui/draw/display_line.h"
#include "gui/draw/gl_probe.h"
#include "gui/draw/painter.h"

#include <QObject>

#include <memory>

namespace embellie {

/// The one drawing thread of a window. Requests are values with a number, per pane; one is in flight, the
/// newest wins, a late answer is dropped. While moving, pictures are drawn in reduced quality where the full
/// one is slow, and in full after a rest of 200 ms. While the line to a forwarded display is busy nothing is
/// drawn or handed out, and then only the newest.
///
///     connect(thread, &DrawingThread::frameReady, pane, &Pane::show);
///     thread->request(paneNumber, scene, /*moving=*/true);
class DrawingThread : public QObject {
    Q_OBJECT
public:
    /// @p probe says whether GL may be used for 3-D. @p parent as usual; requests come from its thread.
    explicit DrawingThread(GlProbe probe, QObject* parent = nullptr);
    /// Waits for the picture in flight and ends the thread.
    ~DrawingThread() override;

    /// 3-D scenes asked before the probe has answered wait for it.
    void setProbe(GlProbe probe);

    /// @p line lives as long as this.
    void setLine(DisplayLine& line);
    DisplayLine* line() const { return m_line; } ///< null where the display is on this machine

    /// @return the request's number
    std::uint64_t request(int pane, Scene scene, bool moving = false);
    /// The pane is closed or shows something else: nothing asked before comes any more.
    void forget(int pane);

Q_SIGNALS:
    /// In the thread of this object.
    void frameReady(embellie::FramePtr frame);

private:
    class Worker;
    void ask(int pane);
    void deliver(FramePtr frame);
    void show(FramePtr frame);
    void lineIsFree();
    DisplayLine* m_line = nullptr;
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace embellie
