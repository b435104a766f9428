#pragma once

#include <QAction>
#include <QList>
#include <QObject>

#include <functional>
#include <mutex>

namespace embellie {

/// What an action is called and how it is reached. Menu, top bar, keys and the action finder all point to it.
struct ActionText {
    QString id;    ///< dotted: look.next_time; unique
    QString label; ///< "Next time", as a command; translated
    QString help;  ///< one sentence: tooltip and second column of the finder
    QList<QKeySequence> keys;
    bool listed = true; ///< in the action finder
};

/// The named actions of one window.
class ActionList : public QObject {
    Q_OBJECT
public:
    /// @p owner is the widget in which the keys work (the window, or a page: then only while it has the focus
    /// or is an ancestor of the focused widget); it also owns the action.
    explicit ActionList(QObject* parent = nullptr);
    QAction* add(QWidget* owner, const ActionText& text, std::function<void()> run);

    const QList<QAction*>& all() const { return m_actions; }
    QAction* find(const QString& id) const; ///< null where there is none
    static QString idOf(const QAction* action);
    static bool isListed(const QAction* action);

    /// Label of the action that runs now, or ran last, for the watchdog. Callable from any thread.
    QString lastRun() const;

private:
    QList<QAction*> m_actions;
    mutable std::mutex m_mutex; ///< of m_lastRun
    QString m_lastRun;
};

} // namespace embellie
