#include "gui/pages/train/site_form.h"

#include "gui/scene/localised.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSettings>
#include <QStandardItemModel>

#include <algorithm>

namespace embellie {

std::optional<std::chrono::minutes> wallTimeFromTyped(const QString& typed) {
    const QString words = typed.trimmed().toLower();
    static const QRegularExpression byUnits(QStringLiteral(
        "^(?:(\\d{1,3})\\s*(?:d|j|days?|jours?))?\\s*(?:(\\d{1,4})\\s*(?:h|hours?|heures?))?\\s*"
        "(?:(\\d{1,5})\\s*(?:m|min|mn|minutes?)?)?$"));
    const auto parts = byUnits.match(words);
    if (parts.hasMatch() && !words.isEmpty()) {
        const std::int64_t minutes =
            (parts.captured(1).toLongLong() * 24 + parts.captured(2).toLongLong()) * 60 +
            parts.captured(3).toLongLong();
        if (minutes > 0)
            return std::chrono::minutes(minutes);
        return std::nullopt;
    }
    return parseWallTime(words.toStdString());
}

QString wallTimeForPeople(std::chrono::minutes time) {
    const auto minutes = time.count();
    if (minutes < 60)
        return localised(text(EMBELLIE_TR("train", "{0} min"), minutes));
    const auto hours = minutes / 60;
    if (hours >= 48 && minutes % (24 * 60) == 0)
        return localised(text(EMBELLIE_TR("train", "{0} d"), hours / 24));
    if (minutes % 60 == 0)
        return localised(text(EMBELLIE_TR("train", "{0} h"), hours));
    return localised(text(EMBELLIE_TR("train", "{0} h {1} min"), hours,
                          (minutes % 60 < 10 ? "0" : "") + std::to_string(minutes % 60)));
}

namespace {

/// A whole number at least @p least; nothing where it is none.
std::optional<int> wholeNumber(const QString& typed, int least) {
    bool isNumber = false;
    const int value = typed.trimmed().toInt(&isNumber);
    return isNumber && value >= least ? std::optional(value) : std::nullopt;
}

QString labelOf(const KnownSite& known) {
    if (!known.site)
        return QString::fromStdString(known.id);
    if (known.site->kind == SiteKind::Here)
        return localised(EMBELLIE_TR("train", "This computer"));
    const QString label = QString::fromStdString(known.site->label);
    return known.site->kind == SiteKind::Ssh
               ? localised(text(EMBELLIE_TR("train", "{0}, through ssh"), label.toStdString()))
               : label;
}

} // namespace

SiteForm::SiteForm(QWidget* parent)
    : QWidget(parent), m_grid(new QGridLayout(this)), m_site(new QComboBox), m_partition(new QComboBox),
      m_siteLabel(new QLabel(localised(EMBELLIE_TR("train", "Where")))), m_hint(new QLabel) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(2);
    m_grid->setColumnStretch(1, 1);
    m_site->setObjectName(QStringLiteral("train.site"));
    m_site->setToolTip(localised(EMBELLIE_TR(
        "train", "The machine that trains: this one, a cluster with Slurm, or another one through ssh")));
    m_siteLabel->setBuddy(m_site);
    m_hint->setWordWrap(true);
    m_hint->setObjectName(QStringLiteral("train.site.hint"));
    for (QComboBox* combo : {m_site, m_partition}) {
        combo->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        combo->setMinimumContentsLength(8);
        combo->setFocusPolicy(Qt::StrongFocus);
    }
    m_grid->addWidget(m_siteLabel, 0, 0);
    m_grid->addWidget(m_site, 0, 1);
    m_grid->addWidget(m_hint, 1, 1);
    m_partitionRow = addRow(
        EMBELLIE_TR("train", "Partition"),
        EMBELLIE_TR("train", "The queue of the cluster; each has its own longest time and its own GPUs"),
        m_partition, m_partition, "site.partition");
    m_gpus = textRow(EMBELLIE_TR("train", "GPUs"),
                     EMBELLIE_TR("train", "How many GPUs the run asks for; 0 trains on the processor"),
                     "site.gpus", m_gpusRow);
    m_time = textRow(EMBELLIE_TR("train", "Wall time"),
                     EMBELLIE_TR("train",
                                 "Longest time of one job, as in 8 h, 90 min or 1:30:00. A job that needs "
                                 "more goes on from its checkpoint in a next one"),
                     "site.wall_time", m_timeRow);
    m_requeues =
        textRow(EMBELLIE_TR("train", "Goes on by itself"),
                EMBELLIE_TR("train", "How often a job whose time is over may put itself back into the "
                                     "queue and go on"),
                "site.requeues", m_requeuesRow);
    m_requeues->setSuffix(localised(EMBELLIE_TR("train", "times")));
    connect(m_site, &QComboBox::currentIndexChanged, this, &SiteForm::siteChanged);
    connect(m_partition, &QComboBox::currentIndexChanged, this, &SiteForm::check);
    KnownSite here;
    here.id = "local";
    here.site = LaunchSite();
    here.site->id = here.id;
    setSites({here});
}

