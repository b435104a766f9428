#include "gui/pages/judge/judged_panes.h"

#include "core/io/odim/odim_writer.h"
#include "gui/scene/localised.h"
#include "gui/views/readout/readout.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace embellie {

static QString paneName(int which) {
    switch (which) {
    case JudgedPanes::Raw:
        return localised(EMBELLIE_TR("judge", "Raw"));
    case JudgedPanes::Cleaned:
        return localised(EMBELLIE_TR("judge", "Cleaned"));
    case JudgedPanes::Reference:
        return localised(EMBELLIE_TR("judge", "Reference"));
    default:
        return {};
    }
}

JudgedPanes::JudgedPanes(DrawingThread& drawing, ThemeSource& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_bar(new ColourBarWidget(Qt::Horizontal)), m_states(new StateLegend) {
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(1);
    const char* const names[Count] = {"judge.raw", "judge.cleaned", "judge.rival_pane", "judge.reference",
                                      "judge.difference"};
    for (int which = 0; which < Count; ++which) {
        auto* pane = new PaneWidget(drawing, m_link, theme);
        pane->setObjectName(QString::fromLatin1(names[which]));
        pane->setColourBarShown(false);
        pane->setAzimuthLinesShown(false);
        connect(pane, &Pane::activated, this, [this, pane] {
            for (PaneWidget* other : m_panes)
                other->setActive(other == pane);
        });
        connect(pane, &Pane::completeChanged, this, &JudgedPanes::completeChanged);
        connect(pane, &Pane::frameShown, this, &JudgedPanes::frameShown);
        connect(pane, &Pane::frameShown, this, &JudgedPanes::readoutChanged); // its cells are others
        connect(pane, &Pane::problem, this, &JudgedPanes::problem);
        row->addWidget(pane, 1);
        m_panes[std::size_t(which)] = pane;
    }
    m_panes[Cleaned]->setActive(true);
    m_panes[Rival]->setEmptyText(localised(EMBELLIE_TR("judge", "The method compared with")));
    m_panes[Rival]->hide();
    m_categories = new CategoryLegend(m_panes[Difference]);
    m_panes[Difference]->installEventFilter(this);

    auto* legend = new QHBoxLayout;
    legend->setContentsMargins(8, 2, 8, 2);
    legend->setSpacing(24);
    legend->addWidget(m_bar, 5);
    legend->addWidget(m_states, 4);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row, 1);
    column->addLayout(legend);
    connect(&m_link, &PaneLink::cursorChanged, this, &JudgedPanes::readoutChanged);
    connect(&theme, &ThemeSource::changed, this, &JudgedPanes::takeTheme);
    takeTheme();
    show({}, {});
}

DifferenceColours JudgedPanes::differenceColours(const Theme& theme) {
    if (theme.kind == ThemeKind::Dark)
        return {0x4a5866, 0xc59bf2, 0x70b566};
    return {0xbed0e0, 0x7452b4, 0x107a48};
}

void JudgedPanes::takeTheme() {
    m_bar->setTheme(m_theme.theme());
    m_states->setTheme(m_theme.theme());
    m_categories->setTheme(m_theme.theme());
    show(JudgedFields(m_fields), Words(m_words));
}

/// The bar below the panes is that of reflectivity: what names echoes has its own.
static bool isOfClasses(const FieldPtr& field) {
    return field && field->quantity().kind == Kind::Classes;
}

void JudgedPanes::show(const JudgedFields& fields, const Words& words) {
    m_fields = fields;
    m_words = words;
    for (const Which which : {Raw, Cleaned, Reference}) {
        m_panes[std::size_t(which)]->setCaption(paneName(which), words.details[std::size_t(which)]);
        m_panes[std::size_t(which)]->setEmptyText(words.empty[std::size_t(which)]);
    }
    if (fields.raw)
        if (const auto plane = naturalPlane(*fields.raw))
            m_link.setGround(*plane, extentIn(*fields.raw, *plane));
    m_panes[Raw]->setField(fields.raw);
    m_panes[Reference]->setField(fields.reference);
    m_panes[Reference]->setColourBarShown(isOfClasses(fields.reference));
    showCleaned();
    showLast();
    Q_EMIT readoutChanged();

    const FieldPtr& shown = fields.raw ? fields.raw : fields.reference;
    if (!shown) {
        m_bar->setBar(std::nullopt);
        return;
    }
    const Layer layer = layerFor(shown, m_theme.book());
    m_bar->setBar(ColourBar{ColourScale(*layer.palette, layer.style, m_theme.kind()),
                            unitForPeople(shown->quantity().unit)});
}

void JudgedPanes::showCleaned() {
    PaneWidget* pane = m_panes[Cleaned];
    const bool raw = m_blinked && m_fields.raw;
    pane->setField(raw ? m_fields.raw : m_fields.cleaned);
    pane->setCaption(paneName(raw ? Raw : Cleaned), m_words.details[raw ? Raw : Cleaned]);
    pane->setMark(m_fields.cleaned && !raw ? m_words.maker : QString());
    pane->setColourBarShown(!raw && isOfClasses(m_fields.cleaned));
}

