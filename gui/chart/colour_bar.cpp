#include "gui/chart/colour_bar.h"

#include "gui/chart/curve_chart.h"
#include "gui/scene/own_names.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>

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

/// The step of ten that tells a number to @p error.
double stepFor(double value, double error) {
    double step = 1;
    while (step > 1e-6 && std::abs(std::round(value / step) * step - value) > error)
        step /= 10;
    return step;
}

bool hasThreeDigits(double value) {
    if (value == 0)
        return true;
    const double unit = std::pow(10, std::floor(std::log10(std::abs(value))) - 2);
    return std::abs(value / unit - std::round(value / unit)) < 1e-3;
}

/// What stands at the edges of a bar.
class EdgeTexts {
public:
    /// Round edges have the decimals that each needs, and so have those of a logarithmic scale. Others (parts
    /// of a Nyquist velocity) would have all kinds of them: they have as many as the largest needs.
    explicit EdgeTexts(const ColourScale& scale) {
        double largest = 0, closest = std::numeric_limits<double>::infinity();
        for (std::size_t i = 1; i < scale.edges().size(); ++i)
            closest = std::min(closest, static_cast<double>(scale.edges()[i]) - scale.edges()[i - 1]);
        bool areRound = true;
        for (const float edge : scale.edges()) {
            largest = std::max(largest, std::abs(static_cast<double>(edge)));
            areRound = areRound && hasThreeDigits(edge);
        }
        if (!areRound && !scale.isLogarithmic())
            m_step = stepFor(largest, std::min(0.004 * largest, closest / 2));
    }
    QString operator()(float value) const {
        return tickText(value, m_step.value_or(stepFor(value, 0.004 * std::abs(value))));
    }

private:
    std::optional<double> m_step;
};

bool isSymmetric(const std::vector<float>& edges) {
    for (std::size_t i = 0; i < edges.size(); ++i)
        if (edges[i] != -edges[edges.size() - 1 - i])
            return false;
    return true;
}

/// Edges that get a label: landmarks first, then the ends, then the rounder ones, as far as they fit; where
/// each has an opposite, with it or not at all.
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
    const auto isApart = [&](std::size_t candidate, std::size_t other) {
        const double apart =
            std::abs(static_cast<double>(candidate) - static_cast<double>(other)) * pixelsPerStep;
        return apart >= (sizeOf(candidate) + sizeOf(other)) / 2;
    };
    const auto isFree = [&](std::size_t candidate) {
        return std::all_of(chosen.begin(), chosen.end(),
                           [&](std::size_t other) { return isApart(candidate, other); });
    };
    const bool inPairs = isSymmetric(edges);
    for (const std::size_t candidate : order) {
        const std::size_t opposite = inPairs ? edges.size() - 1 - candidate : candidate;
        const bool fits = opposite == candidate || (isFree(opposite) && isApart(candidate, opposite));
        if (!fits || !isFree(candidate))
            continue;
        chosen.push_back(candidate);
        if (opposite != candidate)
            chosen.push_back(opposite);
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
    for (const ColourBarLabel& label : colourBarLabels(bar.scale, high, sizes.line)) {
        const int y = top + (steps - static_cast<int>(label.edge)) * high;
        painter.drawText(QRect(area.left() + sizes.bar + sizes.gap, y - sizes.line / 2,
                               area.width() - sizes.bar - sizes.gap, sizes.line),
                         Qt::AlignLeft | Qt::AlignVCenter, label.text);
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
    const EdgeTexts edgeText(bar.scale);
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

std::vector<ColourBarLabel> colourBarLabels(const ColourScale& scale, double pixelsPerStep,
                                            double lineHeight) {
    const EdgeTexts edgeText(scale);
    std::vector<ColourBarLabel> labels;
    for (const std::size_t edge :
         labelledEdges(scale, pixelsPerStep, [&](std::size_t) { return lineHeight * 0.95; }))
        labels.push_back({edge, edgeText(scale.edges()[edge])});
    std::sort(labels.begin(), labels.end(),
              [](const ColourBarLabel& a, const ColourBarLabel& b) { return a.edge < b.edge; });
    return labels;
}

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
    const EdgeTexts edgeText(bar.scale);
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
