#include "gui/pages/look/inspector.h"

#include "gui/form/field_frame.h"
#include "gui/form/number_text.h"
#include "gui/pages/look/readout_panel.h"
#include "gui/scene/localised.h"
#include "gui/scene/own_names.h"
#include "gui/views/readout/readout.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>

namespace embellie {

namespace {

/// A widget that only paints.
class Painted : public QWidget {
public:
    Painted(QSize size, std::function<void(QPainter&, QRect)> paint, QWidget* parent)
        : QWidget(parent), m_size(size), m_paint(std::move(paint)) {
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }
    QSize sizeHint() const override { return m_size; }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        m_paint(painter, rect());
    }

private:
    QSize m_size;
    std::function<void(QPainter&, QRect)> m_paint;
};

QLabel* mutedLabel(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QFont semibold(QFont font) {
    font.setWeight(QFont::DemiBold);
    return font;
}

std::optional<double> typedNumber(const QString& typed) {
    const std::string text = numberFromTyped(typed, QLocale());
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

/// Four digits say enough of a limit, unless both limits would look the same; the whole part is never
/// rounded.
int decimalsOfLimit(double value, const Limits& limits) {
    const double range = limits.high - limits.low;
    int exact = 0;
    while (exact < 12 &&
           std::abs(value - std::round(value * std::pow(10, exact)) / std::pow(10, exact)) > 1e-6 * range)
        ++exact;
    const auto digitsBehind = [](double least) { return std::max(0, int(std::ceil(-std::log10(least)))); };
    const int most = std::max(digitsBehind(std::abs(value) / 1000), digitsBehind(range / 100));
    return std::min(exact, most);
}

constexpr std::array ringChoices = {0.0, 1.0, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0, -1.0};

} // namespace

Inspector::Inspector(ThemeSource& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    const int row = fontMetrics().height();
    m_title = new QLabel(this);
    m_title->setFont(semibold(font()));
    m_title->setTextInteractionFlags(Qt::NoTextInteraction);

    m_limits = new QWidget(this);
    m_low = new TextField(m_limits);
    m_high = new TextField(m_limits);
    m_low->edit()->setObjectName(QStringLiteral("limitLow"));
    m_high->edit()->setObjectName(QStringLiteral("limitHigh"));
    for (TextField* field : {m_low, m_high}) {
        // Beside each other in a narrow column: each has half of it, and no less than a number needs.
        field->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("\u221200.00")) + row);
        connect(field->edit(), &QLineEdit::editingFinished, this, &Inspector::takeLimits);
    }
    auto* limits = new QHBoxLayout(m_limits);
    limits->setContentsMargins(0, 0, 0, 0);
    limits->setSpacing(6);
    limits->addWidget(m_low);
    limits->addWidget(new QLabel(tr("to"), m_limits));
    limits->addWidget(m_high);
    m_limitsLabel = mutedLabel({}, this);
    m_limitError = new QLabel(this);
    m_limitError->setWordWrap(true);
    m_limitError->hide();

    m_palette = new QComboBox(this);
    m_palette->setObjectName(QStringLiteral("palette"));
    m_palette->setToolTip(tr("Colours of the values; the first suits the quantity"));
    m_palette->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    connect(m_palette, &QComboBox::activated, this, [this](int index) {
        m_style.palette = m_palette->itemData(index).toString().toStdString();
        m_style.limits.reset();
        Q_EMIT styleChanged(m_style);
    });
    m_strip = new Painted(
        {100, row * 5 / 8},
        [this](QPainter& painter, QRect area) {
            if (!m_layer.field || !m_layer.palette)
                return;
            const ColourScale scale(*m_layer.palette, m_layer.style, m_theme.kind());
            const int count = int(scale.steps().size());
            for (int i = 0; i < count; ++i)
                painter.fillRect(QRect(QPoint(area.width() * i / count, 0),
                                       QPoint(area.width() * (i + 1) / count - 1, area.bottom())),
                                 QColor::fromRgb(scale.steps()[std::size_t(i)]));
        },
        this);
    m_traditional = new QCheckBox(tr("Traditional colours"), this);
    m_traditional->setToolTip(tr("The colours that weather services have long used; not made for every eye"));
    connect(m_traditional, &QCheckBox::clicked, this, [this](bool on) {
        m_style.traditional = on;
        Q_EMIT styleChanged(m_style);
    });

    m_rings = new QComboBox(this);
    m_rings->setObjectName(QStringLiteral("rings"));
    m_rings->setToolTip(tr("Distance of the range rings about the radar, in kilometres"));
    for (const double choice : ringChoices)
        m_rings->addItem(choice == 0  ? tr("by the zoom")
                         : choice < 0 ? tr("none")
                                      : tr("every %1").arg(numberForPeople(choice, 0, "km")),
                         choice);
    m_azimuthLines = new QCheckBox(tr("Azimuth lines"), this);
    m_azimuthLines->setToolTip(tr("A line every 30° from the radar, clockwise from north"));
    const auto tellRings = [this] {
        Q_EMIT ringsChanged(m_rings->currentData().toDouble(), m_azimuthLines->isChecked());
    };
    connect(m_rings, &QComboBox::activated, this, tellRings);
    connect(m_azimuthLines, &QCheckBox::clicked, this, tellRings);

