#include "gui/chart/parallel_chart.h"

#include "gui/chart/curve_chart.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace embellie {

namespace {

constexpr double NearPixels = 6;

/// Where the axes stand.
struct Frame {
    double top = 0, bottom = 0, left = 0, right = 0;
    std::size_t axes = 0;
    double x(std::size_t axis) const {
        return axes < 2 ? left : left + (right - left) * double(axis) / double(axes - 1);
    }
    QPointF at(std::size_t axis, double place) const { return {x(axis), bottom - place * (bottom - top)}; }
};

QFont smallFont(const QFont& normal) {
    QFont small = normal;
    if (small.pointSizeF() > 0)
        small.setPointSizeF(normal.pointSizeF() * 0.85);
    return small;
}

double widestTick(const ParallelAxis& axis, const QFontMetricsF& metrics) {
    double widest = 0;
    for (const ParallelAxis::Tick& tick : axis.ticks)
        widest = std::max(widest, metrics.horizontalAdvance(tick.text));
    return widest;
}

double widestName(const ParallelData& data, const QFontMetricsF& metrics) {
    double widest = 0;
    for (const ParallelLine& line : data.lines)
        if (line.strong)
            widest = std::max(widest, metrics.horizontalAdvance(line.name));
    return widest;
}

Frame frameOf(const QRectF& area, const ParallelData& data, const QFont& font) {
    const QFontMetricsF metrics(smallFont(font));
    const double line = metrics.height();
    Frame frame;
    frame.axes = data.axes.size();
    frame.top = std::round(area.top() + (data.title.isEmpty() ? 0 : line * 1.4) + line * 2) + 0.5;
    frame.bottom = std::round(area.bottom() - line * 0.7) + 0.5;
    if (data.axes.empty())
        return frame;
    const double firstLabel = metrics.horizontalAdvance(data.axes.front().label) / 2;
    const double lastLabel = metrics.horizontalAdvance(data.axes.back().label) / 2;
    frame.left = std::round(area.left() + std::max(widestTick(data.axes.front(), metrics) + line * 0.6,
                                                   std::min(firstLabel, area.width() / 6) + 2)) +
                 0.5;
    frame.right = std::round(area.right() - std::max(widestName(data, metrics) + line * 0.8,
                                                     std::min(lastLabel, area.width() / 6) + 2)) +
                  0.5;
    return frame;
}

QPolygonF pointsOf(const ParallelLine& line, const Frame& frame) {
    QPolygonF points;
    for (std::size_t axis = 0; axis < std::min(line.places.size(), frame.axes); ++axis) {
        if (!std::isfinite(line.places[axis]))
            break;
        points << frame.at(axis, line.places[axis]);
    }
    return points;
}

void paintLine(QPainter& painter, const ParallelLine& line, const Frame& frame) {
    QPen pen(line.colour, line.strong ? 2.5 : 1.2);
    if (line.dashed)
        pen.setDashPattern({3, 2});
    pen.setJoinStyle(Qt::RoundJoin);
    painter.setPen(pen);
    const QPolygonF points = pointsOf(line, frame);
    if (points.size() > 1)
        painter.drawPolyline(points);
    if (!line.strong)
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(line.colour);
    for (const QPointF& point : points)
        painter.drawEllipse(point, 3, 3);
    painter.setBrush(Qt::NoBrush);
}

double distanceTo(const QPolygonF& points, const QPointF& point) {
    double least = std::numeric_limits<double>::infinity();
    for (qsizetype at = 0; at + 1 < points.size(); ++at) {
        const QPointF from = points[at], along = points[at + 1] - from;
        const double length = QPointF::dotProduct(along, along);
        const double share =
            length > 0 ? std::clamp(QPointF::dotProduct(point - from, along) / length, 0.0, 1.0) : 0;
        const QPointF away = point - (from + along * share);
        least = std::min(least, std::hypot(away.x(), away.y()));
    }
    return least;
}

void paintAxis(QPainter& painter, const ParallelAxis& axis, std::size_t index, const Frame& frame,
               const Theme& theme, const QFont& small) {
    const QFontMetricsF metrics(small);
    const double line = metrics.height(), x = frame.x(index);
    const double room =
        frame.axes < 2 ? 20 * line : (frame.right - frame.left) / double(frame.axes - 1) - line;
    painter.setPen(QPen(theme.controlBorder, axis.isResult ? 2 : 1));
    painter.drawLine(QPointF(x, frame.top), QPointF(x, frame.bottom));
    QFont font = small;
    font.setWeight(axis.isResult ? QFont::DemiBold : QFont::Normal);
    painter.setFont(font);
    painter.setPen(theme.text);
    const QString label =
        QFontMetricsF(font).elidedText(axis.label, Qt::ElideRight, std::max(room, 4 * line));
    painter.drawText(QPointF(x - QFontMetricsF(font).horizontalAdvance(label) / 2, frame.top - line * 0.9),
                     label);
    painter.setFont(small);
    for (const ParallelAxis::Tick& tick : axis.ticks) {
        const QPointF at = frame.at(index, tick.place);
        painter.setPen(QPen(theme.controlBorder, 1));
        painter.drawLine(at - QPointF(line * 0.25, 0), at);
        const double width = metrics.horizontalAdvance(tick.text);
        const QRectF ground(at.x() - line * 0.45 - width - 1, at.y() - line / 2, width + 2, line);
        painter.fillRect(ground, theme.base);
        painter.setPen(theme.mutedText);
        painter.drawText(QPointF(ground.left() + 1, at.y() + metrics.ascent() / 2 - 1), tick.text);
    }
}

} // namespace

