#include "gui/action/action_list.h"
#include "gui/form/field_frame.h"
#include "gui/form/kept_keys.h"
#include "gui/pages/judge/judge_page.h"
#include "gui/scene/localised.h"
#include "gui/views/readout/readout.h"
#include "gui/workspace/theme_source.h"

#include <QFrame>
#include <QHeaderView>
#include <QStyle>
#include <QVBoxLayout>

#include <cmath>

// The making of the Judge page, and what its widgets say.

namespace embellie {

JudgePage::JudgePage(PageContext context, QWidget* parent)
    : Page(parent), m_context(context), m_panes(new JudgedPanes(context.drawing, context.theme)),
      m_scores(new ScoreTableModel(this)), m_table(new QTableView), m_threshold(new ThresholdBar),
      m_podFar(new CurveChart), m_reliability(new CurveChart), m_sideSwitch(new PageSwitch),
      m_sides(new QStackedWidget), m_sentence(new MessageStrip), m_near(new MessageStrip),
      m_caution(new QLabel), m_cursor(new QLabel), m_facts(new QLabel), m_reason(new QLabel),
      m_whereLabel(new QLabel(localised(EMBELLIE_TR("judge", "Clean on")))), m_rivalReason(new QLabel),
      m_candidate(new QComboBox), m_reference(new QComboBox), m_raw(new QComboBox), m_where(new QComboBox),
      m_rival(new QComboBox), m_last(new QComboBox),
      m_along(new QCheckBox(localised(EMBELLIE_TR("judge", "The shipped network predicts along")))),
      m_show(new QPushButton(localised(EMBELLIE_TR("judge", "Show cleaned")))),
      m_look(new QPushButton(localised(EMBELLIE_TR("judge", "Open the results in Look")))) {
    auto* line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    line->setFrameShadow(QFrame::Plain);
    line->setFixedHeight(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_panes, 2);
    column->addWidget(line);
    column->addWidget(makeLower(), 1);

    const auto addToBar = [&](const TextPattern& name, QComboBox* combo, int characters, const char* object,
                              const TextPattern& help) {
        auto* box = new QWidget; // the window's bar takes it
        auto* row = new QHBoxLayout(box);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(8);
        auto* label = new QLabel(localised(name));
        label->setBuddy(combo);
        m_muted.push_back(label);
        combo->setObjectName(QString::fromLatin1(object));
        combo->setToolTip(localised(help));
        combo->setMinimumWidth(characters * fontMetrics().averageCharWidth());
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        row->addWidget(label);
        row->addWidget(combo);
        m_barWidgets << box;
    };
    addToBar(EMBELLIE_TR("judge", "Candidate"), m_candidate, 32, "judge.candidate",
             EMBELLIE_TR("judge", "The run whose network cleans, or result files made elsewhere"));
    addToBar(EMBELLIE_TR("judge", "Reference"), m_reference, 18, "judge.reference_array",
             EMBELLIE_TR("judge", "The array that says what is rain"));

    connect(m_candidate, &QComboBox::activated, this, [this](int index) {
        if (std::size_t(index) < m_candidates.size()) {
            m_chosenByHand = true;
            forgetChoice();
        }
    });
    for (QComboBox* array : {m_raw, m_reference})
        connect(array, &QComboBox::activated, this, &JudgePage::forgetChoice);
    connect(m_candidate, &QComboBox::currentIndexChanged, this, &JudgePage::candidateChosen);
    const auto arrayChosen = [this] {
        showLayer();
        judgeAll();
    };
    connect(m_reference, &QComboBox::currentIndexChanged, this, arrayChosen);
    connect(m_raw, &QComboBox::currentIndexChanged, this, arrayChosen);
    connect(m_threshold, &ThresholdBar::moved, this, &JudgePage::moveThreshold);
    connect(m_threshold, &ThresholdBar::chosen, this, &JudgePage::keepThreshold);
    connect(m_threshold, &ThresholdBar::givenBack, this, &JudgePage::keepThreshold);
    connect(m_rival, &QComboBox::currentIndexChanged, this, &JudgePage::rivalChosen);
    connect(m_along, &QCheckBox::toggled, this, &JudgePage::candidateChosen);
    // Who chooses what stands beside the candidate has chosen it: the rest of what is restored still comes.
    connect(m_along, &QCheckBox::toggled, this, [this](bool isAlong) {
        if (m_toTake)
            m_toTake->isAlong = isAlong;
    });
    connect(m_rival, &QComboBox::currentIndexChanged, this, [this] {
        if (m_toTake)
            m_toTake->rival = m_rival->currentData().toString().toStdString();
    });
    connect(m_last, &QComboBox::currentIndexChanged, this, [this](int at) {
        if (m_toTake)
            m_toTake->lastPicture = at;
    });
    connect(m_show, &QPushButton::clicked, this, &JudgePage::showClean);
    connect(m_look, &QPushButton::clicked, this, [this] {
        m_context.session.open(m_resultFiles, true);
        Q_EMIT pageWanted(QStringLiteral("look"), {});
    });
    connect(m_panes, &JudgedPanes::readoutChanged, this, [this] { m_cursor->setText(m_panes->readout()); });
    connect(m_panes, &JudgedPanes::completeChanged, this, &Page::completeChanged);
    connect(m_panes, &JudgedPanes::problem, this, &Page::problem);
    connect(m_panes, &JudgedPanes::frameShown, this, [this](double milliseconds, const QString& painter) {
        m_milliseconds = milliseconds;
        m_painter = painter;
        Q_EMIT statusChanged();
    });
    connect(&context.session, &Session::choiceChanged, this, &JudgePage::choiceChanged);
    connect(&context.session.work(), &Work::changed, this, &JudgePage::workChanged);
    connect(&context.theme, &ThemeSource::changed, this, [this] {
        takeTheme();
        dataChanged();
    });
    // Up and Down mean sweeps on this page, but not in a list that has the focus.
    for (QWidget* list :
         {static_cast<QWidget*>(m_table), static_cast<QWidget*>(m_raw), static_cast<QWidget*>(m_where),
          static_cast<QWidget*>(m_rival), static_cast<QWidget*>(m_last)})
        keepKeys(list, {Qt::Key_Up, Qt::Key_Down});
    addActions();
    addThresholdActions();
    takeTheme();
    showJudgement();
    dataChanged();
}

QWidget* JudgePage::makeLower() {
    m_table->setModel(m_scores);
    m_table->setObjectName(QStringLiteral("judge.scores"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    const int rowHeight = fontMetrics().height() + 6;
    m_table->verticalHeader()->setMinimumSectionSize(rowHeight);
    m_table->verticalHeader()->setDefaultSectionSize(rowHeight);
    QHeaderView* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    const auto fitColumns = [this, header] { // short numbers share what the words leave
        for (int column = 0; column < m_scores->columnCount(); ++column)
            header->setSectionResizeMode(column, m_scores->isShort(column) ? QHeaderView::Stretch
                                                                           : QHeaderView::ResizeToContents);
    };
    connect(m_scores, &QAbstractItemModel::modelReset, this, fitColumns);
    fitColumns();
    const int headerHeight = fontMetrics().height() + 2 * style()->pixelMetric(QStyle::PM_HeaderMargin);
    header->setFixedHeight(headerHeight);
    m_table->setFixedHeight(int(JudgedThresholds.size()) * rowHeight + headerHeight +
                            2 * m_table->frameWidth());
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        showJudgement();
        showLayer();
    });
    for (QLabel* label : {m_caution, m_reason, m_facts})
        label->setWordWrap(true);
    m_cursor->setTextFormat(Qt::RichText);
    m_cursor->setObjectName(QStringLiteral("judge.cursor"));
    m_caution->setObjectName(QStringLiteral("judge.caution"));
    m_muted.push_back(m_caution);

    auto* left = new QVBoxLayout;
    left->setContentsMargins(8, 8, 8, 8);
    left->setSpacing(8);
    left->addWidget(m_sentence);
    left->addWidget(m_near);
    left->addWidget(m_threshold);
    left->addWidget(makeRivalRow());
    left->addWidget(m_table);
    left->addWidget(m_caution);
    left->addStretch(1);
    left->addWidget(m_cursor);
    auto* line = new QFrame;
    line->setFrameShape(QFrame::VLine);
    line->setFrameShadow(QFrame::Plain);
    line->setFixedWidth(1);
    auto* lower = new QWidget;
    auto* row = new QHBoxLayout(lower);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addLayout(left, 6);
    row->addWidget(line);
    row->addWidget(makeSide(), 4);
    m_sentence->setObjectName(QStringLiteral("judge.sentence"));
    m_near->setObjectName(QStringLiteral("judge.nearness"));
    return lower;
}

QWidget* JudgePage::makeRivalRow() {
    m_rival->setObjectName(QStringLiteral("judge.rival"));
    m_rival->setToolTip(localised(EMBELLIE_TR(
        "judge", "A method without learning, by its usual settings: as a picture and in the table")));
    m_rival->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_rival->addItem(localised(EMBELLIE_TR("judge", "no other method")), QString());
    for (const MethodInfo* method : methods())
        m_rival->addItem(localised(method->name), QString::fromStdString(method->id));
    m_rivalReason->setObjectName(QStringLiteral("judge.rival_reason"));
    m_last->setObjectName(QStringLiteral("judge.last"));
    m_last->setToolTip(localised(EMBELLIE_TR("judge", "What the picture at the right shows")));
    m_last->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    for (const JudgedPanes::Last last : JudgedPanes::Lasts)
        m_last->addItem(JudgedPanes::nameOf(last));
    connect(m_last, &QComboBox::currentIndexChanged, m_panes,
            [this](int index) { m_panes->setLast(JudgedPanes::Lasts[std::size_t(index)]); });
    m_rivalReason->setWordWrap(true);
    auto* label = new QLabel(localised(EMBELLIE_TR("judge", "Compare with")));
    label->setBuddy(m_rival);
    m_muted.push_back(label);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(label);
    row->addWidget(m_rival);
    row->addWidget(m_rivalReason, 1);
    row->addWidget(m_last);
    auto* line = new QWidget;
    line->setLayout(row);
    return line;
}

QWidget* JudgePage::makeSide() {
    m_sideSwitch->setObjectName(QStringLiteral("judge.side"));
    m_sideSwitch->add(localised(EMBELLIE_TR("judge", "Curves")),
                      localised(EMBELLIE_TR("judge", "POD over FAR for every probability, and whether the "
                                                     "probabilities mean what they say")));
    m_sideSwitch->add(localised(EMBELLIE_TR("judge", "Cleaning")),
                      localised(EMBELLIE_TR("judge", "Clean what is open")));
    connect(m_sideSwitch, &PageSwitch::chosen, this, [this](int index) {
        m_sideChosen = true;
        showSide(Side(index));
    });
    m_sides->addWidget(makeCharts());
    m_sides->addWidget(makeCleaning());
    showSide(CleaningSide);
    auto* side = new QWidget;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(16, 8, 8, 8);
    column->setSpacing(8);
    column->addWidget(m_sideSwitch);
    column->addWidget(m_sides, 1);
    return side;
}

void JudgePage::showSide(Side side) {
    m_sideSwitch->setCurrent(side);
    m_sides->setCurrentIndex(side);
}

QWidget* JudgePage::makeCharts() {
    m_podFar->setObjectName(QStringLiteral("judge.pod_far"));
    m_podFar->setToolTip(localised(
        EMBELLIE_TR("judge", "One point a threshold of the probability; the best corner is the upper left")));
    m_reliability->setObjectName(QStringLiteral("judge.reliability"));
    m_reliability->setToolTip(
        localised(EMBELLIE_TR("judge", "On the dashed line a probability means what it says; under it, it "
                                       "promises too much. Bars: share and number of the echoes")));
    auto* charts = new QWidget;
    auto* row = new QHBoxLayout(charts);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_podFar, 1);
    row->addWidget(m_reliability, 1);
    return charts;
}