SiteForm::Row SiteForm::addRow(const TextPattern& label, const TextPattern& help, QWidget* field,
                               QWidget* control, const char* name) {
    Row row{new QLabel(localised(label)), field, new QLabel};
    control->setObjectName(QString::fromLatin1(name));
    control->setAccessibleName(row.label->text());
    row.error->setObjectName(QString::fromLatin1(name) + QStringLiteral(".error"));
    row.error->setWordWrap(true);
    row.error->hide();
    row.label->setBuddy(control);
    for (QWidget* widget : {static_cast<QWidget*>(row.label), field, control})
        widget->setToolTip(localised(help));
    const int line = m_grid->rowCount();
    m_grid->setRowMinimumHeight(line, 4);
    m_grid->addWidget(row.label, line + 1, 0);
    m_grid->addWidget(field, line + 1, 1);
    m_grid->addWidget(row.error, line + 2, 1);
    return row;
}

TextField* SiteForm::textRow(const TextPattern& label, const TextPattern& help, const char* name, Row& row) {
    auto* field = new TextField;
    row = addRow(label, help, field, field->edit(), name);
    connect(field->edit(), &QLineEdit::textEdited, this, &SiteForm::check);
    return field;
}

void SiteForm::setLabelWidth(int pixels) {
    m_grid->setColumnMinimumWidth(0, pixels);
    for (QLabel* label :
         {m_siteLabel, m_partitionRow.label, m_gpusRow.label, m_timeRow.label, m_requeuesRow.label}) {
        label->setWordWrap(true);
        label->setFixedWidth(pixels);
    }
}

void SiteForm::setTheme(const Theme& theme) {
    m_theme = theme;
    setTextColour(m_siteLabel, theme.mutedText);
    setTextColour(m_hint, theme.mutedText);
    for (Row* row : {&m_partitionRow, &m_gpusRow, &m_timeRow, &m_requeuesRow}) {
        setTextColour(row->label, theme.mutedText);
        setTextColour(row->error, theme.error);
    }
    for (TextField* field : {m_gpus, m_time, m_requeues})
        field->setTheme(theme);
}

void SiteForm::setSites(std::vector<KnownSite> sites) {
    const bool isFirst = m_sites.size() <= 1;
    QString wanted = m_site->currentData().toString();
    if (isFirst)
        wanted = QSettings().value(QStringLiteral("train/site"), wanted).toString();
    m_sites = std::move(sites);
    // This machine first, then those that are near, then those that are far.
    std::stable_sort(m_sites.begin(), m_sites.end(), [](const KnownSite& a, const KnownSite& b) {
        const auto order = [](const KnownSite& one) { return one.site ? int(one.site->kind) : 3; };
        return order(a) < order(b);
    });
    {
        const QSignalBlocker quiet(m_site);
        m_site->clear();
        auto* model = qobject_cast<QStandardItemModel*>(m_site->model());
        for (const KnownSite& known : m_sites) {
            m_site->addItem(labelOf(known), QString::fromStdString(known.id));
            QStandardItem* item = model->item(m_site->count() - 1);
            if (known.problem) {
                item->setEnabled(false);
                item->setToolTip(localised(*known.problem));
            } else {
                item->setToolTip(QString::fromStdString(known.site->note));
            }
        }
        m_site->setCurrentIndex(std::max(0, m_site->findData(wanted)));
    }
    siteChanged();
}

