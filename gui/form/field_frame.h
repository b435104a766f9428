#pragma once

#include "gui/scene/palette.h"

#include <QFrame>
#include <QLabel>
#include <QLineEdit>

namespace embellie {

/// Gives a label or a line a colour of its own; everything else still follows the window's palette.
void setTextColour(QWidget* widget, const QColor& colour);

/// The frame of a control: one pixel at rest, two in the focus or with an error, muted when off. What lies in
/// it has no frame of its own.
class FieldFrame : public QFrame {
    Q_OBJECT
public:
    explicit FieldFrame(QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    const Theme& theme() const { return m_theme; }
    void setError(bool error);
    bool hasError() const { return m_error; }

protected:
    /// The child whose focus is shown; it becomes the focus proxy.
    void follow(QWidget* child);
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    Theme m_theme;
    bool m_error = false;
};

/// A line to type in, with muted text behind it inside the frame: the unit.
class TextField : public FieldFrame {
    Q_OBJECT
public:
    explicit TextField(QWidget* parent = nullptr);
    QLineEdit* edit() const { return m_edit; }
    void setSuffix(const QString& suffix);
    void setTheme(const Theme& theme);
    /// Up and Down then ask for stepped().
    void setStepping(bool stepping) { m_stepping = stepping; }
    void addAtEnd(QWidget* widget);

Q_SIGNALS:
    void stepped(int by);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QLineEdit* m_edit;
    QLabel* m_suffix;
    bool m_stepping = false;
};

} // namespace embellie
