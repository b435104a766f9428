#include "gui/pages/theme/flat_style.h"

#include <QComboBox>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>
#include <QTableView>
#include <QWidget>

namespace embellie {

namespace {

bool isPrimary(const QWidget* widget) {
    return widget && widget->property("primary").toBool();
}

QColor stepped(const QColor& colour, bool dark, int steps) {
    return dark ? colour.lighter(100 + 14 * steps) : colour.darker(100 + 5 * steps);
}

QColor fillOf(const QStyleOption& option, const QColor& rest) {
    const bool dark = option.palette.color(QPalette::Window).lightness() < 128;
    if (!(option.state & QStyle::State_Enabled))
        return rest;
    if (option.state & (QStyle::State_Sunken | QStyle::State_On))
        return stepped(rest, dark, 2);
    if (option.state & QStyle::State_MouseOver)
        return stepped(rest, dark, 1);
    return rest;
}

void drawFrame(QPainter& painter, const QRect& rect, const QStyleOption& option, const QColor& fill,
               double radius = 2) {
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool focus = option.state & QStyle::State_HasFocus;
    const QColor line = !enabled ? option.palette.color(QPalette::Mid)
                        : focus  ? option.palette.color(QPalette::Link)
                                 : option.palette.color(QPalette::Dark);
    const double width = focus && enabled ? 2 : 1;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(line, width));
    painter.setBrush(fill);
    painter.drawRoundedRect(QRectF(rect).adjusted(width / 2, width / 2, -width / 2, -width / 2), radius,
                            radius);
    painter.restore();
}

/// A filled triangle as large as the font wants it.
void drawArrow(QPainter& painter, const QRect& rect, const QColor& colour, Qt::ArrowType type) {
    const double half = 3.5;
    const QPointF middle = QRectF(rect).center();
    QPolygonF arrow;
    if (type == Qt::DownArrow)
        arrow << QPointF(-half, -half / 2) << QPointF(half, -half / 2) << QPointF(0, half);
    else if (type == Qt::UpArrow)
        arrow << QPointF(-half, half / 2) << QPointF(half, half / 2) << QPointF(0, -half);
    else if (type == Qt::RightArrow)
        arrow << QPointF(-half / 2, -half) << QPointF(-half / 2, half) << QPointF(half, 0);
    else
        arrow << QPointF(half / 2, -half) << QPointF(half / 2, half) << QPointF(-half, 0);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.translate(middle);
    painter.drawPolygon(arrow);
    painter.restore();
}

} // namespace

QPalette paletteOf(const Theme& theme) {
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, const QColor& colour, const QColor& off) {
        palette.setColor(QPalette::Active, role, colour);
        palette.setColor(QPalette::Inactive, role, colour);
        palette.setColor(QPalette::Disabled, role, off);
    };
    set(QPalette::Window, theme.window, theme.window);
    set(QPalette::Base, theme.base, theme.window);
    set(QPalette::AlternateBase, theme.alternateBase, theme.window);
    set(QPalette::Button, theme.button, theme.window);
    set(QPalette::WindowText, theme.text, theme.disabledText);
    set(QPalette::Text, theme.text, theme.disabledText);
    set(QPalette::ButtonText, theme.text, theme.disabledText);
    set(QPalette::PlaceholderText, theme.mutedText, theme.disabledText);
    set(QPalette::Highlight, theme.selection, theme.border);
    set(QPalette::HighlightedText, theme.selectionText, theme.disabledText);
    set(QPalette::Link, theme.accent, theme.disabledText);
    set(QPalette::LinkVisited, theme.link, theme.disabledText);
    set(QPalette::BrightText, theme.accentText, theme.disabledText);
    set(QPalette::ToolTipBase, theme.tooltip, theme.tooltip);
    set(QPalette::ToolTipText, theme.tooltipText, theme.tooltipText);
    set(QPalette::Mid, theme.border, theme.border);
    set(QPalette::Midlight, theme.border, theme.border);
    set(QPalette::Dark, theme.controlBorder, theme.border);
    set(QPalette::Light, theme.button, theme.button);
    set(QPalette::Shadow, theme.border, theme.border);
    return palette;
}

