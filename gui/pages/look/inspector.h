#pragma once

#include "gui/scene/scene.h"
#include "gui/workspace/theme_source.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;

namespace embellie {

class ReadoutPanel;
class TextField;

/// What is chosen, as a form: limits, palette, rings, the legend of missing values; below it the read-out.
class Inspector : public QWidget {
    Q_OBJECT
public:
    explicit Inspector(ThemeSource& theme, QWidget* parent = nullptr);

    /// Shows the layer of the active pane, which the tree calls @p name; a layer without field empties the
    /// form.
    void setLayer(const Layer& layer, const LayerStyle& style, const QString& name);
    void setRings(double kilometres, bool azimuthLines);
    /// Rings belong to radars: off for grids.
    void setRingsEnabled(bool enabled);
    ReadoutPanel* readout() const { return m_readout; }

Q_SIGNALS:
    void styleChanged(const embellie::LayerStyle& style);
    void ringsChanged(double kilometres, bool azimuthLines);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int labelWidth() const;
    void applyTheme();
    std::optional<Limits> limitsInForce() const;
    void takeLimits();
    void showLimitError(const QString& sentence);

    ThemeSource& m_theme;
    Layer m_layer;
    LayerStyle m_style;
    std::optional<Limits> m_limitsInForce;                                 ///< of m_layer
    std::pair<std::optional<double>, std::optional<double>> m_shownLimits; ///< the same, as the fields say
    QLabel *m_title, *m_limitsLabel, *m_limitError;
    QWidget* m_limits;
    TextField *m_low, *m_high;
    QComboBox *m_palette, *m_rings;
    QCheckBox *m_traditional, *m_azimuthLines;
    QWidget *m_strip, *m_legend;
    QWidget* m_form;
    ReadoutPanel* m_readout;
};

} // namespace embellie
