#include "gui/pages/judge/legends.h"

#include "gui/scene/localised.h"

#include <QPainter>

#include <algorithm>
#include <array>

namespace embellie {

static constexpr int Gap = 8;

static std::array<std::pair<QRgb, QString>, 4> statesOf(const Theme& theme) {
    return {{{theme.states.noEcho, localised(EMBELLIE_TR("judge", "no echo"))},
             {theme.states.rejected, localised(EMBELLIE_TR("judge", "removed"))},
             {theme.states.noData, localised(EMBELLIE_TR("judge", "not measured"))},
             {theme.states.canvas, localised(EMBELLIE_TR("judge", "out of range"))}}};
}

StateLegend::StateLegend(QWidget* parent) : QWidget(parent) {
    setToolTip(localised(EMBELLIE_TR("judge", "How gates without a value are drawn")));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

void StateLegend::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

QSize StateLegend::sizeHint() const {
    int width = 0;
    for (const auto& [colour, words] : statesOf(m_theme))
        width += fontMetrics().ascent() + Gap + fontMetrics().horizontalAdvance(words) + 4 * Gap;
    return {width, fontMetrics().height() + Gap};
}

void StateLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const int side = fontMetrics().ascent();
    int x = 0;
    for (const auto& [colour, words] : statesOf(m_theme)) {
        const QRect box(x, (height() - side) / 2, side, side);
        painter.fillRect(box, m_theme.controlBorder);
        painter.fillRect(box.adjusted(1, 1, -1, -1), QColor::fromRgb(colour));
        painter.setPen(m_theme.text);
        painter.drawText(QRect(x + side + Gap, 0, width(), height()), Qt::AlignVCenter | Qt::AlignLeft,
                         words);
        x += side + Gap + fontMetrics().horizontalAdvance(words) + 4 * Gap;
    }
}

CategoryLegend::CategoryLegend(QWidget* parent) : QWidget(parent) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setObjectName(QStringLiteral("judge.categories"));
}

int CategoryLegend::lineHeight() const {
    return fontMetrics().height() + 2;
}

void CategoryLegend::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void CategoryLegend::setEntries(std::vector<Entry> entries) {
    m_entries = std::move(entries);
    int width = 0;
    for (const Entry& entry : m_entries)
        width = std::max(width, fontMetrics().horizontalAdvance(entry.text));
    resize(width + fontMetrics().ascent() + 3 * Gap, lineHeight() * int(m_entries.size()) + Gap);
    setVisible(!m_entries.empty());
    update();
}

void CategoryLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(),
                     QColor::fromRgb(m_theme.states.canvas)); // labels of rings would run through the words
    painter.setPen(m_theme.text);
    const int side = fontMetrics().ascent();
    int y = Gap / 2;
    for (const Entry& entry : m_entries) {
        painter.fillRect(QRect(Gap / 2, y + 1, side, side), entry.colour);
        painter.drawText(QPoint(Gap / 2 + side + Gap, y + fontMetrics().ascent()), entry.text);
        y += lineHeight();
    }
}

} // namespace embellie
