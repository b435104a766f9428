#pragma once

#include "gui/workspace/session.h"

#include <QStringList>
#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace embellie {

/// The line at the bottom: what is shown and how it was drawn at the left, running work with its progress at
/// the right.
class StatusStrip : public QWidget {
    Q_OBJECT
public:
    explicit StatusStrip(Work& work, QWidget* parent = nullptr);
    void setTexts(const QStringList& texts);
    const QStringList& texts() const { return m_texts; }
    /// A widget for the right end; becomes a child.
    void addAtEnd(QWidget* widget);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showWork();
    int endOf(const QStringList& texts) const;

    Work& m_work;
    QStringList m_texts;
    QLabel* m_title;
    QProgressBar* m_bar;
    QToolButton* m_cancel;
    quint64 m_shownJob = 0;
};

} // namespace embellie
