#include "gui/chart/curve_chart.h"

#include "gui/scene/localised.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <limits>

namespace embellie {

namespace {

constexpr double SolidWidth = 2, DashedWidth = 1.2; // pixels

bool isFinite(const QPointF& point) {
    return std::isfinite(point.x()) && std::isfinite(point.y());
}

Limits dataLimits(const ChartData& data, bool ofX) {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    const auto add = [&](double value) {
        low = std::min(low, value);
        high = std::max(high, value);
    };
    for (const CurveSeries& series : data.series)
        for (const QPointF& point : series.points)
            if (isFinite(point))
                add(ofX ? point.x() : point.y());
    for (const ChartMark& mark : data.marks)
        add(ofX ? mark.point.x() : mark.point.y());
    if (!ofX && data.baseline && std::isfinite(data.baseline->value))
        add(data.baseline->value);
    if (!(low <= high))
        return {0, 1};
    // An axis that nearly reaches zero begins there: heights then compare by eye.
    if (low > 0 && low < high / 2)
        low = 0;
    if (ofX && high > low)
        return {low, high};
    const std::vector<double> edges = roundEdges({low, high}, 8);
    return {edges.front(), edges.back()};
}

bool hasPoints(const ChartData& data) {
    return !data.marks.empty() ||
           std::any_of(data.series.begin(), data.series.end(), [](const CurveSeries& series) {
               return std::any_of(series.points.begin(), series.points.end(), isFinite);
           });
}

/// Axes in pixels.
struct Frame2D {
    QRectF plot;
    Limits x, y;
    QPointF at(const QPointF& point) const {
        return {plot.left() + (point.x() - x.low) / (x.high - x.low) * plot.width(),
                plot.bottom() - (point.y() - y.low) / (y.high - y.low) * plot.height()};
    }
};

/// Text that stays readable over curves: an outline in the ground's colour.
void outlinedText(QPainter& painter, const QPointF& baseline, const QString& text, const QColor& colour,
                  const QColor& ground) {
    QPainterPath path;
    path.addText(baseline, painter.font(), text);
    painter.strokePath(path, QPen(ground, 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.fillPath(path, colour);
}

double stepOf(const std::vector<double>& ticks) {
    return ticks.size() > 1 ? ticks[1] - ticks[0] : 1;
}

void paintCurve(QPainter& painter, const Frame2D& frame, const CurveSeries& series) {
    const bool dashed = series.stroke == CurveSeries::Stroke::Dashed;
    QPen pen(series.colour, dashed ? DashedWidth : SolidWidth);
    if (dashed)
        pen.setDashPattern({3, 2});
    pen.setJoinStyle(Qt::RoundJoin);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    QPolygonF run;
    const auto finish = [&] {
        if (run.size() > 1)
            painter.drawPolyline(run);
        else if (run.size() == 1)
            painter.drawPoint(run.front());
        run.clear();
    };
    for (const QPointF& point : series.points) {
        if (isFinite(point))
            run << frame.at(point);
        else
            finish();
    }
    finish();
    if (!series.dots)
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(series.colour);
    for (const QPointF& point : series.points)
        if (isFinite(point))
            painter.drawEllipse(frame.at(point), 2.5, 2.5);
}

struct EndLabel {
    double y = 0; ///< of the baseline of the text
    QString text;
};

/// How many pixels of the curves, and of the baseline, lie within a rectangle.
int pixelsWithin(const QRectF& place, const Frame2D& frame, const ChartData& data) {
    int pixels = 0;
    for (const CurveSeries& series : data.series)
        for (std::size_t at = 0; at + 1 < series.points.size(); ++at) {
            if (!isFinite(series.points[at]) || !isFinite(series.points[at + 1]))
                continue;
            const QPointF from = frame.at(series.points[at]), to = frame.at(series.points[at + 1]);
            if (std::max(from.x(), to.x()) < place.left() || std::min(from.x(), to.x()) > place.right())
                continue;
            const int steps = std::clamp(int(std::abs(to.x() - from.x()) / 2), 1, 200);
            for (int step = 0; step <= steps; ++step)
                pixels += place.contains(from + (to - from) * (double(step) / steps));
        }
    return pixels;
}

/// The baseline of a text beside its line's end: above or under it, where fewest curves run through it.
double freeBaseline(double end, double width, const QFontMetricsF& metrics, const Frame2D& frame,
                    const ChartData& data) {
    const double above = end - metrics.descent() - 3, below = end + metrics.ascent() + 4;
    double best = above;
    int least = std::numeric_limits<int>::max();
    for (const double baseline : {above, below, above - metrics.height(), below + metrics.height()}) {
        const QRectF place(frame.plot.right() - width - 6, baseline - metrics.ascent(), width + 4,
                           metrics.ascent() + metrics.descent());
        if (place.top() < frame.plot.top() || place.bottom() > frame.plot.bottom())
            continue;
        const int pixels = pixelsWithin(place, frame, data);
        if (pixels < least) {
            least = pixels;
            best = baseline;
        }
    }
    return best;
}

/// Labels at the right border, each beside its line's end and none over another.
void paintEndLabels(QPainter& painter, const Frame2D& frame, const ChartData& data, const Theme& theme) {
    const QFontMetricsF metrics(painter.font());
    std::vector<EndLabel> labels;
    const auto add = [&](double y, const QString& text) {
        if (!text.isEmpty() && std::isfinite(y))
            labels.push_back(
                {freeBaseline(frame.at({0, y}).y(), metrics.horizontalAdvance(text), metrics, frame, data),
                 text});
    };
    for (const CurveSeries& series : data.series) {
        const auto last = std::find_if(series.points.rbegin(), series.points.rend(), isFinite);
        if (last != series.points.rend())
            add(last->y(), series.endLabel);
    }
    if (data.baseline)
        add(data.baseline->value, data.baseline->label);
    std::sort(labels.begin(), labels.end(), [](const EndLabel& a, const EndLabel& b) { return a.y < b.y; });
    const double line = metrics.height();
    double least = frame.plot.top() + metrics.ascent() + 2;
    for (EndLabel& label : labels) {
        label.y = std::max(label.y, least);
        least = label.y + line;
    }
    double most = frame.plot.bottom() - metrics.descent() - 2;
    for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
        label->y = std::min(label->y, most);
        most = label->y - line;
    }
    for (const EndLabel& label : labels)
        outlinedText(painter, {frame.plot.right() - metrics.horizontalAdvance(label.text) - 4, label.y},
                     label.text, theme.text, theme.base);
}

void paintBars(QPainter& painter, const Frame2D& frame, const ChartData& data, const Theme& theme) {
    for (const ChartBar& bar : data.bars)
        painter.fillRect(
            QRectF(frame.at({bar.from, bar.height}), frame.at({bar.to, 0})).adjusted(1, 0, -1, 0),
            theme.border);
}

void paintBarLabels(QPainter& painter, const Frame2D& frame, const ChartData& data, const Theme& theme) {
    const QFontMetricsF metrics(painter.font());
    for (const ChartBar& bar : data.bars) {
        if (frame.at({bar.to, 0}).x() - frame.at({bar.from, 0}).x() < metrics.ascent())
            continue;
        painter.save();
        painter.translate(frame.at({(bar.from + bar.to) / 2, 0}) + QPointF(metrics.ascent() / 2 - 1, -3));
        painter.rotate(-90);
        outlinedText(painter, {0, 0}, bar.label, theme.mutedText, theme.base);
        painter.restore();
    }
}

void paintMarks(QPainter& painter, const Frame2D& frame, const ChartData& data, const Theme& theme) {
    const QFontMetricsF metrics(painter.font());
    const double radius = metrics.height() / 3;
    std::vector<QRectF> taken; // by marks and their words
    for (const ChartMark& mark : data.marks)
        taken.push_back(QRectF(frame.at(mark.point), QSizeF()).adjusted(-radius, -radius, radius, radius));
    for (const ChartMark& mark : data.marks) {
        const QPointF at = frame.at(mark.point);
        painter.setPen(QPen(mark.colour.isValid() ? mark.colour : theme.text, 2));
        painter.setBrush(theme.base);
        if (mark.shape == ChartMark::Shape::Circle)
            painter.drawEllipse(at, radius, radius);
        else
            painter.drawRect(QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius));
        const double width = metrics.horizontalAdvance(mark.label);
        // Beside the mark, where fewest curves run through the words.
        const double far = radius * 2.2, middle = metrics.ascent() / 2.4;
        const double under = radius * 1.5 + metrics.ascent();
        QPointF label;
        int least = std::numeric_limits<int>::max();
        for (const QPointF& offset :
             {QPointF(far, middle), QPointF(far, under), QPointF(-far - width, middle),
              QPointF(-width / 2, under), QPointF(-width / 2, -radius * 1.5 - metrics.descent()),
              QPointF(far, under + metrics.height()), QPointF(-far - width, under)}) {
            const QPointF place(std::min(at.x() + offset.x(), frame.plot.right() - width - 2),
                                at.y() + offset.y());
            const QRectF words(place.x(), place.y() - metrics.ascent(), width,
                               metrics.ascent() + metrics.descent());
            const auto overlapped = std::count_if(
                taken.begin(), taken.end(), [&](const QRectF& other) { return words.intersects(other); });
            const int pixels = pixelsWithin(words, frame, data) + 1000 * int(overlapped);
            if (pixels < least && frame.plot.contains(words)) {
                least = pixels;
                label = place;
            }
        }
        if (least == std::numeric_limits<int>::max())
            label = {std::min(at.x() - width / 2, frame.plot.right() - width - 2), at.y() + under};
        taken.emplace_back(label.x(), label.y() - metrics.ascent(), width,
                           metrics.ascent() + metrics.descent());
        outlinedText(painter, label, mark.label, theme.text, theme.base);
    }
}

void paintLegend(QPainter& painter, const QRectF& area, const ChartData& data, const Theme& theme) {
    const QFontMetricsF metrics(painter.font());
    const double sample = metrics.height() * 1.4, gap = metrics.height() * 0.5,
                 between = metrics.height() * 1.2;
    double x = area.left();
    bool isFull = false;
    const auto entry = [&](const QString& text, const QColor& colour, bool dashed) {
        const double width = sample + gap + metrics.horizontalAdvance(text);
        if (text.isEmpty() || isFull)
            return;
        if (x + width > area.right() + 1) {
            isFull = true;
            painter.setPen(theme.text);
            painter.drawText(QPointF(x, area.center().y() + metrics.ascent() / 2 - metrics.descent() / 4),
                             QStringLiteral("…"));
            return;
        }
        QPen pen(colour, dashed ? DashedWidth : SolidWidth);
        if (dashed)
            pen.setDashPattern({3, 2});
        painter.setPen(pen);
        painter.drawLine(QPointF(x, area.center().y()), QPointF(x + sample, area.center().y()));
        painter.setPen(theme.text);
        painter.drawText(
            QPointF(x + sample + gap, area.center().y() + metrics.ascent() / 2 - metrics.descent() / 4),
            text);
        x += width + between;
    };
    // What the strokes mean is said nowhere else; runs have their names in the list too.
    entry(data.solidMeans, theme.text, false);
    entry(data.dashedMeans, theme.text, true);
    QStringList named;
    for (const CurveSeries& series : data.series)
        if (!named.contains(series.name)) {
            named << series.name;
            entry(series.name, series.colour, false);
        }
}

bool hasLegend(const ChartData& data) {
    return !data.solidMeans.isEmpty() || !data.dashedMeans.isEmpty() ||
           std::any_of(data.series.begin(), data.series.end(),
                       [](const CurveSeries& series) { return !series.name.isEmpty(); });
}

} // namespace

std::vector<double> roundTicks(const Limits& limits, int wanted) {
    if (!(limits.high > limits.low) || wanted < 1)
        return {limits.low};
    const double atLeast = (limits.high - limits.low) / wanted;
    const double power = std::pow(10, std::floor(std::log10(atLeast) + 1e-12));
    double step = 10 * power;
    for (double factor : {5.0, 2.5, 2.0, 1.0})
        if (factor * power >= atLeast * (1 - 1e-9))
            step = factor * power;
    std::vector<double> ticks;
    const double slack = step * 1e-9;
    for (double k = std::ceil((limits.low - slack) / step); k * step <= limits.high + slack; ++k)
        ticks.push_back(k * step);
    return ticks;
}

QString tickText(double value, double step) {
    int decimals = 0;
    for (double scaled = std::abs(step);
         decimals < 8 && std::abs(scaled - std::round(scaled)) > 1e-6 * scaled; ++decimals)
        scaled *= 10;
    return numberForPeople(std::abs(value) < std::abs(step) * 1e-9 ? 0 : value, decimals);
}

void paintCurveChart(QPainter& painter, const QRectF& area, const ChartData& data, const Theme& theme) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QFont normal = painter.font();
    QFont small = normal;
    if (small.pointSizeF() > 0)
        small.setPointSizeF(normal.pointSizeF() * 0.85);
    QFont bold = small;
    bold.setWeight(QFont::DemiBold);
    const QFontMetricsF metrics(small);
    const double line = metrics.height();

