#include "gui/pages/train/run_panel.h"

#include "gui/scene/localised.h"

#include <QVBoxLayout>

#include <algorithm>

namespace embellie {

namespace fs = std::filesystem;

QStringList queueWords(const RunSnapshot& run) {
    QStringList lines;
    if (run.place.status && !isOver(run.status))
        for (const Text& clause : jobWords(*run.place.status)) {
            QString line = localised(clause);
            if (!line.isEmpty())
                line[0] = line[0].toUpper();
            lines << line;
        }
    return lines;
}

RunPanel::RunPanel(QWidget* parent)
    : QWidget(parent), m_heading(new QLabel), m_queue(new QLabel), m_facts(new QLabel),
      m_note(new QLineEdit) {
    QFont bold = m_heading->font();
    bold.setWeight(QFont::DemiBold);
    m_heading->setFont(bold);
    m_heading->setWordWrap(true); // longer in French
    m_queue->setWordWrap(true);
    m_queue->setTextFormat(Qt::RichText);
    m_queue->setObjectName(QStringLiteral("run.queue"));
    m_facts->setTextFormat(Qt::RichText);
    m_facts->setWordWrap(true);
    m_facts->setObjectName(QStringLiteral("run.facts"));
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_note->setObjectName(QStringLiteral("run.note"));
    m_note->setPlaceholderText(localised(EMBELLIE_TR("train", "Note")));
    m_note->setToolTip(localised(EMBELLIE_TR("train", "A note of your own: kept in note.txt of the run")));
    connect(m_note, &QLineEdit::editingFinished, this, [this] {
        const QString note = m_note->text().simplified();
        if (m_run && m_run->problem.isEmpty() && note != m_run->note)
            Q_EMIT noteEdited(m_run->run, note);
    });

    m_judge =
        button(EMBELLIE_TR("train", "Judge this run"),
               EMBELLIE_TR("train", "Clean the open data with this run and see it beside the reference"),
               "run.judge", &RunPanel::judgeWanted);
    m_stop = button(EMBELLIE_TR("train", "Stop and keep"),
                    EMBELLIE_TR("train", "End after this batch and keep checkpoint and weights"), "run.stop",
                    &RunPanel::stopWanted);
    m_discard = button(EMBELLIE_TR("train", "Discard"),
                       EMBELLIE_TR("train", "End and throw checkpoints and weights of this run away"),
                       "run.discard", nullptr);
    connect(m_discard, &QPushButton::clicked, this, &RunPanel::discardClicked);
    m_goOn = button(EMBELLIE_TR("train", "Go on"),
                    EMBELLIE_TR("train", "Continue this run from its last checkpoint"), "run.go_on",
                    &RunPanel::goOnWanted);
    m_extend = button(EMBELLIE_TR("train", "Extend"),
                      EMBELLIE_TR("train",
                                  "Let the job go on for one wall time more than was planned: it puts itself "
                                  "back into the queue and continues from its checkpoint"),
                      "run.extend", &RunPanel::extendWanted);
    m_fetch = button(EMBELLIE_TR("train", "Fetch weights"),
                     EMBELLIE_TR("train", "Bring the weights and samples of this run to this computer"),
                     "run.fetch", &RunPanel::fetchWanted);
    m_copy = button(
        EMBELLIE_TR("train", "Copy settings"),
        EMBELLIE_TR("train",
                    "Fill the form at the left with task, network, data, machine and settings of this run, "
                    "to change some and train again"),
        "run.copy", &RunPanel::copyWanted);
    m_log = button(EMBELLIE_TR("train", "Show log"),
                   EMBELLIE_TR("train", "What the trainer wrote while it worked"), "run.log",
                   &RunPanel::logWanted);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_heading);
    layout->addWidget(m_queue);
    layout->addWidget(m_facts);
    layout->addWidget(m_note);
    layout->addSpacing(4);
    for (QPushButton* one : {m_judge, m_stop, m_goOn, m_extend, m_fetch, m_copy, m_log, m_discard})
        layout->addWidget(one, 0, Qt::AlignLeft);
    layout->addStretch(1);
    // All of the words of its buttons, whichever of them are shown.
    int widest = 22 * fontMetrics().averageCharWidth();
    for (const QPushButton* one : {m_judge, m_stop, m_goOn, m_extend, m_fetch, m_copy, m_log, m_discard})
        widest = std::max(widest, one->sizeHint().width() + 16);
    setMinimumWidth(widest);
    m_sure.setSingleShot(true);
    m_sure.setInterval(5000);
    connect(&m_sure, &QTimer::timeout, this, &RunPanel::showRun);
    showRun();
}