void JudgePage::addActions() {
    m_blink = m_context.actions.add(
        this,
        {QStringLiteral("judge.blink"),
         localised(EMBELLIE_TR("judge", "Blink raw and cleaned")),
         localised(EMBELLIE_TR("judge", "Show the raw field in the cleaned pane, and back")),
         {QKeySequence(Qt::Key_Period)}},
        [this] { m_panes->setBlinked(!m_panes->isBlinked()); });
    const auto add = [&](const char* id, const TextPattern& label, const TextPattern& help, Qt::Key key,
                         std::function<void()> run) {
        m_context.actions.add(
            this, {QString::fromLatin1(id), localised(label), localised(help), {QKeySequence(key)}},
            std::move(run));
    };
    m_context.actions.add(this,
                          {QStringLiteral("judge.show_cleaned"),
                           localised(EMBELLIE_TR("judge", "Show cleaned")),
                           m_show->toolTip(),
                           {QKeySequence(Qt::CTRL | Qt::Key_Return)}},
                          [this] { m_show->click(); });
    m_context.actions.add(this, {QStringLiteral("judge.along"), m_along->text(), m_along->toolTip(), {}},
                          [this] {
                              if (m_along->isVisibleTo(m_along->parentWidget()))
                                  m_along->toggle();
                          });
    add("judge.next_time", EMBELLIE_TR("judge", "Next time"), EMBELLIE_TR("judge", "Go to the next volume"),
        Qt::Key_Right, [this] { m_context.session.stepTime(1); });
    add("judge.previous_time", EMBELLIE_TR("judge", "Previous time"),
        EMBELLIE_TR("judge", "Go to the volume before"), Qt::Key_Left,
        [this] { m_context.session.stepTime(-1); });
    add("judge.next_sweep", EMBELLIE_TR("judge", "Sweep above"),
        EMBELLIE_TR("judge", "Go to the next higher sweep"), Qt::Key_Up,
        [this] { m_context.session.stepLayer(1); });
    add("judge.previous_sweep", EMBELLIE_TR("judge", "Sweep below"),
        EMBELLIE_TR("judge", "Go to the next lower sweep"), Qt::Key_Down,
        [this] { m_context.session.stepLayer(-1); });
}

