#include "gui/pages/train/day_chooser.h"

#include "core/base/file.h"
#include "gui/scene/localised.h"
#include "gui/workspace/paths.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QPainter>
#include <QPointer>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace embellie {

namespace fs = std::filesystem;

namespace {

/// The sign of a kind, before its word.
class KindSign : public QWidget {
public:
    KindSign(DayKind kind, const Theme& theme) : m_kind(kind), m_theme(theme) {
        const int size = fontMetrics().height();
        setFixedSize(size, size);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        paintDayKind(painter, QRectF(rect()).adjusted(2, 1, -2, -1), m_kind, m_theme);
    }

private:
    const DayKind m_kind;
    const Theme& m_theme;
};

QLabel* wrapped(const TextPattern& words) {
    auto* label = new QLabel(localised(words));
    label->setWordWrap(true);
    return label;
}

} // namespace

DayChooser::DayChooser(Session& session, const Theme& theme, const std::vector<std::string>& radarPaths,
                       QWidget* parent)
    : QDialog(parent), m_session(session), m_theme(theme),
      m_radar(new RoleField({"days.radar", EMBELLIE_TR("train", "Radar files"),
                             EMBELLIE_TR("train", "Volumes that shall be told apart, as they were measured"),
                             true},
                            session)),
      m_gauges(new RoleField({"days.gauges", EMBELLIE_TR("train", "Station files"),
                              EMBELLIE_TR("train", "Readings of rain gauges, CSV or netCDF"), true},
                             session)),
      m_form(new SettingsForm), m_calendar(new DayCalendar), m_said(new QLabel),
      m_use(new QPushButton(localised(EMBELLIE_TR("train", "Use these days")))),
      m_save(new QPushButton(localised(EMBELLIE_TR("train", "Save list…")))) {
    setWindowTitle(localised(EMBELLIE_TR("train", "Wet and dry days by rain gauges")));
    setObjectName(QStringLiteral("days.chooser"));
    auto* left = new QVBoxLayout;
    left->setSpacing(6);
    for (RoleField* field : {m_radar, m_gauges}) {
        auto* label = new QLabel(localised(field->role().label));
        label->setBuddy(field);
        setTextColour(label, theme.mutedText);
        left->addWidget(label);
        left->addWidget(field);
        field->setTheme(theme);
        field->setEmptyText(localised(EMBELLIE_TR("train", "add files or a folder")));
    }
    m_form->setTable(daySettings());
    m_form->setTitle(localised(EMBELLIE_TR("train", "What counts")));
    m_form->setTheme(theme);
    left->addSpacing(8);
    left->addWidget(m_form);
    left->addStretch(1);

    auto* legend = new QHBoxLayout;
    legend->setSpacing(4);
    for (const DayKind kind : {DayKind::Dry, DayKind::Wet, DayKind::Unsure}) {
        m_counts[kind] = new QLabel;
        m_counts[kind]->setObjectName(QStringLiteral("days.count.") + QLatin1String(dayKey(kind)));
        legend->addWidget(new KindSign(kind, m_theme));
        legend->addWidget(m_counts[kind]);
        legend->addSpacing(16);
    }
    legend->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidget(m_calendar);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_calendar, &DayCalendar::moved, scroll,
            [scroll](const QRect& cell) { scroll->ensureVisible(cell.center().x(), cell.center().y()); });
    m_calendar->setTheme(theme);
    m_said->setWordWrap(true);
    m_said->setObjectName(QStringLiteral("days.said"));
    auto* hint =
        wrapped(EMBELLIE_TR("train", "A click on a volume makes it dry, wet or unsure in turn, one on a "
                                     "date all of that day. What is unsure serves for nothing."));
    setTextColour(hint, theme.mutedText);
    auto* right = new QVBoxLayout;
    right->addLayout(legend);
    right->addWidget(scroll, 1);
    right->addWidget(hint);

    auto* middle = new QHBoxLayout;
    middle->setSpacing(16);
    middle->addLayout(left, 2);
    middle->addLayout(right, 5);
    auto* cancel = new QPushButton(localised(EMBELLIE_TR("train", "Cancel")));
    m_use->setProperty("primary", true);
    for (QPushButton* button : {m_use, m_save, cancel}) // Enter in a field is for the field
        button->setAutoDefault(false);
    m_use->setObjectName(QStringLiteral("days.use"));
    m_use->setToolTip(localised(EMBELLIE_TR("train", "Wet volumes become rainy days, dry ones dry days")));
    m_save->setToolTip(
        localised(EMBELLIE_TR("train", "As a text for embellie-cli rounds, which trains on it")));
    auto* below = new QHBoxLayout;
    below->addWidget(m_said, 1);
    below->addWidget(m_save);
    below->addWidget(cancel);
    below->addWidget(m_use);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(16, 16, 16, 16);
    all->setSpacing(8);
    all->addLayout(middle, 1);
    all->addLayout(below);
    resize(fontMetrics().averageCharWidth() * 150, fontMetrics().height() * 32);

    m_soon.setSingleShot(true);
    m_soon.setInterval(150); // while the hand moves
    connect(&m_soon, &QTimer::timeout, this, &DayChooser::propose);
    connect(m_radar, &RoleField::changed, this, &DayChooser::filesChanged);
    connect(m_gauges, &RoleField::changed, this, &DayChooser::gaugesChanged);
    connect(m_form, &SettingsForm::valueChanged, this, &DayChooser::settingChanged);
    connect(m_calendar, &DayCalendar::corrected, this, &DayChooser::correct);
    connect(m_use, &QPushButton::clicked, this, &DayChooser::accept);
    connect(m_save, &QPushButton::clicked, this, &DayChooser::save);
    connect(cancel, &QPushButton::clicked, this, &DayChooser::reject);
    m_radar->setPaths(radarPaths);
    count();
    propose();
}