QPushButton* RunPanel::button(const TextPattern& label, const TextPattern& help, const char* name,
                              void (RunPanel::*signal)(const fs::path&)) {
    auto* made = new QPushButton(localised(label));
    made->setToolTip(localised(help));
    made->setObjectName(QString::fromLatin1(name));
    if (signal)
        connect(made, &QPushButton::clicked, this, [this, signal] {
            if (m_run)
                Q_EMIT(this->*signal)(m_run->run);
        });
    return made;
}

void RunPanel::discardClicked() {
    if (!m_run)
        return;
    if (!m_sure.isActive()) {
        m_sure.start();
        showRun();
        return;
    }
    m_sure.stop();
    Q_EMIT discardWanted(m_run->run);
    showRun();
}

void RunPanel::setRun(RunSnapshotPtr run) {
    const bool isOther = !m_run != !run || (m_run && run && m_run->run != run->run);
    if (isOther)
        m_sure.stop();
    if (run == m_run && !isOther)
        return;
    m_run = std::move(run);
    // What is just being written stays.
    if (isOther || !m_note->hasFocus())
        m_note->setText(m_run ? m_run->note : QString());
    showRun();
}

void RunPanel::setLogShown(bool shown) {
    m_logShown = shown;
    showRun();
}

void RunPanel::setTheme(const Theme& theme) {
    m_theme = theme;
    showRun();
}

void RunPanel::showButtons() {
    const bool readable = m_run && m_run->problem.isEmpty();
    const RunStatus status = m_run ? m_run->status : RunStatus::Waiting;
    const bool queued = readable && isQueued(*m_run);
    const bool isActive =
        readable && (queued || status == RunStatus::Starting || status == RunStatus::Running);
    const bool wasSent = readable && !m_run->place.job.empty();
    m_judge->setVisible(readable && (m_run->hasWeights || m_run->weightsAreFar));
    m_stop->setVisible(isActive || (wasSent && status == RunStatus::Waiting));
    const bool waits = queued || status == RunStatus::Waiting;
    m_stop->setText(
        localised(waits ? EMBELLIE_TR("train", "Stop waiting") : EMBELLIE_TR("train", "Stop and keep")));
    m_discard->setVisible(isActive);
    m_discard->setText(localised(m_sure.isActive() ? EMBELLIE_TR("train", "Really discard it?")
                                                   : EMBELLIE_TR("train", "Discard")));
    // As the launcher sees it: what is at work, discarded or done can't go on; what was stopped early can.
    const bool stoppedEarly = status == RunStatus::Finished && m_run && m_run->hasCheckpoint &&
                              m_run->state && m_run->state->step < m_run->state->steps;
    const bool waitsForNobody = readable && status == RunStatus::Waiting && m_run->place.job.empty();
    m_goOn->setVisible(
        readable && !queued &&
        (stoppedEarly || waitsForNobody || status == RunStatus::Failed || status == RunStatus::Lost));
    m_extend->setVisible(isActive && wasSent);
    m_fetch->setVisible(readable && m_run->weightsAreFar);
    m_copy->setVisible(readable);
    m_note->setVisible(readable);
    m_log->setVisible(readable);
    m_log->setText(
        localised(m_logShown ? EMBELLIE_TR("train", "Show curves") : EMBELLIE_TR("train", "Show log")));
}

