#include "gui/draw/display_line.h"

#include <QGuiApplication>

#include <xcb/xcb.h>
#include <xcb/xcbext.h>

#include <cstdlib>
#include <utility>

namespace embellie {

namespace {

constexpr int PollMilliseconds = 4;

/// Where another machine's memory can't be shared, the display is not on this one.
bool sharesMemory(xcb_connection_t* connection) {
    constexpr char name[] = "MIT-SHM";
    xcb_query_extension_reply_t* reply = xcb_query_extension_reply(
        connection, xcb_query_extension(connection, sizeof name - 1, name), nullptr);
    const bool shares = reply && reply->present;
    std::free(reply);
    return shares;
}

/// "localhost:10.0" is the end of a line of ssh's, ":0" and "unix:0" a screen of this machine.
bool namesAnotherHost(const QString& display) {
    const QString host = display.section(QLatin1Char(':'), 0, -2);
    return !host.isEmpty() && host != QLatin1String("unix") && !host.startsWith(QLatin1Char('/'));
}

class XcbLine : public DisplayLine {
public:
    explicit XcbLine(xcb_connection_t* connection) : m_connection(connection) {}

protected:
    void ask() override {
        m_question = xcb_get_input_focus(m_connection);
        xcb_flush(m_connection);
    }

    bool hasAnswered() override {
        void* reply = nullptr;
        xcb_generic_error_t* error = nullptr;
        const bool answered = xcb_poll_for_reply(m_connection, m_question.sequence, &reply, &error) != 0;
        std::free(reply);
        std::free(error);
        return answered;
    }

private:
    xcb_connection_t* m_connection;
    xcb_get_input_focus_cookie_t m_question{};
};

} // namespace

DisplayLine::DisplayLine(QObject* parent) : QObject(parent) {
    m_poll.setTimerType(Qt::PreciseTimer);
    m_poll.setInterval(PollMilliseconds);
    connect(&m_poll, &QTimer::timeout, this, &DisplayLine::look);
}

void DisplayLine::painted(qint64 bytes) {
    m_waitingBytes += bytes;
    if (std::exchange(m_isBusy, true))
        return;
    // What paint events leave behind is sent after the last of them.
    QTimer::singleShot(0, this, &DisplayLine::send);
}

void DisplayLine::send() {
    m_underWay.bytes = std::exchange(m_waitingBytes, 0);
    m_since.start();
    ask();
    m_poll.start();
}

void DisplayLine::look() {
    if (!hasAnswered())
        return;
    m_poll.stop();
    m_underWay.milliseconds = static_cast<double>(m_since.nsecsElapsed()) / 1e6;
    m_last = m_underWay;
    if (m_waitingBytes > 0) {
        send();
        return;
    }
    m_isBusy = false;
    Q_EMIT answered();
}

std::unique_ptr<DisplayLine> lineToForwardedDisplay() {
#if QT_CONFIG(xcb)
    const auto* x11 = qGuiApp->nativeInterface<QNativeInterface::QX11Application>();
    if (!x11 || !x11->connection())
        return nullptr;
    if (namesAnotherHost(qEnvironmentVariable("DISPLAY")) || !sharesMemory(x11->connection()))
        return std::make_unique<XcbLine>(x11->connection());
#endif
    return nullptr;
}

} // namespace embellie