    Frame2D frame;
    frame.x = data.xLimits.value_or(dataLimits(data, true));
    frame.y = data.yLimits.value_or(dataLimits(data, false));
    if (!(frame.x.high > frame.x.low))
        frame.x.high = frame.x.low + 1;
    if (!(frame.y.high > frame.y.low))
        frame.y.high = frame.y.low + 1;
    const double top = area.top() + (data.title.isEmpty() ? line / 2 : line * 1.4);
    const double bottom = area.bottom() - line * 1.4 - (data.xLabel.isEmpty() ? 0 : line * 1.1) -
                          (hasLegend(data) ? line * 1.5 : 0);
    constexpr int mostTicks = 8; // on a wall, too: more lines hide the curves
    const std::vector<double> yTicks =
        roundTicks(frame.y, std::clamp(static_cast<int>((bottom - top) / (line * 2.5)), 2, mostTicks));
    double widest = 0;
    for (double tick : yTicks)
        widest = std::max(widest, metrics.horizontalAdvance(tickText(tick, stepOf(yTicks))));
    const double left = area.left() + widest + line * 0.6 + (data.yLabel.isEmpty() ? 0 : line * 1.2);
    frame.plot = QRectF(QPointF(std::round(left) + 0.5, std::round(top) + 0.5),
                        QPointF(std::round(area.right() - line) + 0.5, std::round(bottom) + 0.5));
    if (frame.plot.width() < 2 * line || frame.plot.height() < line) {
        painter.restore();
        return;
    }
    const std::vector<double> xTicks =
        roundTicks(frame.x, std::clamp(static_cast<int>(frame.plot.width() / (line * 4.5)), 2, mostTicks));

