#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>

namespace embellie {

/// The way of pictures to a display on another machine (ssh -X). Who sends pictures faster than it carries
/// them hangs in the write, for seconds: a picture is therefore followed by a question to the display, and
/// the next one waits for the answer, which comes when all before it has arrived. Belongs to the main thread.
class DisplayLine : public QObject {
    Q_OBJECT
public:
    explicit DisplayLine(QObject* parent = nullptr);

    /// A new picture, or a part of it, was painted; call it from the paint event. What was painted until the
    /// event loop comes round is sent, and asked about, together. @p bytes that this takes without
    /// compression
    void painted(qint64 bytes);
    /// From painted() until the display has answered.
    bool isBusy() const { return m_isBusy; }

    struct Passage {
        qint64 bytes = 0;
        double milliseconds = 0; ///< from the question to the answer
    };
    /// Of the picture answered last.
    const Passage& last() const { return m_last; }

Q_SIGNALS:
    /// No longer busy.
    void answered();

protected:
    /// Sends the question, without waiting.
    virtual void ask() = 0;
    virtual bool hasAnswered() = 0;

private:
    void send();
    void look();

    bool m_isBusy = false;
    qint64 m_waitingBytes = 0; ///< painted, and not asked about yet
    Passage m_last, m_underWay;
    QElapsedTimer m_since;
    QTimer m_poll;
};

/// That to the display of this program; null where it is on this machine, or where there is none.
std::unique_ptr<DisplayLine> lineToForwardedDisplay();

} // namespace embellie
