#include "gui/pages/train/train_setup.h"

#include "core/base/control_group.h"
#include "core/launch/launch.h"
#include "core/run/start_weights.h"
#include "core/task/memory.h"
#include "gui/pages/train/day_chooser.h"
#include "gui/scene/localised.h"
#include "gui/workspace/paths.h"

#include <QGridLayout>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace embellie {

static QLabel* heading(const TextPattern& words) {
    auto* label = new QLabel(localised(words));
    QFont bold = label->font();
    bold.setWeight(QFont::DemiBold);
    label->setFont(bold);
    return label;
}

static QFrame* rule() {
    auto* line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    line->setFrameShadow(QFrame::Plain);
    line->setFixedHeight(1);
    return line;
}

TrainSetup::TrainSetup(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_task(new QComboBox), m_network(new QComboBox),
      m_begin(new StartChoice(session.work())), m_weights(new QLabel), m_dataHint(new QLabel),
      m_where(new QLabel), m_reason(new QLabel), m_roles(new QWidget), m_site(new SiteForm),
      m_form(new SettingsForm), m_sweep(new SweepForm), m_start(new QPushButton),
      m_folder(new QPushButton(localised(EMBELLIE_TR("train", "Change…")))) {
    auto* choices = new QWidget;
    auto* grid = new QGridLayout(choices);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(6);
    const int labelWidth = fontMetrics().horizontalAdvance(QStringLiteral("Share for validation"));
    grid->setColumnMinimumWidth(0, labelWidth);
    m_form->setLabelWidth(labelWidth);
    m_site->setLabelWidth(labelWidth);
    grid->setColumnStretch(1, 1);
    const auto addRow = [&](int row, const TextPattern& name, QComboBox* combo, const TextPattern& help,
                            const char* object) {
        auto* label = new QLabel(localised(name));
        label->setBuddy(combo);
        m_muted.push_back(label);
        combo->setObjectName(QString::fromLatin1(object));
        combo->setToolTip(localised(help));
        combo->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        grid->addWidget(label, row, 0);
        grid->addWidget(combo, row, 1);
    };
    grid->addWidget(heading(EMBELLIE_TR("train", "What to train")), 0, 0, 1, 2);
    addRow(1, EMBELLIE_TR("train", "Task"), m_task, EMBELLIE_TR("train", "What the network shall learn"),
           "train.task");
    addRow(2, EMBELLIE_TR("train", "Network"), m_network,
           EMBELLIE_TR("train", "How the network is built; only those that fit the task are offered"),
           "train.network");
    addRow(3, EMBELLIE_TR("train", "Begin with"), m_begin,
           EMBELLIE_TR("train",
                       "Weights to begin with: a trained network learns your own days in fewer steps; "
                       "choose a smaller learning rate"),
           "train.begin");
    grid->addWidget(m_weights, 4, 1);
    grid->addWidget(m_roles, 5, 0, 1, 2);
    grid->addWidget(m_dataHint, 6, 1);
    m_muted.insert(m_muted.end(), {m_weights, m_dataHint, m_where});
    for (QLabel* label : {m_dataHint, m_where, m_reason})
        label->setWordWrap(true);
    auto* roleGrid = new QGridLayout(m_roles);
    roleGrid->setContentsMargins(0, 0, 0, 0);
    roleGrid->setHorizontalSpacing(8);
    roleGrid->setVerticalSpacing(6);
    roleGrid->setColumnMinimumWidth(0, grid->columnMinimumWidth(0));
    roleGrid->setColumnStretch(1, 1);

    auto* inside = new QWidget;
    auto* upper = new QVBoxLayout(inside);
    upper->setContentsMargins(8, 8, 8, 8);
    upper->setSpacing(8);
    upper->addWidget(choices);
    upper->addWidget(m_site);
    upper->addWidget(rule());
    upper->addWidget(m_form);
    upper->addWidget(m_sweep);
    upper->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidget(inside);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    m_start->setObjectName(QStringLiteral("train.start"));
    m_start->setProperty("primary", true);
    m_start->setToolTip(localised(
        EMBELLIE_TR("train", "Train in a process or job of its own: the window may be closed meanwhile")));
    m_folder->setToolTip(localised(EMBELLIE_TR("train", "Choose the folder in which runs are written")));
    m_folder->setFlat(true);
    m_reason->setObjectName(QStringLiteral("train.reason"));
    auto* lower = new QGridLayout;
    lower->setContentsMargins(8, 8, 8, 8);
    lower->setSpacing(8);
    lower->addWidget(m_where, 0, 0, 1, 2);
    lower->addWidget(m_folder, 0, 2);
    lower->addWidget(m_start, 1, 0);
    lower->addWidget(m_reason, 1, 1, 1, 2);
    lower->setColumnStretch(1, 1);

    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(scroll, 1);
    all->addWidget(rule());
    all->addLayout(lower);

    try {
        learnProgram();
    } catch (const Error& error) {
        m_missingProgram = localised(error);
    }
    for (const TaskInfo* known : tasks())
        m_task->addItem(localised(known->name), QString::fromStdString(known->id));
    connect(m_task, &QComboBox::currentIndexChanged, this, &TrainSetup::taskChosen);
    connect(m_network, &QComboBox::currentIndexChanged, this, &TrainSetup::networkChosen);
    connect(m_begin, &QComboBox::currentIndexChanged, this, &TrainSetup::beginChosen);
    connect(m_form, &SettingsForm::valueChanged, this, &TrainSetup::settingsChanged);
    connect(m_form, &SettingsForm::problemsChanged, this, &TrainSetup::settingsChanged);
    connect(m_site, &SiteForm::changed, this, &TrainSetup::siteChanged);
    connect(m_sweep, &SweepForm::changed, this, &TrainSetup::settingsChanged);
    connect(m_start, &QPushButton::clicked, this, &TrainSetup::startWanted);
    connect(m_folder, &QPushButton::clicked, this, &TrainSetup::folderWanted);
    taskChosen();
}

const TaskInfo& TrainSetup::task() const {
    return taskOf(m_task->currentData().toString().toStdString());
}

const NetworkInfo& TrainSetup::network() const {
    return networkOf(m_network->currentData().toString().toStdString());
}

RoleField* TrainSetup::role(const std::string& id) const {
    for (RoleField* field : m_roleFields)
        if (field->role().id == id)
            return field;
    return nullptr;
}

QPushButton* TrainSetup::daysButton() {
    auto* days = new QPushButton(localised(EMBELLIE_TR("train", "From rain gauges…")));
    days->setObjectName(QStringLiteral("train.days"));
    days->setToolTip(localised(EMBELLIE_TR(
        "train",
        "Tells rainy from dry days by the readings of rain gauges around the radar, in a calendar")));
    days->setFlat(true);
    connect(days, &QPushButton::clicked, this, &TrainSetup::chooseDays);
    return days;
}

void TrainSetup::taskChosen() {
    m_task->setToolTip(localised(task().help));
    auto* grid = static_cast<QGridLayout*>(m_roles->layout());
    while (QLayoutItem* item = grid->takeAt(0)) {
        std::erase(m_muted, qobject_cast<QLabel*>(item->widget()));
        item->widget()->deleteLater();
        delete item;
    }
    m_roleFields.clear();
    int row = 0;
    for (const DataRole& role : task().roles) {
        auto* field = new RoleField(role, m_session);
        field->setTheme(m_theme);
        if (const LaunchSite* site = m_site->site(); site && site->kind == SiteKind::Ssh)
            field->setFarSite(site->id, site->label);
        auto* label = new QLabel(localised(role.label));
        label->setBuddy(field);
        label->setToolTip(localised(role.help));
        label->setWordWrap(true);
        label->setFixedWidth(grid->columnMinimumWidth(0));
        m_muted.push_back(label);
        grid->addWidget(label, row, 0);
        grid->addWidget(field, row++, 1);
        connect(field, &RoleField::changed, this, &TrainSetup::dataChanged);
        m_roleFields.push_back(field);
        if (role.id == DryRole && this->role(WetRole))
            grid->addWidget(daysButton(), row++, 1, Qt::AlignLeft);
    }
    const QSignalBlocker quiet(m_network);
    const QVariant before = m_network->currentData();
    m_network->clear();
    for (const NetworkInfo* known : networks())
        if (fits(task(), *known))
            m_network->addItem(localised(known->name), QString::fromStdString(known->id));
    m_network->setCurrentIndex(std::max(0, m_network->findData(before)));
    networkChosen();
    setTheme(m_theme);
}

void TrainSetup::networkChosen() {
    m_refusal.clear();
    if (m_network->count() == 0) {
        m_form->setTable({});
        showReason();
        return;
    }
    m_network->setToolTip(localised(network().help));
    m_begin->setKind(task().id, network().id);
    takeQuickSettingsBack();
    const SettingTable table = settingsOf(task(), network());
    m_form->setTable(table);
    m_sweep->setTable(table);
    dataChanged();
}

// Weights fit a network of their own size only: its settings come with them.
void TrainSetup::beginChosen() {
    m_refusal.clear();
    if (const auto run = std::filesystem::path(m_begin->start()).parent_path(); isRunDirectory(run)) {
        try {
            Settings theirs(m_form->values().table()), values = m_form->values();
            theirs.mergeToml(readRunRequest(run).settings, run.string(), true);
            for (const Setting& setting : network().settings.all())
                values.set(setting.key, theirs.value(setting.key));
            m_form->setValues(values);
        } catch (const Error& error) {
            m_refusal = localised(error);
        }
    }
    showReason();
}

void TrainSetup::chooseDays() {
    std::vector<std::string> known = role(WetRole)->paths();
    known.insert(known.end(), role(DryRole)->paths().begin(), role(DryRole)->paths().end());
    std::erase_if(known, [](const std::string& path) { return siteOfPath(path).has_value(); });
    if (const OpenData* open = m_session.data(); known.empty() && open && !open->isScene)
        for (const std::filesystem::path& path : open->paths)
            known.push_back(std::filesystem::absolute(path).lexically_normal().string());
    auto* chooser = new DayChooser(m_session, m_theme, known, this);
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    connect(chooser, &QDialog::accepted, this, [this, chooser] {
        for (const auto& [id, kind] : {std::pair(WetRole, DayKind::Wet), std::pair(DryRole, DayKind::Dry)})
            if (RoleField* field = role(id))
                field->setPaths(chooser->files(kind));
        dataChanged();
    });
    chooser->open();
}

bool TrainSetup::hasData() const {
    return std::any_of(m_roleFields.begin(), m_roleFields.end(),
                       [](const RoleField* field) { return !field->paths().empty(); });
}

// The built-in scene is learnt by a small network in half a minute; real data need the declared defaults.
// What the user changed stays.
void TrainSetup::fillQuickSettings() {
    Settings values = m_form->values();
    for (const auto& [key, quickText] : task().quickSettings) {
        const Setting* setting = values.table().find(key);
        if (!setting || !values.isDefault(key))
            continue;
        m_quick[key] = parseSetting(*setting, quickText);
        values.set(key, m_quick[key]);
    }
    m_form->setValues(values);
}

void TrainSetup::takeQuickSettingsBack() {
    Settings values = m_form->values();
    for (const auto& [key, value] : m_quick)
        if (values.table().find(key) && values.value(key) == value)
            values.reset(key);
    m_quick.clear();
    m_form->setValues(values);
}

void TrainSetup::dataChanged() {
    m_refusal.clear();
    const bool withScene = !hasData() && *task().withoutData.pattern;
    for (RoleField* field : m_roleFields) {
        const QString word = withScene ? localised(EMBELLIE_TR("train", "built-in scene"))
                             : field->role().required
                                 ? localised(EMBELLIE_TR("train", "add files or a folder"))
                                 : localised(EMBELLIE_TR("train", "none"));
        field->setEmptyText(word);
    }
    m_dataHint->setText(withScene ? localised(task().withoutData) : QString());
    m_dataHint->setVisible(withScene);
    takeQuickSettingsBack();
    if (withScene)
        fillQuickSettings();
    settingsChanged();
}

void TrainSetup::settingsChanged() {
    m_refusal.clear();
    m_contradiction.clear();
    m_weights->clear();
    try {
        const auto weights = network().weightCount(m_form->values(), networkShape(task(), m_form->values()));
        m_weights->setText(localised(
            text(EMBELLIE_TR("train", "{0} weights"), numberForPeople(double(weights), 0).toStdString())));
    } catch (const Error& error) {
        m_contradiction = localised(error);
    }
    showMemory();
    showReason();
}

// By a count of tensors: nothing is computed, so that it follows each key.
void TrainSetup::showMemory() {
    m_form->setHint("train.batch", {});
    const LaunchSite* site = m_site->site();
    if (!site || m_network->count() == 0 || !m_contradiction.isEmpty())
        return;
    const Resources asked = m_site->resources();
    const bool onGpu = site->inner == SiteKind::Slurm && asked.gpus != 0;
    double available = onGpu ? site->gpuMemoryGb * 1e9 : 0;
    for (const Partition& one : site->partitions)
        if (onGpu && one.gpuMemoryGb > 0 &&
            (asked.partition == one.name || (asked.partition.empty() && one.isDefault)))
            available = one.gpuMemoryGb * 1e9;
    if (!onGpu && site->kind == SiteKind::Here)
        available = usableMemoryBytes();
    MemoryEstimate estimate;
    try {
        estimate = trainingMemory(task(), network(), m_form->values(), onGpu);
    } catch (const Error&) { // task and form change one after the other
        return;
    }
    QString said = localised(memoryWords(estimate, available));
    if (available > 0 && estimate.total() > available)
        said = localised(
            text(EMBELLIE_TR("train", "{0}: each batch will be computed in parts"), said.toStdString()));
    m_form->setHint("train.batch", said);
}

void TrainSetup::siteChanged() {
    m_refusal.clear();
    const LaunchSite* site = m_site->site();
    m_sweep->setAtOnce(site ? runsAtOnce(*site, m_site->resources()) : 0);
    const bool isFar = site && site->kind == SiteKind::Ssh;
    for (RoleField* field : m_roleFields)
        field->setFarSite(isFar ? site->id : std::string(), isFar ? site->label : std::string());
    showWhere();
    showMemory();
    showReason();
}

void TrainSetup::showReason() {
    QString reason;
    const LaunchSite* site = m_site->site();
    const QStringList wrong = m_form->problems() + m_site->problems() + m_sweep->problems();
    const bool startsHere = !site || site->kind == SiteKind::Here;
    if (startsHere && !m_missingProgram.isEmpty()) {
        reason = m_missingProgram;
    } else if (m_network->count() == 0) {
        reason = localised(EMBELLIE_TR("train", "no network fits this task"));
    } else if (!wrong.isEmpty()) {
        const TextPattern pattern = wrong.size() == 1 ? EMBELLIE_TR("train", "{0} setting to correct: {1}")
                                                      : EMBELLIE_TR("train", "{0} settings to correct: {1}");
        reason =
            localised(text(pattern, wrong.size(), wrong.join(QStringLiteral(", ")).toLower().toStdString()));
    } else if (!m_contradiction.isEmpty()) {
        reason = m_contradiction;
    } else if (hasData() || !*task().withoutData.pattern) {
        for (const RoleField* field : m_roleFields)
            if (field->role().required && field->paths().empty() && reason.isEmpty())
                reason = localised(text(EMBELLIE_TR("train", "{0}: add files or a folder"),
                                        localised(field->role().label).toStdString()));
    }
    // What the launcher refused may be tried again once its cause is gone; a wrong form may not.
    m_start->setEnabled(!m_starting && reason.isEmpty());
    const QString word = m_site->startWord();
    const std::size_t runs = m_sweep->runs();
    m_start->setText(
        runs < 2 ? word : localised(text(EMBELLIE_TR("train", "{0}: {1} runs"), word.toStdString(), runs)));
    if (reason.isEmpty())
        reason = m_refusal;
    m_reason->setText(m_starting ? localised(EMBELLIE_TR("train", "starting…")) : reason);
    setTextColour(m_reason, m_starting ? m_theme.mutedText : m_theme.error);
}

void TrainSetup::setRefusal(const QString& sentence) {
    m_refusal = sentence;
    showReason();
}

void TrainSetup::setStarting(bool starting) {
    m_starting = starting;
    showReason();
}

void TrainSetup::setNextRun(const std::filesystem::path& run) {
    m_next = run;
    m_begin->setRunsFolder(run.parent_path());
    showWhere();
}

void TrainSetup::showWhere() {
    const std::string shown = (m_next.parent_path().filename() / m_next.filename()).string();
    const LaunchSite* site = m_site->site();
    const Resources asked = m_site->resources();
    Text said = text(EMBELLIE_TR("train", "Written to {0}, trained on this computer."), shown);
    if (site && site->inner == SiteKind::Slurm && asked.time.count() > 0)
        said = text(asked.gpus == 1
                        ? EMBELLIE_TR("train", "Written to {0}. Asks for {1} GPU, for {2} at most.")
                        : EMBELLIE_TR("train", "Written to {0}. Asks for {1} GPUs, for {2} at most."),
                    shown, std::max(0, asked.gpus), wallTimeForPeople(asked.time).toStdString());
    else if (site && site->kind == SiteKind::Ssh)
        said = text(EMBELLIE_TR("train", "Mirrored in {0}, trained on {1}."), shown, site->label);
    m_where->setText(localised(said));
    m_where->setToolTip(toQString(m_next));
}

RunRequest TrainSetup::request() const {
    RunRequest request;
    request.task = task().id;
    request.network = network().id;
    request.settings = m_form->values().toToml();
    for (const RoleField* field : m_roleFields)
        if (!field->paths().empty())
            request.data[field->role().id] = field->paths();
    startFrom(request, m_begin->start());
    request.resources = toWords(m_site->resources());
    request.resources["site"] = m_site->site() ? m_site->site()->id : "local";
    request.program = "embellie " EMBELLIE_VERSION;
    request.created = now();
    return request;
}

void TrainSetup::copyFrom(const RunRequest& request) {
    const int task = m_task->findData(QString::fromStdString(request.task));
    if (task < 0)
        return;
    m_task->setCurrentIndex(task);
    const int network = m_network->findData(QString::fromStdString(request.network));
    if (network < 0)
        return;
    m_network->setCurrentIndex(network);
    for (RoleField* field : m_roleFields) {
        const auto data = request.data.find(field->role().id);
        field->setPaths(data == request.data.end() ? std::vector<std::string>{} : data->second);
    }
    const auto start = request.data.find(StartRole);
    m_begin->setStart(start == request.data.end() || start->second.empty() ? "" : start->second.front());
    dataChanged();
    Settings values{m_form->values().table()};
    try {
        values.mergeToml(request.settings, "request.toml", true);
        m_form->setValues(values);
        if (const auto site = request.resources.find("site"); site != request.resources.end())
            m_site->choose(site->second, resourcesFrom(request.resources));
    } catch (const Error& error) {
        m_refusal = localised(error);
    }
    showReason();
}

void TrainSetup::putBack() {
    for (RoleField* field : m_roleFields)
        field->setPaths({});
    m_begin->setStart({});
    m_form->setValues(Settings{m_form->values().table()});
    dataChanged();
}

void TrainSetup::setTheme(const Theme& theme) {
    m_theme = theme;
    for (QLabel* label : m_muted)
        setTextColour(label, theme.mutedText);
    for (QFrame* line : findChildren<QFrame*>())
        if (line->frameShape() == QFrame::HLine)
            setTextColour(line, theme.border);
    for (RoleField* field : m_roleFields)
        field->setTheme(theme);
    m_form->setTheme(theme);
    m_site->setTheme(theme);
    m_sweep->setTheme(theme);
    showReason();
}

} // namespace embellie
