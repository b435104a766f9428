#pragma once

#include "gui/scene/palette.h"

#include <QString>
#include <QWidget>

#include <vector>

namespace embellie {

/// A vertical axis of parallel coordinates; a place on it is 0 at the bottom, 1 at the top.
struct ParallelAxis {
    struct Tick {
        double place = 0;
        QString text;
        friend bool operator==(const Tick&, const Tick&) = default;
    };
    QString label;
    std::vector<Tick> ticks;
    bool isResult = false; ///< the last one, say: a score that ranks
    friend bool operator==(const ParallelAxis&, const ParallelAxis&) = default;
};

/// One thing with a place on each axis; a place that is not finite (no score yet) ends the line before it.
struct ParallelLine {
    QString name;
    std::vector<double> places;
    QColor colour;
    bool strong = false; ///< drawn last and wider, named at its end
    bool dashed = false; ///< stopped or failed
    friend bool operator==(const ParallelLine&, const ParallelLine&) = default;
};

struct ParallelData {
    QString title;
    std::vector<ParallelAxis> axes;
    std::vector<ParallelLine> lines;
    QString empty; ///< said in the middle where there is no line
    friend bool operator==(const ParallelData&, const ParallelData&) = default;
};

/// Evenly spaced categories, the first at the bottom; a single one in the middle.
ParallelAxis categoryAxis(const QString& label, const QStringList& categories);
/// Round ticks over @p limits; placeOf() tells where a value lies.
ParallelAxis valueAxis(const QString& label, const Limits& limits);
double placeOf(double value, const Limits& limits);

/// Parallel coordinates: which settings lead to which score. Sizes follow the font.
class ParallelChart : public QWidget {
    Q_OBJECT
public:
    explicit ParallelChart(QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setData(ParallelData data);
    const ParallelData& data() const { return m_data; }
    /// The line nearest to a point of the widget within a few pixels; -1 where there is none.
    int lineAt(const QPointF& point) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(int line);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    Theme m_theme;
    ParallelData m_data;
};

/// The chart itself, into any painter.
void paintParallelChart(QPainter& painter, const QRectF& area, const ParallelData& data, const Theme& theme);

} // namespace embellie
