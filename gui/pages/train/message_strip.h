#pragma once

#include "gui/scene/palette.h"

#include <QFrame>
#include <QLabel>

namespace embellie {

/// One line, or a few, that say how things stand: a word always, a fill and a bar at the left beside it.
class MessageStrip : public QFrame {
    Q_OBJECT
public:
    enum class Kind { Good, Warning, Error };

    explicit MessageStrip(QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    /// @p strong is said in semibold before the rest; both plain. Hides itself where both are empty.
    void setMessage(Kind kind, const QString& strong, const QString& rest);
    QString message() const { return m_plain; } ///< as shown, empty while hidden

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Theme m_theme;
    Kind m_kind = Kind::Good;
    QString m_plain;
    QLabel* m_text;
};

} // namespace embellie