void JudgePage::takeTheme() {
    const Theme& theme = m_context.theme.theme();
    m_sentence->setTheme(theme);
    m_near->setTheme(theme);
    const int row = std::max(0, m_table->currentIndex().row());
    m_scores->setTheme(theme);
    selectRow(row);
    m_threshold->setTheme(theme);
    listRivals();
    showCharts();
    for (QLabel* label : m_muted)
        setTextColour(label, theme.mutedText);
    for (QFrame* line : findChildren<QFrame*>())
        if (line->frameShape() == QFrame::HLine || line->frameShape() == QFrame::VLine)
            setTextColour(line, theme.border);
    showState();
}

JudgedPanes::Words JudgePage::words() const {
    JudgedPanes::Words words;
    const LayerEntry* layer = m_context.session.layer();
    const auto arrayText = [&](const QComboBox* combo) {
        const QString id = combo->currentData().toString();
        const MomentEntry* moment = layer ? layer->find(id.toStdString()) : nullptr;
        const QString unit = moment ? unitForPeople(moment->quantity.unit) : QString();
        return unit.isEmpty() ? id : id + QStringLiteral(", ") + unit;
    };
    words.details[JudgedPanes::Raw] = arrayText(m_raw);
    words.details[JudgedPanes::Reference] = arrayText(m_reference);
    const bool classes = m_scores->judgement() && m_scores->judgement()->classes;
    words.details[JudgedPanes::Difference] =
        classes ? localised(EMBELLIE_TR("judge", "cleaned and reference"))
                : localised(text(EMBELLIE_TR("judge", "of rain from {0} dBZ"),
                                 numberForPeople(threshold(), 0).toStdString()));
    if (const Candidate* chosen = candidate())
        words.maker = makerOf(*chosen);
    words.empty[JudgedPanes::Raw] =
        localised(EMBELLIE_TR("judge", "Open a radar volume, or the built-in scene, on Look"));
    words.empty[JudgedPanes::Cleaned] =
        layer && !layer->isSweep
            ? localised(EMBELLIE_TR("judge", "Open a radar volume, or the built-in scene, on Look"))
        : candidate() ? localised(EMBELLIE_TR("judge", "Press Show cleaned below"))
                      : localised(EMBELLIE_TR("judge", "Train a network first; it then cleans what is open"));
    words.empty[JudgedPanes::Reference] =
        localised(layer ? EMBELLIE_TR("judge", "No reference: choose an array above, or judge by eye")
                        : EMBELLIE_TR("judge", "What the radar service, or the simulation, says is rain"));
    words.empty[JudgedPanes::Difference] =
        localised(EMBELLIE_TR("judge", "Needs a cleaned field and a reference"));
    return words;
}

