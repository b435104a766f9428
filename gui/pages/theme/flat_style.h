#pragma once

#include "gui/scene/palette.h"

#include <QPalette>
#include <QProxyStyle>

namespace embellie {

/// The theme as Qt's palette. Beyond the usual: PlaceholderText is muted text, Mid the border of areas, Dark
/// that of controls, Link the accent and the focus, BrightText the text on the accent.
QPalette paletteOf(const Theme& theme);

/// Fusion without gradients, shadows and animations: flat fills and 1-pixel lines, which a forwarded display
/// likes, in the colours of the palette. A button with the property "primary" is filled with the accent.
class FlatStyle : public QProxyStyle {
    Q_OBJECT
public:
    FlatStyle();

    void polish(QWidget* widget) override;
    using QProxyStyle::polish;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                           const QWidget* widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
};

} // namespace embellie