    m_legend = new Painted(
        {100, row * 2 + 12},
        [this](QPainter& painter, QRect area) {
            const Theme& colours = m_theme.theme();
            const StateColours& states =
                m_layer.palette ? m_layer.palette->states[std::size_t(m_theme.kind())] : colours.states;
            const std::array<std::pair<QRgb, QString>, 4> entries = {{{states.noEcho, tr("no echo")},
                                                                      {states.noData, tr("not measured")},
                                                                      {states.rejected, tr("removed")},
                                                                      {states.canvas, tr("out of range")}}};
            const int line = painter.fontMetrics().height() + 6;
            const int box = painter.fontMetrics().ascent() - 1;
            for (int i = 0; i < 4; ++i) {
                const QRect cell(area.width() / 2 * (i % 2), line * (i / 2), area.width() / 2, line);
                const QRect square(cell.left(), cell.top() + (line - box) / 2, box, box);
                painter.setPen(colours.controlBorder);
                painter.setBrush(QColor::fromRgb(entries[std::size_t(i)].first));
                painter.drawRect(square.adjusted(0, 0, -1, -1));
                painter.setPen(colours.text);
                painter.drawText(cell.adjusted(box + 6, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                                 entries[std::size_t(i)].second);
            }
        },
        this);
    m_legend->setToolTip(tr("Colours of gates that have no value, and why they have none"));
    m_readout = new ReadoutPanel(theme, this);

    m_form = new QWidget(this);
    auto* grid = new QGridLayout(m_form);
    grid->setContentsMargins(8, 8, 8, 8);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(6);
    grid->setColumnMinimumWidth(0, labelWidth());
    grid->setColumnStretch(1, 1);
    int at = 0;
    grid->addWidget(m_title, at++, 0, 1, 2);
    grid->addWidget(m_limitsLabel, at, 0);
    grid->addWidget(m_limits, at++, 1);
    grid->addWidget(m_limitError, at++, 0, 1, 2);
    grid->addWidget(mutedLabel(tr("Palette"), m_form), at, 0);
    grid->addWidget(m_palette, at++, 1);
    grid->addWidget(m_strip, at++, 1);
    grid->addWidget(m_traditional, at++, 1);
    grid->addWidget(mutedLabel(tr("Range rings"), m_form), at, 0);
    grid->addWidget(m_rings, at++, 1);
    grid->addWidget(m_azimuthLines, at++, 1);
    auto* missing = new QLabel(tr("Missing values"), m_form);
    missing->setFont(semibold(font()));
    grid->setRowMinimumHeight(at++, 2);
    grid->addWidget(missing, at++, 0, 1, 2);
    grid->addWidget(m_legend, at++, 0, 1, 2);
    for (QWidget* child : {static_cast<QWidget*>(m_title), m_limits, static_cast<QWidget*>(m_limitError)})
        child->setParent(m_form);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_form);
    column->addStretch(1);
    // As high as its lines, as far as there is room: some files have thirty moments.
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_readout);
    scroll->setMinimumHeight(row * 6);
    scroll->setMaximumHeight(m_readout->sizeHint().height());
    scroll->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    connect(m_readout, &ReadoutPanel::heightChanged, scroll, &QWidget::setMaximumHeight);
    column->addWidget(scroll, 1000);
    connect(&theme, &ThemeSource::changed, this, &Inspector::applyTheme);
    applyTheme();
    setLayer({}, {}, {});
}

int Inspector::labelWidth() const {
    const QString limits = tr("Limits, %1").arg(QStringLiteral("dBZ"));
    return std::max(fontMetrics().horizontalAdvance(tr("Range rings")),
                    fontMetrics().horizontalAdvance(limits)) +
           8;
}

void Inspector::applyTheme() {
    const Theme& colours = m_theme.theme();
    m_low->setTheme(colours);
    m_high->setTheme(colours);
    QPalette error = m_limitError->palette();
    error.setColor(QPalette::WindowText, colours.error);
    m_limitError->setPalette(error);
    update();
}

