#pragma once

#include "gui/workspace/session.h"
#include "gui/workspace/theme_source.h"

#include <QWidget>

#include <vector>

namespace embellie {

/// The times of the chosen site or product as they are, with gaps: each sweep at its own time while they fit,
/// else each volume. Levels without times stand side by side. A click chooses.
class TimeBar : public QWidget {
    Q_OBJECT
public:
    TimeBar(Session& session, ThemeSource& theme, QWidget* parent = nullptr);
    QSize sizeHint() const override;

    /// One mark of the bar.
    struct Mark {
        Choice choice; ///< what a click gives
        double at = 0; ///< seconds after the bar's begin; or its place in a row of levels
        QString label; ///< "0.5°"
        bool chosen = false;
    };
    /// An interval in which volumes are missing: longer than one and a half times the usual step.
    struct Gap {
        double from = 0, to = 0;
    };
    const std::vector<Mark>& marks() const { return m_marks; }
    const std::vector<Gap>& gaps() const { return m_gaps; }
    bool showsSweeps() const { return m_sweeps; }
    /// Where a mark stands, in pixels from the left.
    double xOf(const Mark& mark) const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    void collect();
    void collectSweeps(const GroupEntry& group);
    void collectVolumes(const GroupEntry& group);
    void paintAxis(QPainter& painter, int line);
    QRectF axisArea() const;
    const Mark* markNear(double x) const;

    Session& m_session;
    ThemeSource& m_theme;
    std::vector<Mark> m_marks;
    std::vector<Gap> m_gaps;
    TimePoint m_begin{};
    Calendar m_calendar = Calendar::Standard;
    double m_length = 1; ///< of the axis, in the unit of Mark::at
    bool m_sweeps = false, m_timed = false;
    QString m_date;
};

} // namespace embellie