    painter.fillRect(frame.plot, theme.base);
    painter.setFont(bold);
    painter.setPen(theme.text);
    painter.drawText(QPointF(frame.plot.left(), area.top() + metrics.ascent()), data.title);

    painter.setFont(small);
    // Without a point there is nothing to measure: numbers on the axes would only look like some.
    for (double tick : hasPoints(data) ? yTicks : std::vector<double>()) {
        const double y = std::round(frame.at({0, tick}).y()) + 0.5;
        painter.setPen(QPen(theme.border, 1));
        painter.drawLine(QPointF(frame.plot.left(), y), QPointF(frame.plot.right(), y));
        const QString text = tickText(tick, stepOf(yTicks));
        painter.setPen(theme.mutedText);
        painter.drawText(QPointF(frame.plot.left() - line * 0.45 - metrics.horizontalAdvance(text),
                                 y + metrics.ascent() / 2 - 1),
                         text);
    }
    for (double tick : hasPoints(data) ? xTicks : std::vector<double>()) {
        const double x = std::round(frame.at({tick, 0}).x()) + 0.5;
        painter.setPen(QPen(theme.controlBorder, 1));
        painter.drawLine(QPointF(x, frame.plot.bottom()), QPointF(x, frame.plot.bottom() + line * 0.25));
        const QString text = tickText(tick, stepOf(xTicks));
        painter.setPen(theme.mutedText);
        painter.drawText(QPointF(x - metrics.horizontalAdvance(text) / 2,
                                 frame.plot.bottom() + line * 0.35 + metrics.ascent()),
                         text);
    }
    painter.setPen(theme.mutedText);
    painter.drawText(QPointF(frame.plot.right() - metrics.horizontalAdvance(data.xLabel),
                             frame.plot.bottom() + line * 1.35 + metrics.ascent()),
                     data.xLabel);
    if (!data.yLabel.isEmpty()) {
        painter.save();
        painter.translate(area.left() + metrics.ascent(),
                          frame.plot.center().y() + metrics.horizontalAdvance(data.yLabel) / 2);
        painter.rotate(-90);
        painter.drawText(QPointF(0, 0), data.yLabel);
        painter.restore();
    }

