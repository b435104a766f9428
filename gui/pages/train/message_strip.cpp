#include "gui/pages/train/message_strip.h"

#include <QHBoxLayout>
#include <QPainter>

namespace embellie {

MessageStrip::MessageStrip(QWidget* parent) : QFrame(parent), m_text(new QLabel) {
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::RichText);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 8, 6);
    layout->addWidget(m_text);
    hide();
}

void MessageStrip::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void MessageStrip::setMessage(Kind kind, const QString& strong, const QString& rest) {
    m_kind = kind;
    m_plain = QString(strong + QLatin1Char(' ') + rest).trimmed();
    m_text->setText(QStringLiteral("<span style=\"font-weight:600\">%1</span> %2")
                        .arg(strong.toHtmlEscaped(), rest.toHtmlEscaped()));
    setVisible(!m_plain.isEmpty());
    update();
}

void MessageStrip::paintEvent(QPaintEvent*) {
    const QColor fill = m_kind == Kind::Good      ? m_theme.goodFill
                        : m_kind == Kind::Warning ? m_theme.warningFill
                                                  : m_theme.errorFill;
    const QColor bar = m_kind == Kind::Good      ? m_theme.good
                       : m_kind == Kind::Warning ? m_theme.warning
                                                 : m_theme.error;
    QPainter painter(this);
    painter.fillRect(rect(), fill);
    painter.fillRect(0, 0, 4, height(), bar);
}

} // namespace embellie
