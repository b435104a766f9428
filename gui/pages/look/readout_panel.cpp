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
    m_moments = std::move(moments);
    m_place = std::move(place);
    if (resized) {
        updateGeometry();
        Q_EMIT heightChanged(sizeHint().height());
    }
    update();
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
    const int row = rowHeight();
    int y = 8;
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(theme.text);
    painter.drawText(QRect(8, y, width() - 16, row), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("Under the cursor"));
    painter.setFont(font());
    y += row + 2;
    if (m_place.empty()) {
        painter.setPen(theme.mutedText);
        painter.drawText(
            QRect(8, y, width() - 16, height() - y - 8), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
            tr("Point at the field: its values stand here. A click keeps the place, Escape frees it."));
        return;
    }
    const auto paintLines = [&](const std::vector<ReadoutLine>& lines) {
        for (const ReadoutLine& line : lines) {
            const QRect place(8, y, width() - 16, row);
            const int value = painter.fontMetrics().horizontalAdvance(line.value);
            painter.setPen(theme.text);
            painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
                             painter.fontMetrics().elidedText(line.value, Qt::ElideRight, place.width()));
            painter.setPen(theme.mutedText);
            painter.drawText(
                place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                painter.fontMetrics().elidedText(line.label, Qt::ElideRight, place.width() - value - 8));
            y += row;
        }
    };
    paintLines(m_moments);
    if (!m_moments.empty()) {
        painter.setPen(theme.border);
        painter.drawLine(8, y + 4, width() - 8, y + 4);
        y += 9;
    }
    paintLines(m_place);
}

} // namespace embellie