ParallelAxis categoryAxis(const QString& label, const QStringList& categories) {
    ParallelAxis axis;
    axis.label = label;
    for (qsizetype at = 0; at < categories.size(); ++at)
        axis.ticks.push_back(
            {categories.size() < 2 ? 0.5 : double(at) / double(categories.size() - 1), categories[at]});
    return axis;
}

ParallelAxis valueAxis(const QString& label, const Limits& limits) {
    ParallelAxis axis;
    axis.label = label;
    axis.isResult = true;
    const std::vector<double> ticks = roundTicks(limits, 6);
    const double step = ticks.size() > 1 ? ticks[1] - ticks[0] : 1;
    for (const double tick : ticks)
        axis.ticks.push_back({placeOf(tick, limits), tickText(tick, step)});
    return axis;
}

double placeOf(double value, const Limits& limits) {
    return limits.high > limits.low ? (value - limits.low) / (limits.high - limits.low) : 0.5;
}

void paintParallelChart(QPainter& painter, const QRectF& area, const ParallelData& data, const Theme& theme) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QFont normal = painter.font(), small = smallFont(normal);
    const QFontMetricsF metrics(small);
    QFont bold = small;
    bold.setWeight(QFont::DemiBold);
    painter.fillRect(area, theme.base);
    painter.setFont(bold);
    painter.setPen(theme.text);
    painter.drawText(QPointF(area.left() + 8, area.top() + metrics.ascent() + 4), data.title);
    const Frame frame = frameOf(area.adjusted(8, 4, -8, 0), data, normal);
    painter.setFont(small);
    if (data.lines.empty() || data.axes.size() < 2) {
        painter.setPen(theme.mutedText);
        painter.drawText(area.adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap, data.empty);
        painter.restore();
        return;
    }
    for (const bool strong : {false, true}) {
        for (const ParallelLine& line : data.lines)
            if (line.strong == strong)
                paintLine(painter, line, frame);
        // Ticks stand over the many, the few over the ticks.
        if (!strong)
            for (std::size_t axis = 0; axis < data.axes.size(); ++axis)
                paintAxis(painter, data.axes[axis], axis, frame, theme, small);
    }
    painter.setFont(small);
    for (const ParallelLine& line : data.lines) {
        const QPolygonF points = pointsOf(line, frame);
        if (!line.strong || std::size_t(points.size()) != frame.axes)
            continue;
        painter.setPen(theme.text);
        painter.drawText(points.back() + QPointF(metrics.height() * 0.5, metrics.ascent() / 2 - 1),
                         line.name);
    }
    painter.restore();
}

ParallelChart::ParallelChart(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void ParallelChart::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void ParallelChart::setData(ParallelData data) {
    if (data == m_data)
        return;
    m_data = std::move(data);
    setAccessibleName(m_data.title);
    update();
}

int ParallelChart::lineAt(const QPointF& point) const {
    const Frame frame = frameOf(QRectF(rect()).adjusted(8, 4, -8, 0), m_data, font());
    int nearest = -1;
    double least = NearPixels;
    for (std::size_t index = 0; index < m_data.lines.size(); ++index) {
        const double distance = distanceTo(pointsOf(m_data.lines[index], frame), point);
        if (distance < least) {
            least = distance;
            nearest = int(index);
        }
    }
    return nearest;
}

QSize ParallelChart::sizeHint() const {
    const int line = fontMetrics().height();
    return {line * 30, line * 14};
}

QSize ParallelChart::minimumSizeHint() const {
    const int line = fontMetrics().height();
    return {line * 12, line * 8};
}

void ParallelChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(font());
    paintParallelChart(painter, rect(), m_data, m_theme);
}

void ParallelChart::mousePressEvent(QMouseEvent* event) {
    if (const int line = lineAt(event->position()); line >= 0)
        Q_EMIT chosen(line);
}

} // namespace embellie
