#pragma once

#include "gui/scene/colour_scale.h"

#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

class QPainter;

namespace embellie {

/// What stands beside a field: its steps with unit and landmarks, or a legend of its classes.
struct ColourBar {
    ColourScale scale;
    QString unit; ///< as on screen: "dBZ", "m/s"
    friend bool operator==(const ColourBar&, const ColourBar&) = default;
};

/// A number beside a bar, and of which edge of the scale.
struct ColourBarLabel {
    std::size_t edge = 0;
    QString text;
};

/// Those of a vertical bar, upwards; as many as fit where a step is @p pixelsPerStep high and a line
/// @p lineHeight. Where each edge has an opposite, it has a label only together with that.
std::vector<ColourBarLabel> colourBarLabels(const ColourScale& scale, double pixelsPerStep,
                                            double lineHeight);

/// Width of a vertical bar (a legend: as wide as its longest entry) and height of a horizontal one, with
/// labels.
QSize colourBarSize(const ColourBar& bar, const QFont& font, Qt::Orientation orientation);
/// Paints into @p area with the painter's font and the theme's text colours, on whatever is there.
void paintColourBar(QPainter& painter, const QRect& area, const ColourBar& bar, const Theme& theme,
                    Qt::Orientation orientation);

class ColourBarWidget : public QWidget {
    Q_OBJECT
public:
    explicit ColourBarWidget(Qt::Orientation orientation = Qt::Vertical, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setBar(std::optional<ColourBar> bar);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Qt::Orientation m_orientation;
    Theme m_theme;
    std::optional<ColourBar> m_bar;
};

} // namespace embellie