    painter.save();
    painter.setClipRect(frame.plot);
    paintBars(painter, frame, data, theme);
    if (data.baseline && std::isfinite(data.baseline->value)) {
        painter.setPen(QPen(theme.text, 1.5, Qt::DotLine));
        const double y = frame.at({0, data.baseline->value}).y();
        painter.drawLine(QPointF(frame.plot.left(), y), QPointF(frame.plot.right(), y));
    }
    for (const CurveSeries::Stroke stroke : {CurveSeries::Stroke::Dashed, CurveSeries::Stroke::Solid})
        for (const CurveSeries& series : data.series)
            if (series.stroke == stroke)
                paintCurve(painter, frame, series);
    painter.restore();

    painter.setPen(QPen(theme.controlBorder, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(frame.plot);
    paintBarLabels(painter, frame, data, theme);
    paintMarks(painter, frame, data, theme);
    if (hasPoints(data)) {
        paintEndLabels(painter, frame, data, theme);
    } else {
        painter.setPen(theme.mutedText);
        painter.drawText(frame.plot.adjusted(line, line, -line, -line), Qt::AlignCenter | Qt::TextWordWrap,
                         data.empty);
    }
    if (hasLegend(data))
        paintLegend(painter, QRectF(frame.plot.left(), area.bottom() - line * 1.2, frame.plot.width(), line),
                    data, theme);
    painter.restore();
}

CurveChart::CurveChart(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void CurveChart::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void CurveChart::setData(ChartData data) {
    if (data == m_data)
        return;
    m_data = std::move(data);
    setAccessibleName(m_data.title);
    update();
}

QSize CurveChart::sizeHint() const {
    const int line = fontMetrics().height();
    return {line * 22, line * 18};
}

QSize CurveChart::minimumSizeHint() const {
    const int line = fontMetrics().height();
    return {line * 10, line * 8};
}

void CurveChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(font());
    paintCurveChart(painter, rect(), m_data, m_theme);
}

} // namespace embellie
