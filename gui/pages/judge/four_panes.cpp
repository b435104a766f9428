#include "gui/pages/judge/four_panes.h"

#include "gui/scene/localised.h"
#include "gui/views/readout/readout.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace embellie {

static QString nameOf(int which) {
    switch (which) {
    case FourPanes::Raw:
        return localised(EMBELLIE_TR("judge", "Raw"));
    case FourPanes::Cleaned:
        return localised(EMBELLIE_TR("judge", "Cleaned"));
    case FourPanes::Reference:
        return localised(EMBELLIE_TR("judge", "Reference"));
    default:
        return localised(EMBELLIE_TR("judge", "Difference"));
    }
}

FourPanes::FourPanes(DrawingThread& drawing, ThemeSource& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_bar(new ColourBarWidget(Qt::Horizontal)), m_states(new StateLegend) {
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(1);
    const char* const names[Count] = {"judge.raw", "judge.cleaned", "judge.reference", "judge.difference"};
    for (int which = 0; which < Count; ++which) {
        auto* pane = new PaneWidget(drawing, m_link, theme);
        pane->setObjectName(QString::fromLatin1(names[which]));
        pane->setColourBarShown(false);
        pane->setAzimuthLinesShown(false);
        connect(pane, &Pane::activated, this, [this, pane] {
            for (PaneWidget* other : m_panes)
                other->setActive(other == pane);
        });
        connect(pane, &Pane::completeChanged, this, &FourPanes::completeChanged);
        connect(pane, &Pane::frameShown, this, &FourPanes::frameShown);
        connect(pane, &Pane::problem, this, &FourPanes::problem);
        row->addWidget(pane, 1);
        m_panes[std::size_t(which)] = pane;
    }
    m_panes[Cleaned]->setActive(true);
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
    connect(&m_link, &PaneLink::cursorChanged, this, &FourPanes::cursorChanged);
    connect(&theme, &ThemeSource::changed, this, &FourPanes::takeTheme);
    takeTheme();
    show({}, {});
}

DifferenceColours FourPanes::differenceColours(const Theme& theme) {
    if (theme.kind == ThemeKind::Dark)
        return {0x4a5866, 0xc59bf2, 0x70b566};
    return {0xbed0e0, 0x7452b4, 0x107a48};
}

void FourPanes::takeTheme() {
    m_bar->setTheme(m_theme.theme());
    m_states->setTheme(m_theme.theme());
    m_categories->setTheme(m_theme.theme());
    show(JudgedFields(m_fields), Words(m_words));
}

void FourPanes::show(const JudgedFields& fields, const Words& words) {
    m_fields = fields;
    m_words = words;
    for (int which = 0; which < Count; ++which) {
        m_panes[std::size_t(which)]->setCaption(nameOf(which), words.details[std::size_t(which)]);
        m_panes[std::size_t(which)]->setEmptyText(words.empty[std::size_t(which)]);
    }
    if (fields.raw)
        if (const auto plane = naturalPlane(*fields.raw))
            m_link.setGround(*plane, extentIn(*fields.raw, *plane));
    m_panes[Raw]->setField(fields.raw);
    m_panes[Reference]->setField(fields.reference);
    m_panes[Difference]->setField(fields.difference);
    showCleaned();

    std::vector<CategoryLegend::Entry> entries;
    if (fields.difference) {
        const DifferenceColours colours = differenceColours(m_theme.theme());
        const bool classes = fields.difference->quantity().meanings.size() < 3;
        const auto add = [&](std::uint32_t colour, const TextPattern& words, std::uint64_t count) {
            entries.push_back({QColor::fromRgb(colour),
                               localised(text(words, numberForPeople(double(count), 0).toStdString()))});
        };
        add(colours.agree, EMBELLIE_TR("judge", "agree {0} gates"), fields.agree);
        if (!classes)
            add(colours.lost, EMBELLIE_TR("judge", "rain lost {0}"), fields.lost);
        add(colours.left,
            classes ? EMBELLIE_TR("judge", "differ {0}") : EMBELLIE_TR("judge", "echo left {0}"),
            fields.left);
    }
    m_categories->setEntries(std::move(entries));
    placeLegend();

    const FieldPtr& shown = fields.raw ? fields.raw : fields.reference;
    if (!shown) {
        m_bar->setBar(std::nullopt);
        return;
    }
    const Layer layer = layerFor(shown, m_theme.book());
    m_bar->setBar(ColourBar{ColourScale(*layer.palette, layer.style, m_theme.kind()),
                            unitForPeople(shown->quantity().unit)});
}

void FourPanes::showCleaned() {
    PaneWidget* pane = m_panes[Cleaned];
    const bool raw = m_blinked && m_fields.raw;
    pane->setField(raw ? m_fields.raw : m_fields.cleaned);
    pane->setCaption(nameOf(raw ? Raw : Cleaned), m_words.details[raw ? Raw : Cleaned]);
    pane->setMark(m_fields.cleaned && !raw ? m_words.maker : QString());
}

void FourPanes::setBlinked(bool blinked) {
    m_blinked = blinked;
    showCleaned();
}

bool FourPanes::isComplete() const {
    return std::all_of(m_panes.begin(), m_panes.end(),
                       [](const PaneWidget* pane) { return pane->isComplete(); });
}

bool FourPanes::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_panes[Difference] && event->type() == QEvent::Resize)
        placeLegend();
    return QWidget::eventFilter(watched, event);
}

void FourPanes::placeLegend() {
    m_categories->move(m_panes[Difference]->pictureRect().topLeft() + QPoint(4, 4));
}

QString FourPanes::readout() const {
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
    addField(EMBELLIE_TR("judge", "reference"), m_fields.reference);
    addField(EMBELLIE_TR("judge", "probability"), m_fields.probability);
    return said;
}

} // namespace embellie