FlatStyle::FlatStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

void FlatStyle::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    if (widget->inherits("QAbstractButton") || widget->inherits("QComboBox"))
        widget->setAttribute(Qt::WA_Hover);
}

int FlatStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    switch (metric) {
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_ScrollBarExtent:
        return 12;
    case PM_SplitterWidth:
        return 1;
    case PM_ToolTipLabelFrameWidth:
        return 4;
    case PM_HeaderMargin:
        return 8;
    case PM_FocusFrameHMargin:
        // The text of a table's cells stands under that of its header.
        return qobject_cast<const QTableView*>(widget) ? 7 : QProxyStyle::pixelMetric(metric, option, widget);
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int FlatStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                         QStyleHintReturn* data) const {
    switch (hint) {
    case SH_Widget_Animation_Duration:
    case SH_EtchDisabledText:
    case SH_ComboBox_Popup:
        return 0;
    case SH_ToolTip_WakeUpDelay:
        return 500;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QSize FlatStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                                  const QWidget* widget) const {
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    const int control = option ? option->fontMetrics.height() + 10 : result.height();
    switch (type) {
    case CT_PushButton:
        result = QSize(size.width() + 26, std::max(control, size.height() + 4));
        break;
    case CT_ComboBox:
        result.setHeight(control - 2);
        break;
    case CT_LineEdit:
        result.setHeight(control - 2);
        break;
    default:
        break;
    }
    return result;
}

void FlatStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                              const QWidget* widget) const {
    const QPalette& palette = option->palette;
    switch (element) {
    case PE_PanelButtonCommand: {
        const bool filled = isPrimary(widget) && (option->state & State_Enabled);
        const QColor rest = palette.color(filled ? QPalette::Link : QPalette::Button);
        QStyleOption plain = *option;
        plain.state &= ~State_On;
        if (filled) {
            painter->save();
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(option->state & State_HasFocus ? QPen(palette.color(QPalette::WindowText), 2)
                                                           : Qt::NoPen);
            painter->setBrush(fillOf(plain, rest));
            painter->drawRoundedRect(QRectF(option->rect).adjusted(1, 1, -1, -1), 2, 2);
            painter->restore();
        } else {
            drawFrame(*painter, option->rect, *option, fillOf(*option, rest));
        }
        return;
    }
    case PE_PanelButtonTool:
        if (option->state & (State_MouseOver | State_Sunken | State_On)) {
            painter->fillRect(option->rect, fillOf(*option, palette.color(QPalette::Window)));
        }
        return;
    case PE_PanelLineEdit: {
        const auto* line = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (line && line->lineWidth > 0)
            drawFrame(*painter, option->rect, *option, palette.color(QPalette::Base));
        else
            painter->fillRect(option->rect, palette.color(QPalette::Base));
        return;
    }
    case PE_FrameLineEdit:
        return;
    case PE_FrameFocusRect:
        return;
    case PE_IndicatorCheckBox: {
        drawFrame(*painter, option->rect, *option, fillOf(*option, palette.color(QPalette::Base)), 1);
        if (option->state & State_NoChange) {
            painter->fillRect(option->rect.adjusted(4, 4, -4, -4), palette.color(QPalette::Link));
        } else if (option->state & State_On) {
            const QRectF box = option->rect;
            painter->save();
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(
                QPen(palette.color(option->state & State_Enabled ? QPalette::Link : QPalette::Mid), 2));
            painter->drawPolyline(
                QPolygonF{{box.left() + box.width() * 0.22, box.top() + box.height() * 0.52},
                          {box.left() + box.width() * 0.43, box.top() + box.height() * 0.74},
                          {box.left() + box.width() * 0.79, box.top() + box.height() * 0.28}});
            painter->restore();
        }
        return;
    }
    case PE_IndicatorBranch:
        if (option->state & State_Children)
            drawArrow(*painter, option->rect, palette.color(QPalette::PlaceholderText),
                      option->state & State_Open ? Qt::DownArrow : Qt::RightArrow);
        return;
    case PE_IndicatorArrowDown:
        drawArrow(*painter, option->rect, palette.color(QPalette::PlaceholderText), Qt::DownArrow);
        return;
    case PE_IndicatorArrowUp:
        drawArrow(*painter, option->rect, palette.color(QPalette::PlaceholderText), Qt::UpArrow);
        return;
    case PE_IndicatorArrowRight:
        drawArrow(*painter, option->rect, palette.color(QPalette::PlaceholderText), Qt::RightArrow);
        return;
    case PE_IndicatorArrowLeft:
        drawArrow(*painter, option->rect, palette.color(QPalette::PlaceholderText), Qt::LeftArrow);
        return;
    case PE_Frame:
    case PE_FrameMenu:
    case PE_FrameGroupBox:
        painter->save();
        painter->setPen(palette.color(QPalette::Mid));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    case PE_PanelMenu:
        painter->fillRect(option->rect, palette.color(QPalette::Base));
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void FlatStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                            const QWidget* widget) const {
    const QPalette& palette = option->palette;
    switch (element) {
    case CE_PushButtonLabel:
        if (isPrimary(widget) && (option->state & State_Enabled)) {
            if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
                QStyleOptionButton changed = *button;
                changed.palette.setColor(QPalette::ButtonText, palette.color(QPalette::BrightText));
                QProxyStyle::drawControl(element, &changed, painter, widget);
                return;
            }
        }
        break;
    case CE_HeaderSection:
        painter->fillRect(option->rect, palette.color(QPalette::Window));
        painter->setPen(palette.color(QPalette::Mid));
        painter->drawLine(option->rect.bottomLeft(), option->rect.bottomRight());
        return;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, palette.color(QPalette::Window));
        return;
    case CE_Splitter:
        painter->fillRect(option->rect, palette.color(QPalette::Mid));
        return;
    case CE_ProgressBarGroove:
        drawFrame(*painter, option->rect, *option, palette.color(QPalette::Base));
        return;
    case CE_ProgressBarContents:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option)) {
            QRect filled = bar->rect.adjusted(2, 2, -2, -2);
            if (bar->maximum > bar->minimum)
                filled.setWidth(int(filled.width() * (double(bar->progress) - bar->minimum) /
                                    (bar->maximum - bar->minimum)));
            painter->fillRect(filled, palette.color(QPalette::Link));
            return;
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void FlatStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                                   QPainter* painter, const QWidget* widget) const {
    const QPalette& palette = option->palette;
    if (control == CC_ComboBox) {
        if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option)) {
            if (combo->frame)
                drawFrame(*painter, option->rect, *option, fillOf(*option, palette.color(QPalette::Base)));
            drawArrow(*painter, subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget),
                      palette.color(QPalette::PlaceholderText), Qt::DownArrow);
            return;
        }
    }
    if (control == CC_ScrollBar) {
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
            painter->fillRect(option->rect, palette.color(QPalette::Window));
            const QRect slider = subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget);
            const bool upright = bar->orientation == Qt::Vertical;
            const QRect handle = upright ? slider.adjusted(3, 0, -3, 0) : slider.adjusted(0, 3, 0, -3);
            painter->fillRect(handle, fillOf(*option, palette.color(QPalette::Dark)));
            return;
        }
    }
    if (control == CC_Slider) {
        if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
            slider && slider->orientation == Qt::Horizontal) {
            const QRect handle = subControlRect(CC_Slider, option, SC_SliderHandle, widget);
            const QColor accent =
                palette.color(option->state & State_Enabled ? QPalette::Link : QPalette::Dark);
            QRect line(option->rect.left(), handle.center().y() - 1, option->rect.width(), 3);
            painter->fillRect(line, palette.color(QPalette::Dark));
            line.setRight(handle.center().x());
            painter->fillRect(line, accent);
            const int width = option->state & State_HasFocus ? 12 : 8;
            painter->fillRect(QRect(handle.center().x() - width / 2, handle.top(), width, handle.height()),
                              accent);
            return;
        }
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

} // namespace embellie