const LaunchSite* SiteForm::site() const {
    const int index = m_site->currentIndex();
    return index >= 0 && std::size_t(index) < m_sites.size() && m_sites[std::size_t(index)].site
               ? &*m_sites[std::size_t(index)].site
               : nullptr;
}

void SiteForm::setLimits(const LaunchSite& complete) {
    for (KnownSite& known : m_sites)
        if (known.id == complete.id && known.site)
            known.site = complete;
    if (const LaunchSite* chosen = site(); chosen && chosen->id == complete.id) {
        fillPartitions();
        m_hint->setText(hintOf(*chosen));
        m_hint->setVisible(!m_hint->text().isEmpty());
        check();
    }
}

void SiteForm::choose(const std::string& id, const Resources& resources) {
    const int index = m_site->findData(QString::fromStdString(id));
    if (index < 0)
        return;
    m_site->setCurrentIndex(index);
    m_partition->setCurrentIndex(
        std::max(0, m_partition->findData(QString::fromStdString(resources.partition))));
    if (resources.gpus >= 0)
        m_gpus->edit()->setText(QString::number(resources.gpus));
    if (resources.time.count() > 0)
        m_time->edit()->setText(wallTimeForPeople(resources.time));
    if (resources.maxRequeues >= 0)
        m_requeues->edit()->setText(QString::number(resources.maxRequeues));
    check();
}

QString SiteForm::hintOf(const LaunchSite& site) const {
    QStringList parts;
    if (site.kind == SiteKind::Ssh)
        parts << localised(text(EMBELLIE_TR("train", "host {0}"), site.host));
    if (site.gpusPerUser > 0)
        parts << localised(text(EMBELLIE_TR("train", "GPUs a user: {0}"), site.gpusPerUser));
    if (site.jobsPerUser > 0)
        parts << localised(text(EMBELLIE_TR("train", "jobs at once: {0}"), site.jobsPerUser));
    const bool lost = std::any_of(site.scratch.begin(), site.scratch.end(),
                                  [](const ScratchDisk& disk) { return !disk.backedUp; });
    if (lost)
        parts << localised(EMBELLIE_TR("train", "scratch disks are not backed up"));
    return parts.join(QStringLiteral("; "));
}

void SiteForm::fillPartitions() {
    const LaunchSite* chosen = site();
    const QSignalBlocker quiet(m_partition);
    const QVariant before = m_partition->currentData();
    m_partition->clear();
    if (!chosen)
        return;
    const bool named = std::any_of(chosen->partitions.begin(), chosen->partitions.end(),
                                   [](const Partition& one) { return one.isDefault; });
    if (!named)
        m_partition->addItem(localised(EMBELLIE_TR("train", "as the site chooses")), QString());
    for (const Partition& one : chosen->partitions) {
        QStringList parts{QString::fromStdString(one.name)};
        if (one.maxTime.count() > 0)
            parts << wallTimeForPeople(one.maxTime);
        if (!one.gpuModel.empty())
            parts << QString::fromStdString(one.gpuModel);
        if (one.gpuMemoryGb > 0)
            parts << localised(
                text(EMBELLIE_TR("train", "{0} GB"), numberForPeople(one.gpuMemoryGb, 0).toStdString()));
        m_partition->addItem(parts.join(QStringLiteral(", ")), QString::fromStdString(one.name));
        if (one.isDefault && !before.isValid())
            m_partition->setCurrentIndex(m_partition->count() - 1);
    }
    if (before.isValid())
        m_partition->setCurrentIndex(std::max(0, m_partition->findData(before)));
}