DayChooser::~DayChooser() {
    m_session.work().cancel(m_reading);
}

void DayChooser::filesChanged() {
    m_read.volumes.reset();
    m_soon.start();
}

void DayChooser::gaugesChanged() {
    m_read.gauges.reset();
    m_soon.start();
}

void DayChooser::settingChanged(const std::string& key) {
    if (key == "days.stamp" || key == "days.utc_offset" || key == "days.day_begins")
        m_read.gauges.reset();
    m_soon.start();
}

void DayChooser::propose() {
    m_session.work().cancel(m_reading);
    if (m_radar->paths().empty() || m_gauges->paths().empty()) {
        m_calendar->setDays({}, {});
        count();
        say(m_radar->paths().empty()
                ? localised(EMBELLIE_TR("train", "Name the radar's files, or their folder, with Add."))
                : localised(
                      EMBELLIE_TR("train", "Name the station file with Add: it tells dry from wet volumes.")),
            false);
        return;
    }
    say(localised(EMBELLIE_TR("train", "reading…")), false);
    m_use->setEnabled(false);
    m_reading = m_session.work().run(
        localised(EMBELLIE_TR("train", "Wet and dry days")),
        [read = Read{m_read.volumes, m_read.gauges, {}},
         radar = std::vector<fs::path>(m_radar->paths().begin(), m_radar->paths().end()),
         stations = std::vector<fs::path>(m_gauges->paths().begin(), m_gauges->paths().end()),
         settings = m_form->values()](Feedback& feedback) mutable {
            if (!read.gauges)
                read.gauges =
                    std::make_shared<const std::vector<Gauge>>(readGauges(stations, settings, feedback));
            if (!read.volumes)
                read.volumes =
                    std::make_shared<const std::vector<RadarVolume>>(radarVolumes(radar, feedback));
            read.days = proposeDays(*read.volumes, *read.gauges, settings, feedback);
            return std::move(read);
        },
        [self = QPointer(this)](Read read) {
            if (self)
                self->showDays(std::move(read));
        },
        [self = QPointer(this)](const std::exception& error) {
            if (!self)
                return;
            self->m_calendar->setDays({}, {});
            self->count();
            self->say(localised(error), true);
        });
}

void DayChooser::showDays(Read read) {
    m_read = std::move(read);
    std::vector<DayVolume> days = std::move(m_read.days);
    std::vector<bool> byHand(days.size(), false);
    for (std::size_t i = 0; i < days.size(); ++i)
        if (const auto own = m_byHand.find({days[i].volume.radar, days[i].volume.time.begin});
            own != m_byHand.end()) {
            days[i].kind = own->second;
            byHand[i] = true;
        }
    m_calendar->setDays(std::move(days), std::move(byHand));
    count();
}

void DayChooser::correct(const std::vector<std::size_t>& volumes, DayKind kind) {
    std::vector<DayVolume> days = m_calendar->days();
    for (const std::size_t volume : volumes)
        m_byHand[{days[volume].volume.radar, days[volume].volume.time.begin}] = kind;
    m_read.days = std::move(days);
    showDays(std::move(m_read));
}

void DayChooser::count() {
    std::map<DayKind, std::size_t> counts;
    for (const DayVolume& day : m_calendar->days())
        ++counts[day.kind];
    for (const auto& [kind, label] : m_counts)
        label->setText(localised(dayText(kind)) + QStringLiteral(" ") +
                       numberForPeople(double(counts[kind]), 0));
    const bool isEmpty = m_calendar->days().empty();
    m_use->setEnabled(counts[DayKind::Dry] > 0 && counts[DayKind::Wet] > 0);
    m_save->setEnabled(!isEmpty);
    if (isEmpty || !m_read.gauges)
        return;
    if (m_use->isEnabled())
        say(localised(text(EMBELLIE_TR("train", "{0} gauges read"), m_read.gauges->size())), false);
    else
        say(localised(EMBELLIE_TR("train",
                                  "Both wet and dry volumes are needed: change the distance or the number "
                                  "of gauges, or correct the calendar by hand.")),
            true);
}

void DayChooser::say(const QString& sentence, bool isWrong) {
    m_said->setText(sentence);
    setTextColour(m_said, isWrong ? m_theme.error : m_theme.mutedText);
}

void DayChooser::accept() {
    try {
        files(DayKind::Wet);
        QDialog::accept();
    } catch (const Error& error) {
        say(localised(error), true);
    }
}

void DayChooser::save() {
    const QString name = QFileDialog::getSaveFileName(this, m_save->text(), QStringLiteral("days.txt"));
    if (name.isEmpty())
        return;
    try {
        writeFileAtomically(toPath(name), daysText(m_calendar->days()));
        say(localised(text(EMBELLIE_TR("train", "Written to {0}."), name.toStdString())), false);
    } catch (const Error& error) {
        say(localised(error), true);
    }
}

} // namespace embellie
