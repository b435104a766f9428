#include "gui/pages/start/go_on_card.h"

#include "gui/pages/start/recent_files.h"
#include "gui/scene/localised.h"
#include "gui/workspace/paths.h"

#include <QGridLayout>
#include <QPushButton>

namespace embellie {

namespace {

QString whenOf(const KeptWorkspace& kept) {
    return kept.saved ? whenForPeople(QDateTime::fromMSecsSinceEpoch(kept.saved->time_since_epoch().count()))
                      : QString();
}

/// One path a line, for the tool tip.
QString pathsOf(const KeptWorkspace& kept) {
    constexpr int Most = 20;
    QStringList paths;
    for (const OpenItem& item : kept.state.open)
        if (!item.isScene)
            for (const auto& path : item.paths)
                if (paths.size() <= Most)
                    paths << (paths.size() < Most ? toQString(path) : QStringLiteral("…"));
    return paths.join(QLatin1Char('\n'));
}

} // namespace

GoOnCard::GoOnCard(QWidget* parent)
    : Card(Edge::Accent, parent), m_button(new QPushButton(tr("Go on"), this)), m_names(cardLine({}, this)),
      m_when(cardLine({}, this, true)), m_earlier(new QWidget(this)),
      m_earlierRows(new QGridLayout(m_earlier)) {
    m_button->setProperty("primary", true);
    m_button->setAutoDefault(true); // Enter presses it
    m_button->setObjectName(QStringLiteral("goOn"));
    m_button->setToolTip(
        tr("Opens again what was open, and shows what was shown: sweep, moments, colours, page (Ctrl+G)"));
    m_names->setObjectName(QStringLiteral("goOn.names"));
    m_names->setTextFormat(Qt::PlainText);
    connect(m_button, &QPushButton::clicked, this, [this] { Q_EMIT wanted(m_offers.front()); });
    m_earlierRows->setContentsMargins(0, 8, 0, 0);
    m_earlierRows->setVerticalSpacing(2);
    m_earlierRows->setHorizontalSpacing(16);
    m_earlierRows->setColumnStretch(2, 1);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(12, 12, 12, 12);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(2);
    // At the left: in a small window the page is wider than what is seen of it.
    grid->addWidget(m_button, 0, 0, 3, 1, Qt::AlignVCenter);
    grid->addWidget(cardLine(tr("Go on where you were"), this, false, true), 0, 1);
    grid->addWidget(m_names, 1, 1);
    grid->addWidget(m_when, 2, 1);
    grid->addWidget(m_earlier, 3, 1);
    grid->setColumnStretch(1, 1);
    hide();
}

void GoOnCard::setOffers(std::vector<KeptWorkspace> offers) {
    const std::optional<Error> refusal = offers.empty() ? std::nullopt : offers.front().refusal;
    std::erase_if(offers, [](const KeptWorkspace& kept) { return kept.refusal.has_value(); });
    m_offers = std::move(offers);
    setVisible(isUsable() || refusal);
    m_button->setVisible(isUsable());
    setEdge(isUsable() ? Edge::Accent : Edge::Plain);
    m_names->setText(isUsable() ? namesForPeople(m_offers.front().state)
                     : refusal  ? localised(*refusal)
                                : QString());
    m_names->setToolTip(isUsable() ? pathsOf(m_offers.front()) : QString());
    m_when->setText(isUsable() ? whenOf(m_offers.front()) : QString());
    m_when->setVisible(!m_when->text().isEmpty());
    while (QLayoutItem* item = m_earlierRows->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    constexpr std::size_t Most = 3; // with the first
    const std::size_t shown = std::min(m_offers.size(), Most);
    for (std::size_t i = 1; i < shown; ++i) {
        const int row = int(i);
        if (i == 1)
            m_earlierRows->addWidget(cardLine(tr("Earlier"), m_earlier, true), row, 0);
        auto* link = new QLabel(m_earlier);
        link->setTextFormat(Qt::RichText);
        link->setText(QStringLiteral("<a style=\"text-decoration:none\" href=\"open\">%1</a>")
                          .arg(namesForPeople(m_offers[i].state).toHtmlEscaped()));
        link->setToolTip(pathsOf(m_offers[i]));
        link->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
        connect(link, &QLabel::linkActivated, this, [this, i] { Q_EMIT wanted(m_offers[i]); });
        m_earlierRows->addWidget(link, row, 1);
        m_earlierRows->addWidget(cardLine(whenOf(m_offers[i]), m_earlier, true), row, 2);
    }
    m_earlier->setVisible(shown > 1);
}

} // namespace embellie