QString RunPanel::factsOfRun() const {
    const QString muted = m_theme.mutedText.name();
    QString facts;
    const auto add = [&](const TextPattern& label, const QString& value) {
        if (!facts.isEmpty())
            facts += QStringLiteral("<br>");
        facts += QStringLiteral("<span style=\"color:%1\">%2</span> %3")
                     .arg(muted, localised(label).toHtmlEscaped(), value.toHtmlEscaped());
    };
    const bool isActive = m_run->status == RunStatus::Starting || m_run->status == RunStatus::Running;
    add(EMBELLIE_TR("train", "state"), statusWord(*m_run));
    if (m_run->place.kind != SiteKind::Here || m_run->place.isMirror)
        add(EMBELLIE_TR("train", "at"), QString::fromStdString(m_run->place.label));
    if (!m_run->place.job.empty())
        add(EMBELLIE_TR("train", "job"), QString::fromStdString(m_run->place.job));
    if (!m_run->state)
        return facts;
    const RunState& state = *m_run->state;
    const auto ofMany = [](std::int64_t done, std::int64_t total) {
        return localised(text(EMBELLIE_TR("train", "{0} of {1}"),
                              numberForPeople(double(done), 0).toStdString(),
                              numberForPeople(double(total), 0).toStdString()));
    };
    if (state.epochs > 0)
        add(EMBELLIE_TR("train", "epochs done"), ofMany(state.epoch, state.epochs));
    if (state.steps > 0)
        add(EMBELLIE_TR("train", "steps done"), ofMany(state.step, state.steps));
    if (isActive)
        add(EMBELLIE_TR("train", "time left"), durationForPeople(state.secondsLeft));
    if (isActive && m_run->samplesPerSecond > 0)
        add(EMBELLIE_TR("train", "rate"),
            localised(text(EMBELLIE_TR("train", "{0} samples a second"),
                           numberForPeople(m_run->samplesPerSecond, 1).toStdString())));
    if (m_run->seconds >= 0)
        add(EMBELLIE_TR("train", "trained for"), durationForPeople(m_run->seconds));
    if (m_run->best)
        add(EMBELLIE_TR("train", "best"), scoreLabel(m_run->request, m_run->mainScore) + QLatin1Char(' ') +
                                              numberForPeople(*m_run->best, 2));
    if (state.bestEpoch >= 0)
        add(EMBELLIE_TR("train", "best in epoch"), QString::number(state.bestEpoch));
    if (const QString waiting = waitingForPeople(*m_run); !waiting.isEmpty())
        add(isActive ? EMBELLIE_TR("train", "waits for") : EMBELLIE_TR("train", "waited for"), waiting);
    if (const QString memory = memoryForPeople(*m_run); !memory.isEmpty())
        add(EMBELLIE_TR("train", "memory"), memory);
    if (!state.device.empty())
        add(EMBELLIE_TR("train", "on"), QString::fromStdString(state.device));
    if (!state.reason.empty() && !isActive)
        facts += QStringLiteral("<br><br>") + reasonForPeople(state.reason).toHtmlEscaped();
    return facts;
}

void RunPanel::showRun() {
    showButtons();
    const bool readable = m_run && m_run->problem.isEmpty();
    m_queue->setVisible(false);
    if (!m_run) {
        m_heading->setText(localised(EMBELLIE_TR("train", "No run yet")));
        m_facts->setText(localised(
            EMBELLIE_TR("train", "Press the button at the lower left. What is being trained is told here.")));
        return;
    }
    m_heading->setText(localised(text(EMBELLIE_TR("train", "Run {0}"), m_run->name.toStdString())));
    if (!readable) {
        m_facts->setText(m_run->problem.toHtmlEscaped());
        return;
    }
    QString queue = queueWords(*m_run)
                        .join(QLatin1Char('\n'))
                        .toHtmlEscaped()
                        .replace(QLatin1Char('\n'), QStringLiteral("<br>"));
    if (!m_run->place.trouble.empty())
        queue += QStringLiteral("%1<span style=\"color:%2\">%3</span>")
                     .arg(queue.isEmpty() ? QString() : QStringLiteral("<br>"), m_theme.warning.name(),
                          localised(m_run->place.trouble).toHtmlEscaped());
    m_queue->setText(QStringLiteral("<div style=\"line-height:120%\">%1</div>").arg(queue));
    m_queue->setVisible(!queue.isEmpty());
    QString facts = factsOfRun();
    if (m_run->status == RunStatus::Lost)
        facts +=
            QStringLiteral("<br><br>") +
            localised(
                m_run->hasCheckpoint
                    ? EMBELLIE_TR("train", "Its trainer does not answer any more. Go on continues from the "
                                           "last checkpoint.")
                    : EMBELLIE_TR("train", "Its trainer does not answer any more. Go on begins it again: "
                                           "it had no checkpoint yet."));
    m_facts->setText(QStringLiteral("<div style=\"line-height:130%\">%1</div>").arg(facts));
}

} // namespace embellie
