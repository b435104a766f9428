#include "gui/form/kept_keys.h"

#include <QKeyEvent>

namespace embellie {

namespace {

class KeptKeys : public QObject {
public:
    KeptKeys(QWidget* widget, const QList<int>& keys) : QObject(widget), m_keys(keys) {
        widget->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() != QEvent::ShortcutOverride)
            return QObject::eventFilter(watched, event);
        const auto* key = static_cast<QKeyEvent*>(event);
        if (!m_keys.contains(key->key()) || (key->modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier)
            return QObject::eventFilter(watched, event);
        event->accept();
        return true;
    }

private:
    const QList<int> m_keys;
};

} // namespace

void keepKeys(QWidget* widget, const QList<int>& keys) {
    new KeptKeys(widget, keys);
}

} // namespace embellie
