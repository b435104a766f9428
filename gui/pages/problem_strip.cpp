#include "gui/pages/problem_strip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

#include <algorithm>

namespace embellie {

ProblemStrip::ProblemStrip(ThemeSource& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_text(new QLabel(this)) {
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setObjectName(QStringLiteral("problem"));
    auto* dismissButton = new QToolButton(this);
    dismissButton->setText(tr("Dismiss"));
    dismissButton->setAutoRaise(true);
    dismissButton->setToolTip(tr("Takes these lines away"));
    connect(dismissButton, &QToolButton::clicked, this, &ProblemStrip::dismiss);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 8, 4);
    row->addWidget(m_text, 1);
    row->addWidget(dismissButton, 0, Qt::AlignTop);
    hide();
}

void ProblemStrip::add(const QString& sentence) {
    m_sentences.removeAll(sentence);
    m_sentences << sentence;
    constexpr int shown = 3;
    QStringList lines = m_sentences.mid(std::max<qsizetype>(0, m_sentences.size() - shown));
    if (m_sentences.size() > shown)
        lines << tr("and %n more", nullptr, int(m_sentences.size() - shown));
    m_text->setText(lines.join(QLatin1Char('\n')));
    show();
}

void ProblemStrip::dismiss() {
    m_sentences.clear();
    hide();
}

void ProblemStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.theme().errorFill);
    painter.fillRect(QRect(0, 0, 4, height()), m_theme.theme().error);
}

} // namespace embellie
