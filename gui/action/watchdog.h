#pragma once

#include <QObject>
#include <QString>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace embellie {

/// Asks the event loop of the thread that made it, again and again, to come back, and warns (qWarning) when
/// it did not for longer than the limit: how long, and what @p who says ran then. For debug builds.
class Watchdog : public QObject {
    Q_OBJECT
public:
    /// @p who is called on the watchdog's thread.
    explicit Watchdog(std::function<QString()> who,
                      std::chrono::milliseconds limit = std::chrono::milliseconds(50),
                      QObject* parent = nullptr);
    ~Watchdog() override;

private:
    void watch(const std::stop_token& stop);

    const std::function<QString()> m_who;
    const std::chrono::milliseconds m_limit;
    std::mutex m_mutex;
    std::condition_variable_any m_cameBack;
    bool m_back = true;
    std::jthread m_thread; ///< last: ends before what it uses
};

} // namespace embellie
