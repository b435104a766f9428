#include "gui/action/action_list.h"

#include <QWidget>

#include <cassert>

namespace embellie {

namespace {

constexpr const char* listedProperty = "embellieListed";

} // namespace

ActionList::ActionList(QObject* parent) : QObject(parent) {}

QAction* ActionList::add(QWidget* owner, const ActionText& text, std::function<void()> run) {
    assert(!find(text.id) && !text.label.isEmpty() && !text.help.isEmpty());
    auto* action = new QAction(text.label, owner);
    action->setObjectName(text.id);
    action->setShortcuts(text.keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setStatusTip(text.help);
    action->setProperty(listedProperty, text.listed);
    QString tip = text.help;
    if (!text.keys.isEmpty())
        tip += QStringLiteral(" (%1)").arg(text.keys.front().toString(QKeySequence::NativeText));
    action->setToolTip(tip);
    owner->addAction(action);
    connect(action, &QAction::triggered, this, [this, label = text.label, run = std::move(run)] {
        {
            const std::lock_guard lock(m_mutex);
            m_lastRun = label;
        }
        run();
    });
    connect(action, &QObject::destroyed, this, [this, action] { m_actions.removeOne(action); });
    m_actions.push_back(action);
    return action;
}

QAction* ActionList::find(const QString& id) const {
    for (QAction* action : m_actions)
        if (action->objectName() == id)
            return action;
    return nullptr;
}

QString ActionList::idOf(const QAction* action) {
    return action->objectName();
}

bool ActionList::isListed(const QAction* action) {
    return action->property(listedProperty).toBool();
}

QString ActionList::lastRun() const {
    const std::lock_guard lock(m_mutex);
    return m_lastRun;
}

} // namespace embellie