void JudgePage::showState() {
    const Theme& theme = m_context.theme.theme();
    const QString reason = whyNot();
    const Candidate* chosen = candidate();
    const LayerEntry* layer = m_context.session.layer();
    const bool isPossible = layer && layer->isSweep && chosen && !chosen->run.empty() && !m_cleaning;
    m_show->setEnabled(isPossible);
    m_reason->setText(reason);
    setTextColour(m_reason, reason == m_refusal && !reason.isEmpty() ? theme.error : theme.mutedText);
    m_look->setVisible(!m_resultFiles.empty());
    QString facts;
    if (const GroupEntry* group = m_context.session.group()) {
        std::size_t sweeps = 0;
        for (const VolumeEntry& volume : group->volumes)
            sweeps += volume.layers.size();
        facts = localised(text(sweeps == 1 ? EMBELLIE_TR("judge", "{0}, {1} sweep")
                                           : EMBELLIE_TR("judge", "{0}, {1} sweeps"),
                               group->title, sweeps))
                    .toHtmlEscaped();
    }
    if (chosen && !chosen->run.empty())
        facts +=
            (facts.isEmpty() ? QString() : QStringLiteral("<br>")) +
            QStringLiteral("<span style=\"color:%1\">%2</span> %3")
                .arg(theme.mutedText.name(), localised(EMBELLIE_TR("judge", "cleaned by")).toHtmlEscaped(),
                     (titleOf(*chosen) + QStringLiteral(", ") + QString::fromStdString(chosen->task))
                         .toHtmlEscaped());
    m_facts->setText(facts);
    m_facts->setVisible(!facts.isEmpty());
    Q_EMIT statusChanged();
}

