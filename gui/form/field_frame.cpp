#include "gui/form/field_frame.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

namespace embellie {

void setTextColour(QWidget* widget, const QColor& colour) {
    QPalette palette;
    palette.setColor(QPalette::WindowText, colour);
    widget->setPalette(palette);
}

FieldFrame::FieldFrame(QWidget* parent) : QFrame(parent) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 2, 6, 2);
    layout->setSpacing(6);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void FieldFrame::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void FieldFrame::setError(bool error) {
    if (m_error == error)
        return;
    m_error = error;
    update();
}

void FieldFrame::follow(QWidget* child) {
    child->installEventFilter(this);
    setFocusProxy(child);
}

bool FieldFrame::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    return QFrame::eventFilter(watched, event);
}

void FieldFrame::paintEvent(QPaintEvent*) {
    const bool focus = focusProxy() && focusProxy()->hasFocus();
    const QColor colour = !isEnabled() ? m_theme.border
                          : m_error    ? m_theme.error
                          : focus      ? m_theme.focus
                                       : m_theme.controlBorder;
    const int width = isEnabled() && (m_error || focus) ? 2 : 1;
    QPainter painter(this);
    painter.fillRect(rect(), isEnabled() ? m_theme.base : m_theme.window);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRect(0, 0, this->width(), width);
    painter.drawRect(0, height() - width, this->width(), width);
    painter.drawRect(0, 0, width, height());
    painter.drawRect(this->width() - width, 0, width, height());
}

TextField::TextField(QWidget* parent) : FieldFrame(parent), m_edit(new QLineEdit), m_suffix(new QLabel) {
    m_edit->setFrame(false);
    m_edit->setTextMargins(0, 0, 0, 0);
    m_suffix->hide();
    layout()->addWidget(m_edit);
    layout()->addWidget(m_suffix);
    follow(m_edit);
}

void TextField::setTheme(const Theme& theme) {
    FieldFrame::setTheme(theme);
    setTextColour(m_suffix, theme.mutedText);
}

void TextField::setSuffix(const QString& suffix) {
    m_suffix->setText(suffix);
    m_suffix->setVisible(!suffix.isEmpty());
}

void TextField::addAtEnd(QWidget* widget) {
    layout()->addWidget(widget);
}

bool TextField::eventFilter(QObject* watched, QEvent* event) {
    const bool isPress = event->type() == QEvent::KeyPress;
    if (m_stepping && watched == m_edit && (isPress || event->type() == QEvent::ShortcutOverride)) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            event->accept(); // before a shortcut of what the field lies in
            if (isPress)
                Q_EMIT stepped(key == Qt::Key_Up ? 1 : -1);
            return true;
        }
    }
    return FieldFrame::eventFilter(watched, event);
}

} // namespace embellie
