#include "gui/pages/look/readout_panel.h"

#include <QPainter>

#include <algorithm>

namespace embellie {

ReadoutPanel::ReadoutPanel(ThemeSource& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setToolTip(tr("Values of all moments at the gate under the cursor; a click on the field keeps it there"));
    setAccessibleName(tr("Under the cursor"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    connect(&theme, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void ReadoutPanel::setLines(std::vector<ReadoutLine> moments, std::vector<ReadoutLine> place) {
    const bool resized = moments.size() != m_moments.size() || place.size() != m_place.size();
    if (!resized) {
        for (std::size_t i = 0; i < moments.size(); ++i)
            updateChange(lineRect(i), m_moments[i], moments[i]);
        for (std::size_t i = 0; i < place.size(); ++i)
            updateChange(lineRect(moments.size() + i), m_place[i], place[i]);
    }
    m_moments = std::move(moments);
    m_place = std::move(place);
    if (resized) {
        updateGeometry();
        Q_EMIT heightChanged(sizeHint().height());
        update();
    }
}

void ReadoutPanel::setEmptyText(const QString& text) {
    if (text == m_emptyText)
        return;
    m_emptyText = text;
    if (m_place.empty())
        update();
}

/// It changes with every move of the mouse, and on a forwarded display what is painted goes over the line.
void ReadoutPanel::updateChange(QRect line, const ReadoutLine& before, const ReadoutLine& now) {
    if (before == now)
        return;
    const QFontMetrics metrics = fontMetrics();
    const int value =
        std::max(metrics.horizontalAdvance(before.value), metrics.horizontalAdvance(now.value)) + 8;
    if (before.label == now.label && metrics.horizontalAdvance(now.label) + value <= line.width())
        line.setLeft(line.right() + 1 - value);
    update(line);
}

/// Of moments and places counted through.
QRect ReadoutPanel::lineRect(std::size_t index) const {
    const int separator = !m_moments.empty() && index >= m_moments.size() ? 9 : 0;
    return QRect(8, 10 + rowHeight() * (int(index) + 1) + separator, width() - 16, rowHeight());
}

QString ReadoutPanel::text() const {
    QString all;
    for (const auto* lines : {&m_moments, &m_place})
        for (const ReadoutLine& line : *lines)
            all += line.label + QLatin1Char('\t') + line.value + QLatin1Char('\n');
    return all;
}

QSize ReadoutPanel::sizeHint() const {
    const int rows = int(m_moments.size() + m_place.size()) + 1;
    return {100, std::max(rows, 4) * rowHeight() + 32};
}

void ReadoutPanel::paintEvent(QPaintEvent*) {
    const Theme& theme = m_theme.theme();
    QPainter painter(this);
    painter.fillRect(rect(), theme.window);
    painter.setPen(theme.border);
    painter.drawLine(0, 0, width(), 0);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(theme.text);
    painter.drawText(QRect(8, 8, width() - 16, rowHeight()), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("Under the cursor"));
    painter.setFont(font());
    if (m_place.empty()) {
        painter.setPen(theme.mutedText);
        const int top = lineRect(0).top();
        painter.drawText(QRect(8, top, width() - 16, height() - top - 8),
                         Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_emptyText);
        return;
    }
    std::size_t index = 0;
    for (const auto* lines : {&m_moments, &m_place})
        for (const ReadoutLine& line : *lines) {
            const QRect place = lineRect(index++);
            const int value = painter.fontMetrics().horizontalAdvance(line.value);
            painter.setPen(theme.text);
            painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
                             painter.fontMetrics().elidedText(line.value, Qt::ElideRight, place.width()));
            painter.setPen(theme.mutedText);
            painter.drawText(
                place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                painter.fontMetrics().elidedText(line.label, Qt::ElideRight, place.width() - value - 8));
        }
    if (!m_moments.empty()) {
        painter.setPen(theme.border);
        const int y = lineRect(m_moments.size()).top() - 5;
        painter.drawLine(8, y, width() - 8, y);
    }
}

} // namespace embellie
