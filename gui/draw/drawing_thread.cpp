#include "gui/draw/drawing_thread.h"

#include "gui/draw/cpu_painter.h"
#include "gui/draw/vtk_painter.h"

#include <QElapsedTimer>
#include <QTimer>

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace embellie {

namespace {

constexpr int RestMilliseconds = 200;        ///< after which a reduced picture is drawn in full
constexpr double SlowMilliseconds = 40;      ///< a picture that takes longer is reduced while the hand moves
constexpr qint64 StarvingMilliseconds = 100; ///< a pane gets at least a late picture that often

struct Request {
    std::uint64_t number = 0;
    std::shared_ptr<const Scene> scene;
    bool moving = false;
};

} // namespace

/// Lives on the drawing thread; m_mutex guards what both threads touch.
class DrawingThread::Worker {
public:
    explicit Worker(DrawingThread* owner, GlProbe probe) : m_owner(owner), m_probe(std::move(probe)) {
        m_thread = std::jthread([this](std::stop_token stop) { run(stop); });
    }

    ~Worker() {
        m_thread.request_stop();
        m_wake.notify_all();
    }

    void setProbe(GlProbe probe) {
        const std::lock_guard lock(m_mutex);
        m_probe = std::move(probe);
        m_wake.notify_all();
    }

    void ask(int pane, Request request) {
        const std::lock_guard lock(m_mutex);
        m_waiting[pane] = std::move(request); // the newest wins
        m_wake.notify_all();
    }

    void forget(int pane) {
        const std::lock_guard lock(m_mutex);
        m_waiting.erase(pane);
        m_forgotten.push_back(pane);
        m_wake.notify_all();
    }

private:
    struct Pane {
        CpuPainter cpu;
        std::unique_ptr<VtkPainter> vtk;
        double fullMilliseconds2D = 0, fullMilliseconds3D = 0;
    };

    bool canTake(const Request& request) const {
        return std::holds_alternative<Scene2D>(*request.scene) || m_probe.answer != GlProbe::Answer::Unknown;
    }

    /// The next pane after the last one that has something to draw, so that none starves.
    std::map<int, Request>::iterator next() {
        const auto start = m_waiting.upper_bound(m_lastPane);
        for (auto each = start; each != m_waiting.end(); ++each)
            if (canTake(each->second))
                return each;
        for (auto each = m_waiting.begin(); each != start; ++each)
            if (canTake(each->second))
                return each;
        return m_waiting.end();
    }

    void run(const std::stop_token& stop) {
        std::map<int, Pane> panes; // painters begin and end on this thread
        std::unique_lock lock(m_mutex);
        while (!stop.stop_requested()) {
            for (int pane : m_forgotten)
                panes.erase(pane);
            m_forgotten.clear();
            const auto found = next();
            if (found == m_waiting.end()) {
                m_wake.wait(lock, stop, [this] { return !m_forgotten.empty() || next() != m_waiting.end(); });
                continue;
            }
            m_lastPane = found->first;
            const Request request = std::move(found->second);
            m_waiting.erase(found);
            const GlProbe probe = m_probe;
            lock.unlock();
            const int pane = m_lastPane;
            FramePtr frame = drawn(panes[pane], pane, request, probe);
            QMetaObject::invokeMethod(
                m_owner, [owner = m_owner, frame = std::move(frame)] { owner->deliver(frame); },
                Qt::QueuedConnection);
            lock.lock();
        }
    }

    FramePtr drawn(Pane& pane, int number, const Request& request, const GlProbe& probe) {
        auto frame = std::make_shared<Frame>();
        frame->pane = number;
        frame->number = request.number;
        frame->scene = request.scene;
        const bool flat = std::holds_alternative<Scene2D>(*request.scene);
        double& usual = flat ? pane.fullMilliseconds2D : pane.fullMilliseconds3D;
        frame->quality = request.moving && usual > SlowMilliseconds ? Quality::Reduced : Quality::Full;
        QElapsedTimer timer;
        timer.start();
        try {
            if (!flat && probe.answer != GlProbe::Answer::Works)
                throw Error(text(EMBELLIE_TR("draw", "3-D can't be drawn here")))
                    .found(probe.reason)
                    .remedy(text(EMBELLIE_TR(
                        "draw", "install Mesa's libEGL (package libegl1); everything in 2-D works without")));
            if (!flat && !pane.vtk)
                pane.vtk = std::make_unique<VtkPainter>();
            Painter& painter = flat ? static_cast<Painter&>(pane.cpu) : *pane.vtk;
            frame->painter = painter.name();
            frame->picture = painter.draw(*request.scene, frame->quality);
        } catch (const Error& error) {
            frame->problem = error;
        } catch (const std::exception& error) {
            frame->problem =
                Error(text(EMBELLIE_TR("draw", "the picture can't be drawn: {0}"), error.what()));
        }
        frame->milliseconds = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        if (frame->quality == Quality::Full)
            usual = frame->milliseconds;
        return frame;
    }

    DrawingThread* m_owner;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::map<int, Request> m_waiting;
    std::vector<int> m_forgotten;
    GlProbe m_probe;
    int m_lastPane = 0;
    std::jthread m_thread; // last: ends before what it uses
};

struct DrawingThread::State {
    struct Pane {
        std::uint64_t newest = 0;      ///< number of the last request
        std::uint64_t forgottenTo = 0; ///< answers up to this number are not wanted
        bool newestMoves = false;
        bool isHeldBack = false;     ///< the newest request waits for the line
        FramePtr heldBack;           ///< drawn, waits for the line
        bool mayBePassedOver = true; ///< its last picture did not wait for the line in vain
        QElapsedTimer sinceShown;
        std::shared_ptr<const Scene> scene;
        std::unique_ptr<QTimer> rest;
    };
    std::uint64_t lastNumber = 0;
    std::map<int, Pane> panes;
    std::unique_ptr<Worker> worker;
};

DrawingThread::DrawingThread(GlProbe probe, QObject* parent)
    : QObject(parent), m_state(std::make_unique<State>()) {
    m_state->worker = std::make_unique<Worker>(this, std::move(probe));
}

DrawingThread::~DrawingThread() {
    m_state->worker.reset();
}

void DrawingThread::setProbe(GlProbe probe) {
    m_state->worker->setProbe(std::move(probe));
}

std::uint64_t DrawingThread::request(int pane, Scene scene, bool moving) {
    State::Pane& known = m_state->panes[pane];
    known.newest = ++m_state->lastNumber;
    known.newestMoves = moving;
    known.scene = std::make_shared<const Scene>(std::move(scene));
    if (!known.rest) {
        known.rest = std::make_unique<QTimer>();
        known.rest->setSingleShot(true);
        connect(known.rest.get(), &QTimer::timeout, this, [this, pane] {
            State::Pane& rested = m_state->panes[pane];
            rested.newest = ++m_state->lastNumber;
            rested.newestMoves = false;
            ask(pane);
        });
    }
    known.rest->stop();
    ask(pane);
    return known.newest;
}

void DrawingThread::ask(int number) {
    State::Pane& pane = m_state->panes[number];
    pane.isHeldBack = m_line && m_line->isBusy();
    if (!pane.isHeldBack)
        m_state->worker->ask(number, {pane.newest, pane.scene, pane.newestMoves});
}

void DrawingThread::forget(int pane) {
    const auto found = m_state->panes.find(pane);
    if (found == m_state->panes.end())
        return;
    State::Pane& known = found->second;
    known.rest.reset();
    known.forgottenTo = known.newest;
    known.heldBack.reset();
    known.isHeldBack = false;
    known.scene.reset();
    m_state->worker->forget(pane);
}

void DrawingThread::setLine(DisplayLine& line) {
    m_line = &line;
    connect(&line, &DisplayLine::answered, this, &DrawingThread::lineIsFree);
}

void DrawingThread::lineIsFree() {
    for (auto& [number, pane] : m_state->panes) {
        const FramePtr frame = std::exchange(pane.heldBack, nullptr);
        // Something newer takes the place of what is drawn, but not for ever: where others are always drawn
        // first, a pane would stand still as long as the hand moves.
        if (frame && (!pane.isHeldBack || !std::exchange(pane.mayBePassedOver, false)))
            show(frame);
        if (pane.isHeldBack)
            ask(number);
    }
}

void DrawingThread::deliver(FramePtr frame) {
    State::Pane& pane = m_state->panes[frame->pane];
    if (frame->number <= pane.forgottenTo)
        return;
    if (m_line && m_line->isBusy())
        pane.heldBack = std::move(frame);
    else
        show(std::move(frame));
}

void DrawingThread::show(FramePtr frame) {
    State::Pane& pane = m_state->panes[frame->pane];
    pane.mayBePassedOver = true;
    // While the hand moves every picture is welcome; else an answer that is no longer asked for is dropped,
    // unless the pane would starve.
    const bool late = frame->number < pane.newest && !pane.newestMoves;
    if (late && pane.sinceShown.isValid() && pane.sinceShown.elapsed() < StarvingMilliseconds)
        return;
    pane.sinceShown.start();
    if (frame->quality == Quality::Reduced && frame->number == pane.newest && pane.rest)
        pane.rest->start(RestMilliseconds);
    Q_EMIT frameReady(frame);
}

} // namespace embellie