void JudgedPanes::showLast() {
    PaneWidget* pane = m_panes[Difference];
    const bool isDifference = m_last == Last::Difference;
    const FieldPtr& last = isDifference                  ? m_fields.difference
                           : m_last == Last::Probability ? m_fields.probability
                                                         : m_fields.uncertainty;
    LayerStyle style;
    QString detail;
    if (m_last == Last::Uncertainty && last && last->quantity().id == UncertaintyId) {
        // The same for all sweeps. Members that agree on most echoes differ by 0.05 to 0.2 elsewhere; the few
        // that are opposed (0.71 at most for two) have the colour of the upper end.
        style.limits = Limits{0, 0.4};
        detail = localised(EMBELLIE_TR("judge", "standard deviation"));
    }
    pane->setField(last, style);
    pane->setColourBarShown(!isDifference);
    pane->setCaption(nameOf(m_last), isDifference ? m_words.details[Difference] : detail);
    pane->setEmptyText(
        isDifference ? m_words.empty[Difference]
        : m_last == Last::Probability
            ? localised(EMBELLIE_TR("judge", "The results hold none"))
            : localised(EMBELLIE_TR("judge", "Needs several networks: choose all runs of a sweep above")));
    std::vector<CategoryLegend::Entry> entries;
    if (isDifference && last) {
        const DifferenceColours colours = differenceColours(m_theme.theme());
        const bool classes = m_fields.difference->quantity().meanings.size() < 3;
        const auto add = [&](std::uint32_t colour, const TextPattern& words, std::uint64_t count) {
            entries.push_back({QColor::fromRgb(colour),
                               localised(text(words, numberForPeople(double(count), 0).toStdString()))});
        };
        add(colours.agree, EMBELLIE_TR("judge", "agree {0} gates"), m_fields.agree);
        if (!classes)
            add(colours.lost, EMBELLIE_TR("judge", "rain lost {0}"), m_fields.lost);
        add(colours.left,
            classes ? EMBELLIE_TR("judge", "differ {0}") : EMBELLIE_TR("judge", "echo left {0}"),
            m_fields.left);
    }
    m_categories->setEntries(std::move(entries));
    placeLegend();
}

void JudgedPanes::setLast(Last last) {
    m_last = last;
    showLast();
}

QString JudgedPanes::nameOf(Last last) {
    switch (last) {
    case Last::Probability:
        return localised(EMBELLIE_TR("judge", "Probability"));
    case Last::Uncertainty:
        return localised(EMBELLIE_TR("judge", "Uncertainty"));
    default:
        return localised(EMBELLIE_TR("judge", "Difference"));
    }
}

void JudgedPanes::setRival(const QString& name, FieldPtr field) {
    m_rival = std::move(field);
    m_panes[Rival]->setCaption(name, {});
    m_panes[Rival]->setField(m_rival);
    m_panes[Rival]->setVisible(!name.isEmpty());
    Q_EMIT readoutChanged();
}

void JudgedPanes::setBlinked(bool blinked) {
    m_blinked = blinked;
    showCleaned();
}

bool JudgedPanes::isComplete() const {
    return std::all_of(m_panes.begin(), m_panes.end(),
                       [](const PaneWidget* pane) { return pane->isHidden() || pane->isComplete(); });
}

bool JudgedPanes::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_panes[Difference] && event->type() == QEvent::Resize)
        placeLegend();
    return QWidget::eventFilter(watched, event);
}

void JudgedPanes::placeLegend() {
    m_categories->move(m_panes[Difference]->pictureRect().topLeft() + QPoint(4, 4));
}

QString JudgedPanes::readout() const {
    const auto& cursor = m_link.cursor();
    if (!cursor || !m_fields.raw)
        return {};
    const auto cell = m_panes[Raw]->cellAt(cursor->place);
    if (!cell)
        return {};
    const QString muted = m_theme.theme().mutedText.name();
    QString said;
    const auto add = [&](const TextPattern& label, const QString& value) {
        said += QStringLiteral("<span style=\"color:%1\">%2</span>&nbsp;%3&nbsp;&nbsp;&nbsp;&nbsp; ")
                    .arg(muted, localised(label).toHtmlEscaped(), value.toHtmlEscaped());
    };
    const CellHit hit = hitOf(*m_fields.raw, *cell);
    if (hit.gate)
        add(EMBELLIE_TR("judge", "Cursor"), numberForPeople(hit.gate->azimuth, 1) + QStringLiteral("°, ") +
                                                numberForPeople(hit.gate->rangeMeters / 1000, 1) +
                                                QStringLiteral(" km"));
    else if (hit.place)
        add(EMBELLIE_TR("judge", "Cursor"), placeForPeople(*hit.place));
    const auto addField = [&](const TextPattern& label, const FieldPtr& field) {
        if (field && field->size() == m_fields.raw->size())
            add(label, valueForPeople(*field, *cell));
    };
    addField(EMBELLIE_TR("judge", "raw"), m_fields.raw);
    addField(EMBELLIE_TR("judge", "cleaned"), m_fields.cleaned);
    addField(EMBELLIE_TR("judge", "rival"), m_rival);
    addField(EMBELLIE_TR("judge", "reference"), m_fields.reference);
    addField(EMBELLIE_TR("judge", "probability"), m_fields.probability);
    addField(EMBELLIE_TR("judge", "uncertainty"), m_fields.uncertainty);
    return said;
}

} // namespace embellie
