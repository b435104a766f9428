#include "gui/pages/page_switch.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QPainter>

namespace embellie {

namespace {

class Segment : public QAbstractButton {
public:
    Segment(const QString& title, QWidget* parent) : QAbstractButton(parent) {
        setText(title);
        setCheckable(true);
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
    }
    QSize sizeHint() const override {
        return {fontMetrics().horizontalAdvance(text()) + 32, fontMetrics().height() + 9};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const bool dark = palette().color(QPalette::Window).lightness() < 128;
        QColor fill = palette().color(isChecked() ? QPalette::Link : QPalette::Base);
        if (!isChecked() && underMouse())
            fill = dark ? fill.lighter(125) : fill.darker(104);
        painter.fillRect(rect(), fill);
        painter.setPen(palette().color(isChecked() ? QPalette::BrightText : QPalette::WindowText));
        painter.drawText(rect(), Qt::AlignCenter, text());
        if (hasFocus()) {
            painter.setPen(palette().color(isChecked() ? QPalette::BrightText : QPalette::Link));
            painter.drawRect(rect().adjusted(2, 2, -3, -3));
        }
    }
};

} // namespace

PageSwitch::PageSwitch(QWidget* parent) : QWidget(parent), m_row(new QHBoxLayout(this)) {
    m_row->setContentsMargins(1, 1, 1, 1);
    m_row->setSpacing(1);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void PageSwitch::add(const QString& title, const QString& toolTip) {
    auto* segment = new Segment(title, this);
    segment->setToolTip(toolTip);
    const int index = int(m_buttons.size());
    m_buttons.push_back(segment);
    m_row->addWidget(segment);
    connect(segment, &QAbstractButton::clicked, this, [this, index] {
        setCurrent(index);
        Q_EMIT chosen(index);
    });
}

void PageSwitch::setCurrent(int index) {
    for (int i = 0; i < int(m_buttons.size()); ++i)
        m_buttons[std::size_t(i)]->setChecked(i == index);
}

void PageSwitch::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(palette().color(QPalette::Dark));
    painter.setBrush(palette().color(QPalette::Dark));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
}

} // namespace embellie
