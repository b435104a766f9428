#pragma once

#include "gui/workspace/theme_source.h"

#include <QStringList>
#include <QWidget>

class QLabel;

namespace embellie {

/// What went wrong, as lines in the window instead of a dialogue: the newest three and how many more.
/// Dismissed by its button.
class ProblemStrip : public QWidget {
    Q_OBJECT
public:
    explicit ProblemStrip(ThemeSource& theme, QWidget* parent = nullptr);
    void add(const QString& sentence);
    void dismiss();
    const QStringList& sentences() const { return m_sentences; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ThemeSource& m_theme;
    QStringList m_sentences;
    QLabel* m_text;
};

} // namespace embellie
