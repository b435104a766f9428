#include "gui/pages/start/card.h"

#include <QPainter>

namespace embellie {

void Card::setEdge(Edge edge) {
    m_edge = edge;
    update();
}

void Card::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    const QColor colour = palette().color(m_edge == Edge::Accent   ? QPalette::Link
                                          : m_edge == Edge::Dashed ? QPalette::Dark
                                                                   : QPalette::Mid);
    QPen pen(colour, m_edge == Edge::Dashed ? 2 : 1);
    if (m_edge == Edge::Dashed)
        pen.setDashPattern({3, 2});
    pen.setJoinStyle(Qt::MiterJoin);
    painter.setPen(pen);
    const int inset = m_edge == Edge::Dashed ? 1 : 0;
    painter.drawRect(rect().adjusted(inset, inset, -1 - inset, -1 - inset));
}

QLabel* cardLine(const QString& text, QWidget* parent, bool muted, bool bold) {
    auto* label = new QLabel(text, parent);
    label->setWordWrap(true);
    if (muted)
        label->setForegroundRole(QPalette::PlaceholderText);
    if (bold) {
        QFont font = label->font();
        font.setWeight(QFont::DemiBold);
        label->setFont(font);
    }
    return label;
}

} // namespace embellie