void JudgePage::selectRow(int row) {
    const QSignalBlocker quiet(m_table->selectionModel());
    m_table->setCurrentIndex(m_scores->index(row, 0));
}

void JudgePage::showJudgement() {
    using Kind = MessageStrip::Kind;
    showCharts();
    const auto& judgement = m_scores->judgement();
    const int row = std::max(0, m_table->currentIndex().row());
    m_table->setVisible(judgement.has_value());
    if (!judgement) {
        m_sentence->setMessage(Kind::Good, {}, {});
        m_near->setMessage(Kind::Good, {}, {});
        const bool shown = m_results && m_reference->currentData().toString().isEmpty();
        const auto kindOf = [&](const QComboBox* combo) {
            const LayerEntry* layer = m_context.session.layer();
            const MomentEntry* moment =
                layer ? layer->find(combo->currentData().toString().toStdString()) : nullptr;
            return moment ? moment->quantity.kind : embellie::Kind::Quantity;
        };
        const bool namesEchoes = m_results && candidate() && candidate()->task == "segment" &&
                                 kindOf(m_reference) != embellie::Kind::Classes;
        m_caution->setText(
            m_scoresCancelled
                ? localised(EMBELLIE_TR("judge", "Computing the scores was cancelled. Another reference, or "
                                                 "Show cleaned, begins anew."))
            : namesEchoes
                ? localised(EMBELLIE_TR("judge", "This run names echoes, and the reference has no names to "
                                                 "compare them with: judge by eye, or choose an array of "
                                                 "classes above."))
            : shown ? localised(EMBELLIE_TR("judge", "There is no reference in these data, so there are no "
                                                     "scores. Judge by eye, or choose an array above."))
                    : localised(EMBELLIE_TR("judge", "Scores come here once there is a cleaned field.")));
        return;
    }
    m_sentence->setMessage(isBetterThanRaw(*judgement, row) ? Kind::Good : Kind::Warning,
                           judgementInWords(*judgement, row), judgementInNumbers(*judgement, row));
    QString near;
    switch (m_nearness.kind) {
    case Nearness::Kind::Apart:
        break;
    case Nearness::Kind::SameFile:
        near = localised(
            EMBELLIE_TR("judge", "The network was trained on these very files: these numbers flatter it."));
        break;
    case Nearness::Kind::Simulated:
        near = localised(
            EMBELLIE_TR("judge", "The network was trained on simulated scenes like this one: these numbers "
                                 "say nothing about real data."));
        break;
    case Nearness::Kind::SameRadar: {
        const double minutes = m_nearness.hoursApart * 60;
        const std::string apart =
            minutes < 90
                ? localised(text(EMBELLIE_TR("judge", "{0} minutes"), std::int64_t(std::lround(minutes))))
                      .toStdString()
                : localised(text(EMBELLIE_TR("judge", "{0} hours"),
                                 std::int64_t(std::lround(m_nearness.hoursApart))))
                      .toStdString();
        near = localised(
            text(EMBELLIE_TR("judge", "The network was trained on the same radar {0} apart: these numbers "
                                      "flatter it."),
                 apart));
        break;
    }
    }
    m_near->setMessage(Kind::Warning, {}, near);
    m_caution->setText(judgementCaution(*judgement));
}

QStringList JudgePage::statusTexts() const {
    QStringList texts;
    const GroupEntry* group = m_context.session.group();
    const LayerEntry* layer = m_context.session.layer();
    if (!group || !layer) {
        texts << localised(EMBELLIE_TR("judge", "no file open"));
        return texts;
    }
    QString where = QString::fromStdString(group->title);
    if (const QString label = labelForPeople(*layer); !label.isEmpty())
        where += QStringLiteral(", ") + label;
    if (layer->hasTime)
        where += QStringLiteral(", ") + QString::fromStdString(timeText(layer->time.begin).substr(0, 19)) +
                 QStringLiteral(" UTC");
    const VolumeEntry* volume = m_context.session.volume();
    if (layer->isSweep)
        where += QStringLiteral(", ") +
                 localised(text(EMBELLIE_TR("judge", "sweep {0} of {1}"),
                                m_context.session.choice().layer + 1, volume->layers.size()));
    texts << where;
    if (!m_painter.isEmpty())
        texts << m_painter
              << localised(
                     text(EMBELLIE_TR("judge", "{0} ms"), numberForPeople(m_milliseconds, 0).toStdString()));
    return texts;
}

} // namespace embellie