void Inspector::setLayer(const Layer& layer, const LayerStyle& style, const QString& name) {
    m_layer = layer;
    m_style = style;
    m_form->setEnabled(layer.field != nullptr);
    showLimitError({});
    if (!layer.field) {
        m_title->setText(tr("Layer"));
        m_limitsLabel->setText(tr("Limits"));
        return;
    }
    const Quantity& quantity = layer.field->quantity();
    m_title->setText(tr("Layer: %1").arg(name));
    m_title->setToolTip(quantityForPeople(quantity));
    const bool classes = layer.palette->kind == Palette::Kind::Classes;
    m_limits->setEnabled(!classes);
    m_traditional->setEnabled(!layer.palette->traditional.empty());
    m_traditional->setChecked(style.traditional);
    const QString unit = unitForPeople(quantity.unit);
    m_limitsLabel->setText(fontMetrics().elidedText(
        unit.isEmpty() ? tr("Limits") : tr("Limits, %1").arg(unit), Qt::ElideRight, labelWidth()));
    const QString tip =
        unit.isEmpty()
            ? tr("Lower and upper end of the colours; empty gives the usual ones back")
            : tr("Lower and upper end of the colours, in %1; empty gives the usual ones back").arg(unit);
    for (QWidget* each :
         {static_cast<QWidget*>(m_limitsLabel), static_cast<QWidget*>(m_low), static_cast<QWidget*>(m_high)})
        each->setToolTip(tip);
    m_limitsInForce = limitsInForce();
    if (!m_limitsInForce) {
        m_low->edit()->clear();
        m_high->edit()->clear();
    } else {
        for (const auto& [field, value] :
             {std::pair{m_low, m_limitsInForce->low}, {m_high, m_limitsInForce->high}}) {
            const QString shown = numberForPeople(value, decimalsOfLimit(value, *m_limitsInForce));
            if (!field->edit()->hasFocus() || typedNumber(field->edit()->text()) != typedNumber(shown)) {
                field->edit()->setText(shown);
                field->edit()->setCursorPosition(0); // of what is too long, the end is cut, not the sign
            }
        }
        m_shownLimits = {typedNumber(m_low->edit()->text()), typedNumber(m_high->edit()->text())};
    }
    m_palette->clear();
    const PalettePtr own = m_theme.book().paletteFor(quantity);
    m_palette->addItem(own ? paletteForPeople(*own) : tr("By the quantity"), QString());
    if (!classes)
        for (const PalettePtr& palette : m_theme.book().palettes())
            if (palette->kind != Palette::Kind::Classes && palette != own)
                m_palette->addItem(paletteForPeople(*palette), QString::fromStdString(palette->id));
    m_palette->setCurrentIndex(std::max(0, m_palette->findData(QString::fromStdString(style.palette))));
    m_strip->update();
    m_legend->update();
}

void Inspector::setRings(double kilometres, bool azimuthLines) {
    int index = m_rings->findData(kilometres);
    if (index < 0) {
        m_rings->insertItem(m_rings->count() - 1, tr("every %1").arg(numberForPeople(kilometres, 0, "km")),
                            kilometres);
        index = m_rings->count() - 2;
    }
    m_rings->setCurrentIndex(index);
    m_azimuthLines->setChecked(azimuthLines);
}

void Inspector::setRingsEnabled(bool enabled) {
    m_rings->setEnabled(enabled);
    m_azimuthLines->setEnabled(enabled);
}

void Inspector::showLimitError(const QString& sentence) {
    m_low->setError(!sentence.isEmpty());
    m_high->setError(!sentence.isEmpty());
    m_limitError->setText(sentence);
    m_limitError->setVisible(!sentence.isEmpty());
}

/// Ends of the colours as they are drawn, whoever chose them; nothing for classes.
std::optional<Limits> Inspector::limitsInForce() const {
    const ColourScale scale(*m_layer.palette, m_layer.style, m_theme.kind());
    if (scale.edges().size() < 2)
        return std::nullopt;
    // Four digits: the scale keeps floats, and a Nyquist velocity has more of them than anybody reads.
    const double low = scale.edges().front(), high = scale.edges().back();
    if (!(high > low))
        return Limits{low, high};
    const double perUnit = std::pow(10, std::max(3.0, 3 - std::floor(std::log10(high - low))));
    return Limits{std::round(low * perUnit) / perUnit, std::round(high * perUnit) / perUnit};
}

void Inspector::takeLimits() {
    if (!m_layer.field)
        return;
    const QString lowText = m_low->edit()->text().trimmed(), highText = m_high->edit()->text().trimmed();
    LayerStyle style = m_style;
    if (lowText.isEmpty() || highText.isEmpty()) {
        style.limits.reset();
    } else {
        const auto low = typedNumber(lowText), high = typedNumber(highText);
        if (!low || !high) {
            showLimitError(tr("“%1” is not a number; write one like %2")
                               .arg(low ? highText : lowText, numberForPeople(-12.5, 1)));
            return;
        }
        style.limits = Limits{*low, *high};
        // Leaving a field untouched says nothing new, though it shows fewer digits than there are.
        if (m_limitsInForce) {
            if (low == m_shownLimits.first)
                style.limits->low = m_limitsInForce->low;
            if (high == m_shownLimits.second)
                style.limits->high = m_limitsInForce->high;
            if (*style.limits == *m_limitsInForce)
                style.limits = m_style.limits;
        }
        if (style.limits && style.limits->low >= style.limits->high) {
            showLimitError(tr("The first limit must be below the second"));
            return;
        }
    }
    showLimitError({});
    if (style == m_style)
        return;
    m_style = style;
    Q_EMIT styleChanged(m_style);
}

void Inspector::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(m_theme.theme().border);
    painter.drawLine(0, 0, 0, height());
}

} // namespace embellie
