#include "gui/action/watchdog.h"

#include <QDebug>
#include <QMetaObject>

namespace embellie {

Watchdog::Watchdog(std::function<QString()> who, std::chrono::milliseconds limit, QObject* parent)
    : QObject(parent), m_who(std::move(who)), m_limit(limit),
      m_thread([this](const std::stop_token& stop) { watch(stop); }) {}

Watchdog::~Watchdog() {
    m_thread.request_stop();
    m_thread.join();
}

void Watchdog::watch(const std::stop_token& stop) {
    using Clock = std::chrono::steady_clock;
    std::unique_lock lock(m_mutex);
    while (!stop.stop_requested()) {
        m_back = false;
        const Clock::time_point asked = Clock::now();
        QMetaObject::invokeMethod(
            this,
            [this] {
                const std::lock_guard guard(m_mutex);
                m_back = true;
                m_cameBack.notify_all();
            },
            Qt::QueuedConnection);
        if (!m_cameBack.wait_for(lock, stop, m_limit, [this] { return m_back; })) {
            if (stop.stop_requested())
                return;
            const QString who = m_who();
            m_cameBack.wait(lock, stop, [this] { return m_back; });
            if (stop.stop_requested())
                return;
            const auto late = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - asked);
            qWarning().noquote() << QStringLiteral("The window did not answer for %1 ms; last action: %2")
                                        .arg(late.count())
                                        .arg(who.isEmpty() ? QStringLiteral("none") : who);
        }
        // The pause also bounds the cost: some twenty questions a second.
        m_cameBack.wait_for(lock, stop, m_limit, [] { return false; });
    }
}

} // namespace embellie
