#include "gui/chart/colour_bar.h"

#include "gui/chart/curve_chart.h"
#include "gui/scene/own_names.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <functional>

namespace embellie {

namespace {

/// Sizes that follow the font.
struct Sizes {
    explicit Sizes(const QFontMetrics& metrics)
        : line(metrics.height()), bar(std::max(8, metrics.height() * 3 / 4)),
          gap(std::max(3, metrics.height() / 4)) {}
    int line, bar, gap;
};

/// How round a number is: of two labels that don't both fit, the rounder one stays.
int roundness(double value) {
    const double size = std::abs(value);
    int points = 0;
    for (double unit : {0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 10.0, 20.0, 50.0, 100.0})
        if (std::abs(size / unit - std::round(size / unit)) < 1e-4)
            ++points;
    return points;
}

/// As few decimals as tell the number to four in a thousand.
QString edgeText(float value) {
    double step = 1;
    while (step > 1e-6 && std::abs(std::round(value / step) * step - value) > 0.004 * std::abs(value))
        step /= 10;
    return tickText(value, step);
}

/// Edges that get a label: landmarks first, then the ends, then the rounder ones, as far as they fit.
std::vector<std::size_t> labelledEdges(const ColourScale& scale, double pixelsPerStep,
                                       const std::function<double(std::size_t)>& sizeOf) {
    const std::vector<float>& edges = scale.edges();
    std::vector<std::size_t> order(edges.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    const auto rank = [&](std::size_t i) {
        const bool landmark =
            std::any_of(scale.landmarks().begin(), scale.landmarks().end(),
                        [&](double value) { return static_cast<float>(value) == edges[i]; });
        return (landmark ? 200 : 0) + (i == 0 || i + 1 == edges.size() ? 100 : 0) + roundness(edges[i]);
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return rank(a) > rank(b); });
    std::vector<std::size_t> chosen;
    for (std::size_t candidate : order) {
        const bool free = std::all_of(chosen.begin(), chosen.end(), [&](std::size_t other) {
            const double apart =
                std::abs(static_cast<double>(candidate) - static_cast<double>(other)) * pixelsPerStep;
            return apart >= (sizeOf(candidate) + sizeOf(other)) / 2;
        });
        if (free)
            chosen.push_back(candidate);
    }
    return chosen;
}

void paintLegend(QPainter& painter, const QRect& area, const ColourBar& bar, const Theme& theme) {
    const QFontMetrics metrics(painter.font());
    const Sizes sizes(metrics);
    int y = area.top();
    for (std::size_t i = 0; i < bar.scale.classes().size(); ++i) {
        if (y + sizes.line > area.bottom() + 1)
            return;
        const QRect square(area.left(), y + (sizes.line - sizes.bar) / 2, sizes.bar, sizes.bar);
        painter.fillRect(square, QColor::fromRgb(bar.scale.steps()[i]));
        painter.setPen(theme.text);
        const QRect label(square.right() + 1 + sizes.gap, y, area.right() - square.right() - sizes.gap,
                          sizes.line);
        const QString name = classForPeople(bar.scale.classes()[i].name);
        painter.drawText(label, Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(name, Qt::ElideRight, label.width()));
        y += sizes.line;
    }
}

/// The unit, as far as it isn't longer than a few labels: "seconds since 1990-01-01 00:00:00".
QString shortUnit(const ColourBar& bar, const QFontMetrics& metrics) {
    return metrics.elidedText(bar.unit, Qt::ElideRight, Sizes(metrics).line * 6);
}

void paintVertical(QPainter& painter, const QRect& area, const ColourBar& bar, const Theme& theme) {
    const QFontMetrics metrics(painter.font());
    const Sizes sizes(metrics);
    painter.setPen(theme.mutedText);
    painter.drawText(QRect(area.left(), area.top(), area.width(), sizes.line),
                     Qt::AlignLeft | Qt::AlignVCenter, shortUnit(bar, metrics));
    const auto steps = static_cast<int>(bar.scale.steps().size());
    const int top = area.top() + sizes.line * 3 / 2;
    // Steps of whole pixels; half a line stays free for the lowest label.
    const int high =
        std::clamp((area.bottom() - sizes.line / 2 - top) / std::max(steps, 1), 1, sizes.line * 5 / 8);
    for (int i = 0; i < steps; ++i)
        painter.fillRect(area.left(), top + (steps - 1 - i) * high, sizes.bar, high,
                         QColor::fromRgb(bar.scale.steps()[static_cast<std::size_t>(i)]));
    painter.setPen(theme.text);
    for (std::size_t edge : labelledEdges(bar.scale, high, [&](std::size_t) { return sizes.line * 0.95; })) {
        const int y = top + (steps - static_cast<int>(edge)) * high;
        painter.drawText(QRect(area.left() + sizes.bar + sizes.gap, y - sizes.line / 2,
                               area.width() - sizes.bar - sizes.gap, sizes.line),
                         Qt::AlignLeft | Qt::AlignVCenter, edgeText(bar.scale.edges()[edge]));
    }
}

void paintHorizontal(QPainter& painter, const QRect& area, const ColourBar& bar, const Theme& theme) {
    const QFontMetrics metrics(painter.font());
    const Sizes sizes(metrics);
    const QString unit = shortUnit(bar, metrics);
    const int unitWidth =
        unit.isEmpty() ? sizes.line : metrics.horizontalAdvance(unit) + 2 * sizes.gap + sizes.line / 2;
    painter.setPen(theme.mutedText);
    painter.drawText(QRect(area.left(), area.top(), unitWidth, sizes.bar), Qt::AlignLeft | Qt::AlignVCenter,
                     unit);
    const auto steps = static_cast<int>(bar.scale.steps().size());
    const int left = area.left() + unitWidth;
    const int wide =
        std::clamp((area.right() - sizes.line - left) / std::max(steps, 1), 1, sizes.line * 3 / 2);
    for (int i = 0; i < steps; ++i)
        painter.fillRect(left + i * wide, area.top(), wide, sizes.bar,
                         QColor::fromRgb(bar.scale.steps()[static_cast<std::size_t>(i)]));
    painter.setPen(theme.text);
    const auto widthOf = [&](std::size_t edge) {
        return metrics.horizontalAdvance(edgeText(bar.scale.edges()[edge])) + static_cast<double>(sizes.gap);
    };
    for (std::size_t edge : labelledEdges(bar.scale, wide, widthOf)) {
        const int x = left + static_cast<int>(edge) * wide;
        painter.drawText(QRect(x - 100, area.top() + sizes.bar + 1, 200, sizes.line),
                         Qt::AlignHCenter | Qt::AlignTop, edgeText(bar.scale.edges()[edge]));
    }
}

} // namespace

QSize colourBarSize(const ColourBar& bar, const QFont& font, Qt::Orientation orientation) {
    const QFontMetrics metrics(font);
    const Sizes sizes(metrics);
    if (!bar.scale.classes().empty()) {
        int widest = 0;
        for (const Meaning& meaning : bar.scale.classes())
            widest = std::max(widest, metrics.horizontalAdvance(classForPeople(meaning.name)));
        return {sizes.bar + sizes.gap + std::min(widest, sizes.line * 12) + sizes.gap,
                sizes.line * static_cast<int>(bar.scale.classes().size())};
    }
    const int unit = metrics.horizontalAdvance(shortUnit(bar, metrics));
    int widest = unit - sizes.bar - sizes.gap;
    for (float edge : bar.scale.edges())
        widest = std::max(widest, metrics.horizontalAdvance(edgeText(edge)));
    const int steps = static_cast<int>(bar.scale.steps().size());
    if (orientation == Qt::Vertical)
        return {sizes.bar + 2 * sizes.gap + widest, sizes.line * 5 / 2 + steps * (sizes.line * 5 / 8)};
    return {unit + 2 * sizes.line + steps * sizes.line * 3 / 2, sizes.bar + sizes.line + 1};
}

void paintColourBar(QPainter& painter, const QRect& area, const ColourBar& bar, const Theme& theme,
                    Qt::Orientation orientation) {
    painter.save();
    if (!bar.scale.classes().empty())
        paintLegend(painter, area, bar, theme);
    else if (orientation == Qt::Vertical)
        paintVertical(painter, area, bar, theme);
    else
        paintHorizontal(painter, area, bar, theme);
    painter.restore();
}

ColourBarWidget::ColourBarWidget(Qt::Orientation orientation, QWidget* parent)
    : QWidget(parent), m_orientation(orientation) {}

void ColourBarWidget::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void ColourBarWidget::setBar(std::optional<ColourBar> bar) {
    if (bar == m_bar)
        return;
    m_bar = std::move(bar);
    updateGeometry();
    update();
}

QSize ColourBarWidget::sizeHint() const {
    return m_bar ? colourBarSize(*m_bar, font(), m_orientation) : QSize(0, 0);
}

void ColourBarWidget::paintEvent(QPaintEvent*) {
    if (!m_bar)
        return;
    QPainter painter(this);
    painter.setFont(font());
    paintColourBar(painter, rect(), *m_bar, m_theme, m_orientation);
}

} // namespace embellie
