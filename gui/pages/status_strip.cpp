#include "gui/pages/status_strip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QToolButton>

#include <algorithm>

namespace embellie {

StatusStrip::StatusStrip(Work& work, QWidget* parent)
    : QWidget(parent), m_work(work), m_title(new QLabel(this)), m_bar(new QProgressBar(this)),
      m_cancel(new QToolButton(this)) {
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    setFont(small);
    m_title->setForegroundRole(QPalette::PlaceholderText);
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(fontMetrics().height() * 8, fontMetrics().height() / 2 + 2);
    m_cancel->setObjectName(QStringLiteral("status.cancel"));
    m_cancel->setText(tr("Cancel"));
    m_cancel->setAutoRaise(true);
    m_cancel->setToolTip(tr("Stops this work; nothing half done is left"));
    connect(m_cancel, &QToolButton::clicked, this, [this] { m_work.cancel(m_shownJob); });
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 0, 8, 0);
    row->setSpacing(8);
    row->addStretch(1);
    row->addWidget(m_title);
    row->addWidget(m_bar);
    row->addWidget(m_cancel);
    setFixedHeight(fontMetrics().height() + 9);
    connect(&work, &Work::changed, this, &StatusStrip::showWork);
    showWork();
}

void StatusStrip::setTexts(const QStringList& texts) {
    const qsizetype common = std::min(texts.size(), m_texts.size());
    const auto different = std::mismatch(texts.begin(), texts.begin() + common, m_texts.begin()).first;
    const qsizetype first = different - texts.begin();
    if (first == texts.size() && first == m_texts.size())
        return;
    const int from = endOf(texts.first(first)), to = std::max(endOf(texts), endOf(m_texts));
    m_texts = texts;
    update(from, 1, to - from, height() - 1);
}

int StatusStrip::endOf(const QStringList& texts) const {
    int x = 8;
    for (const QString& text : texts)
        x += fontMetrics().horizontalAdvance(text) + 16;
    return x;
}

void StatusStrip::addAtEnd(QWidget* widget) {
    widget->setFont(font());
    layout()->addWidget(widget);
}

void StatusStrip::showWork() {
    const RunningWork* shown = nullptr;
    const std::vector<RunningWork> running = m_work.running();
    for (const RunningWork& each : running)
        if (!each.quiet)
            shown = &each;
    if (m_cancel->isVisibleTo(this) != (shown != nullptr))
        update(); // texts have another end
    for (QWidget* widget :
         {static_cast<QWidget*>(m_title), static_cast<QWidget*>(m_bar), static_cast<QWidget*>(m_cancel)})
        widget->setVisible(shown != nullptr);
    m_shownJob = shown ? shown->id : 0;
    if (!shown)
        return;
    const QString words = shown->message.isEmpty() ? shown->title : shown->message;
    m_title->setText(m_title->fontMetrics().elidedText(words, Qt::ElideRight, width() / 2));
    m_title->setToolTip(words);
    m_bar->setRange(0, shown->total > 0 ? 1000 : 0);
    if (shown->total > 0)
        m_bar->setValue(int(1000 * shown->done / shown->total));
}

void StatusStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Window));
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawLine(0, 0, width(), 0);
    int end = width() - 8;
    for (int at = 1; at < layout()->count(); ++at) // the first is the stretch
        if (const QWidget* widget = layout()->itemAt(at)->widget(); widget && widget->isVisible())
            end = std::min(end, widget->x() - 8);
    int x = 8;
    for (qsizetype i = 0; i < m_texts.size() && x < end; ++i) {
        painter.setPen(palette().color(i == 0 ? QPalette::WindowText : QPalette::PlaceholderText));
        const QString text = painter.fontMetrics().elidedText(m_texts[i], Qt::ElideRight, end - x);
        painter.drawText(QRect(x, 1, end - x, height() - 1), Qt::AlignLeft | Qt::AlignVCenter, text);
        x += painter.fontMetrics().horizontalAdvance(text) + 16;
    }
}

} // namespace embellie
