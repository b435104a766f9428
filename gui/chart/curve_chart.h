#pragma once

#include "gui/scene/palette.h"

#include <QPointF>
#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

namespace embellie {

/// A curve; x ascending is usual, not required. A point that is not finite breaks the line.
struct CurveSeries {
    enum class Stroke { Solid, Dashed }; ///< validation (2 px), training (1.2 px)
    QString name;                        ///< of the run: one legend entry a name
    QColor colour;
    Stroke stroke = Stroke::Solid;
    bool dots = false; ///< a dot on each point
    QString endLabel;  ///< beside the last point: "run 13: 0.82"; empty: none
    std::vector<QPointF> points;
    friend bool operator==(const CurveSeries&, const CurveSeries&) = default;
};

/// A dotted horizontal line: "raw, no cleaning 0.42".
struct ChartBaseline {
    double value = 0;
    QString label;
    friend bool operator==(const ChartBaseline&, const ChartBaseline&) = default;
};

/// A single marked point with a label.
struct ChartMark {
    enum class Shape { Circle, Square };
    QPointF point;
    Shape shape = Shape::Circle;
    QString label;
    QColor colour;
    friend bool operator==(const ChartMark&, const ChartMark&) = default;
};

/// A bar from zero, behind the curves; its label stands upright in it, or on it.
struct ChartBar {
    double from = 0, to = 0; ///< along x
    double height = 0;       ///< in units of y
    QString label;
    friend bool operator==(const ChartBar&, const ChartBar&) = default;
};

struct ChartData {
    QString title, xLabel, yLabel; ///< with the unit, "Loss, per valid cell"
    std::vector<CurveSeries> series;
    std::optional<ChartBaseline> baseline;
    std::vector<ChartMark> marks;
    std::vector<ChartBar> bars;
    /// Ends of the axes; empty: round numbers that hold the data.
    std::optional<Limits> xLimits, yLimits;
    QString solidMeans, dashedMeans; ///< in the legend, "validation", "training"; empty: not shown
    QString empty;                   ///< said in the middle where there is no point yet
    friend bool operator==(const ChartData&, const ChartData&) = default;
};

/// Curves on two axes with round ticks; sizes follow the font.
class CurveChart : public QWidget {
    Q_OBJECT
public:
    explicit CurveChart(QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setData(ChartData data);
    const ChartData& data() const { return m_data; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Theme m_theme;
    ChartData m_data;
};

/// The chart itself, into any painter.
void paintCurveChart(QPainter& painter, const QRectF& area, const ChartData& data, const Theme& theme);

/// Round values (1, 2, 2.5 or 5 times a power of ten) within the limits, about @p wanted of them.
std::vector<double> roundTicks(const Limits& limits, int wanted);
/// As few decimals as tell @p step apart, the locale's decimal sign, a true minus, a thin space in thousands.
QString tickText(double value, double step);

} // namespace embellie