void SiteForm::siteChanged() {
    const LaunchSite* chosen = site();
    const bool isQueued = chosen && chosen->inner == SiteKind::Slurm;
    if (chosen && chosen->id != m_last) {
        m_last = chosen->id;
        m_partition->clear();
        const Resources& standard = chosen->standard;
        m_gpus->edit()->setText(QString::number(standard.gpus >= 0 ? standard.gpus : 1));
        m_time->edit()->setText(standard.time.count() > 0 ? wallTimeForPeople(standard.time) : QString());
        m_requeues->edit()->setText(QString::number(std::max(0, standard.maxRequeues)));
        if (m_sites.size() > 1)
            QSettings().setValue(QStringLiteral("train/site"), QString::fromStdString(chosen->id));
    }
    fillPartitions();
    m_hint->setText(chosen ? hintOf(*chosen) : QString());
    m_hint->setVisible(!m_hint->text().isEmpty());
    for (Row* row : {&m_partitionRow, &m_gpusRow, &m_timeRow, &m_requeuesRow}) {
        row->label->setVisible(isQueued);
        row->field->setVisible(isQueued);
        row->error->setVisible(false);
    }
    check();
    if (chosen)
        Q_EMIT siteChosen(QString::fromStdString(chosen->id));
}

void SiteForm::setError(Row& row, const QString& sentence) {
    row.error->setText(sentence);
    row.error->setVisible(!sentence.isEmpty());
    if (auto* field = qobject_cast<TextField*>(row.field))
        field->setError(!sentence.isEmpty());
    if (!sentence.isEmpty())
        m_problems << row.label->text();
}

void SiteForm::check() {
    m_problems.clear();
    m_resources = {};
    for (Row* row : {&m_partitionRow, &m_gpusRow, &m_timeRow, &m_requeuesRow})
        setError(*row, {});
    const LaunchSite* chosen = site();
    if (!chosen) {
        m_problems << m_siteLabel->text();
        Q_EMIT changed();
        return;
    }
    if (chosen->inner != SiteKind::Slurm) {
        Q_EMIT changed();
        return;
    }
    m_resources.partition = m_partition->currentData().toString().toStdString();
    if (const auto gpus = wholeNumber(m_gpus->edit()->text(), 0))
        m_resources.gpus = *gpus;
    else
        setError(m_gpusRow, localised(EMBELLIE_TR("train", "a whole number is needed, 0 or more")));
    if (const auto time = wallTimeFromTyped(m_time->edit()->text()))
        m_resources.time = *time;
    else if (!m_time->edit()->text().trimmed().isEmpty() || chosen->standard.time.count() == 0)
        setError(m_timeRow, localised(EMBELLIE_TR("train", "a time is needed, like 8 h, 90 min or 1:30:00")));
    if (const auto times = wholeNumber(m_requeues->edit()->text(), 0))
        m_resources.maxRequeues = *times;
    else
        setError(m_requeuesRow, localised(EMBELLIE_TR("train", "a whole number is needed, 0 or more")));
    if (m_problems.isEmpty()) {
        // The site's own refusal stands under the field without which there would be none.
        try {
            checkResources(*chosen, m_resources);
        } catch (const Error& error) {
            const auto fitsWithout = [&](auto leave) {
                Resources other = m_resources;
                leave(other);
                try {
                    checkResources(*chosen, other);
                    return true;
                } catch (const Error&) {
                    return false;
                }
            };
            QString sentence = localised(error.whatText());
            for (const Text& more : {error.expectedText(), error.remedyText()})
                if (!more.empty())
                    sentence += QStringLiteral("; ") + localised(more);
            const bool isTime = fitsWithout([](Resources& other) { other.time = std::chrono::minutes(0); });
            const bool isGpus = fitsWithout([](Resources& other) { other.gpus = -1; });
            setError(isTime ? m_timeRow : isGpus ? m_gpusRow : m_partitionRow, sentence);
        }
    }
    Q_EMIT changed();
}

Resources SiteForm::resources() const {
    return m_resources;
}

QStringList SiteForm::problems() const {
    return m_problems;
}

QString SiteForm::startWord() const {
    const LaunchSite* chosen = site();
    if (!chosen || chosen->kind == SiteKind::Here)
        return localised(EMBELLIE_TR("train", "Train here"));
    return localised(text(EMBELLIE_TR("train", "Train on {0}"), chosen->label));
}

} // namespace embellie
