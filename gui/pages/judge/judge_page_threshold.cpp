#include "gui/action/action_list.h"
#include "gui/pages/judge/judge_charts.h"
#include "gui/pages/judge/judge_page.h"
#include "gui/scene/localised.h"

#include <utility>

// The Judge page: the threshold on the probability, and the methods that are compared with.

namespace embellie {

void JudgePage::addThresholdActions() {
    const auto add = [&](const char* id, const TextPattern& label, const TextPattern& help,
                         const QKeySequence& key, std::function<void()> run) {
        m_context.actions.add(this, {QString::fromLatin1(id), localised(label), localised(help), {key}},
                              std::move(run));
    };
    add("judge.lower_threshold", EMBELLIE_TR("judge", "Keep more echoes"),
        EMBELLIE_TR("judge", "Lower the threshold of the probability by 0.05"), Qt::SHIFT | Qt::Key_Left,
        [this] { m_threshold->moveBy(-50); });
    add("judge.raise_threshold", EMBELLIE_TR("judge", "Keep fewer echoes"),
        EMBELLIE_TR("judge", "Raise the threshold of the probability by 0.05"), Qt::SHIFT | Qt::Key_Right,
        [this] { m_threshold->moveBy(50); });
    add("judge.next_rival", EMBELLIE_TR("judge", "Compare with the next method"),
        EMBELLIE_TR("judge", "Go through the methods that need no learning"), Qt::Key_M,
        [this] { m_rival->setCurrentIndex((m_rival->currentIndex() + 1) % m_rival->count()); });
    add("judge.next_picture", EMBELLIE_TR("judge", "Next picture at the right"),
        EMBELLIE_TR("judge", "Difference, probability, uncertainty, and round again"), Qt::Key_U,
        [this] { m_last->setCurrentIndex((m_last->currentIndex() + 1) % m_last->count()); });
}

std::optional<ProbabilityCut> JudgePage::probabilityCut() const {
    return m_madeAt ? std::optional(ProbabilityCut{*m_madeAt, m_threshold->step()}) : std::nullopt;
}

void JudgePage::takeThreshold(const std::optional<RunThreshold>& known, std::optional<int> madeAt) {
    m_madeAt = madeAt;
    m_threshold->setRunThreshold(known);
    m_threshold->setStep(madeAt.value_or(0));
}

void JudgePage::moveThreshold(int step) {
    if (const auto& judgement = m_scores->judgement(); judgement && !judgement->byProbability.isEmpty()) {
        m_scores->setScores(judgement->byProbability.at(step));
        showJudgement();
    }
    cut();
}

// One cut is under way, the newest place of the slider wins.
void JudgePage::cut() {
    const auto cut = probabilityCut();
    if (!cut || !m_read.steps)
        return;
    if (m_cutting) {
        m_cutAgain = true;
        return;
    }
    m_cutting = true;
    m_cutJob = run(
        QString(),
        [fields = m_read, cut = *cut, threshold = threshold(),
         colours = JudgedPanes::differenceColours(m_context.theme.theme())](Feedback&) {
            return cutAt(fields, cut, threshold, colours);
        },
        [this](const JudgedFields& fields) { m_panes->show(fields, words()); }, {}, true,
        [this](bool) {
            m_cutting = false;
            if (std::exchange(m_cutAgain, false))
                this->cut();
        });
}

void JudgePage::keepThreshold(int step) {
    const Candidate* chosen = candidate();
    if (!chosen || chosen->run.empty())
        return;
    run(
        QString(),
        [run = chosen->run, step](Feedback&) {
            chooseRunThreshold(run, step);
            return readRunThreshold(run);
        },
        [this, judged = m_judged](const std::optional<RunThreshold>& threshold) {
            if (judged == m_judged)
                m_threshold->setRunThreshold(threshold);
        });
}

void JudgePage::showCharts() {
    const Theme& theme = m_context.theme.theme();
    const Judgement none;
    const Judgement& judgement = m_scores->judgement() ? *m_scores->judgement() : none;
    const int row = std::max(0, m_table->currentIndex().row());
    std::optional<NamedScores> rival;
    if (m_scores->rival())
        rival = NamedScores{m_rival->currentText(), *m_scores->rival()};
    m_podFar->setTheme(theme);
    m_reliability->setTheme(theme);
    m_podFar->setData(podFarChart(judgement, row, m_threshold->step(), rival, theme));
    m_reliability->setData(reliabilityChart(judgement, row, theme));
}

// What can't serve is muted in the list and says why when it is chosen.
void JudgePage::listRivals() {
    const GroupEntry* group = m_context.session.group();
    const LayerEntry* layer = m_context.session.layer();
    const Theme& theme = m_context.theme.theme();
    for (int at = 0; at < m_rival->count(); ++at) {
        const QString id = m_rival->itemData(at).toString();
        if (id.isEmpty())
            continue;
        const MethodInfo& method = methodOf(id.toStdString());
        const QString reason = group && layer ? whyUnfit(method, *group, *layer) : QString();
        m_rival->setItemData(at, reason.isEmpty() ? localised(method.help) : reason, Qt::ToolTipRole);
        m_rival->setItemData(at, reason.isEmpty() ? theme.text : theme.mutedText, Qt::ForegroundRole);
    }
}

std::shared_ptr<Rival> JudgePage::rival(QString& reason) {
    const std::string id = m_rival->currentData().toString().toStdString();
    const OpenData* data = m_context.session.data();
    const GroupEntry* group = m_context.session.group();
    const LayerEntry* layer = m_context.session.layer();
    if (id.empty() || !data || !group || !layer)
        return nullptr;
    if (data->id != m_rivalData)
        m_rivals.clear();
    m_rivalData = data->id;
    const MethodInfo& method = methodOf(id);
    reason = whyUnfit(method, *group, *layer);
    if (!reason.isEmpty())
        return nullptr;
    std::shared_ptr<Rival>& known = m_rivals[id];
    if (!known)
        known = std::make_shared<Rival>(method, data->dataset);
    return known;
}

void JudgePage::tellRivalProblem(const TextPattern& pattern, const std::exception& error) {
    const auto* ours = dynamic_cast<const Error*>(&error);
    const QString brief = ours ? localised(ours->whatText()) : localised(error);
    setTextColour(m_rivalReason, m_context.theme.theme().error);
    m_rivalReason->setText(localised(text(pattern, brief.toStdString())));
    m_rivalReason->setToolTip(localised(error));
}

void JudgePage::rivalChosen() {
    showRival();
    scoreRival();
}

void JudgePage::showRival() {
    m_context.session.work().cancel(m_rivalJob);
    const quint64 turn = ++m_rivalTurn;
    QString reason;
    const std::shared_ptr<Rival> rival = this->rival(reason);
    const LayerEntry* layer = m_context.session.layer();
    setTextColour(m_rivalReason, m_context.theme.theme().mutedText);
    m_rivalReason->setText(reason);
    m_rivalReason->setToolTip({});
    if (!rival || !layer) {
        m_panes->setRival({}, nullptr);
        return;
    }
    const QString name = m_rival->currentText();
    m_panes->setRival(name, nullptr); // another sweep's picture must not stand beside this one's
    m_rivalJob = run(
        localised(text(EMBELLIE_TR("judge", "Cleaning by {0}"), name.toStdString())),
        [rival, layer = *layer, raw = m_raw->currentData().toString().toStdString()](Feedback& feedback) {
            return rival->field(layer, raw, feedback);
        },
        [this, name](const FieldPtr& field) { m_panes->setRival(name, field); },
        [this](const std::exception& error) {
            m_panes->setRival({}, nullptr);
            tellRivalProblem(EMBELLIE_TR("judge", "not here: {0}"), error);
        },
        false,
        [this, turn](bool cancelled) {
            if (cancelled && turn == m_rivalTurn) {
                m_panes->setRival({}, nullptr);
                m_rivalReason->setText(localised(EMBELLIE_TR("judge", "cancelled")));
            }
        });
}

void JudgePage::scoreRival() {
    m_context.session.work().cancel(m_rivalScoreJob);
    const quint64 turn = ++m_rivalScoreTurn;
    QString reason; // shown by showRival()
    const std::shared_ptr<Rival> rival = this->rival(reason);
    const auto take = [this, name = m_rival->currentText()](std::optional<Verification> scores) {
        const int row = std::max(0, m_table->currentIndex().row());
        m_scores->setRival(name, std::move(scores));
        selectRow(row);
        showCharts();
    };
    std::vector<JudgedLayer> layers = rival ? judgedLayers() : std::vector<JudgedLayer>();
    if (layers.empty()) {
        if (m_scores->rival())
            take(std::nullopt);
        return;
    }
    m_rivalScoreJob = run(
        localised(text(EMBELLIE_TR("judge", "Scores of {0}"), m_rival->currentText().toStdString())),
        [rival, layers = std::move(layers)](Feedback& feedback) {
            return judgeRival(*rival, layers, JudgedThresholds, feedback);
        },
        [take](Verification scores) {
            take(scores.fields > 0 ? std::optional(std::move(scores)) : std::nullopt);
        },
        [this, take](const std::exception& error) {
            take(std::nullopt);
            tellRivalProblem(EMBELLIE_TR("judge", "no scores: {0}"), error);
        },
        false,
        [this, turn, take](bool cancelled) {
            if (!cancelled || turn != m_rivalScoreTurn)
                return;
            take(std::nullopt);
            m_rivalReason->setText(localised(EMBELLIE_TR("judge", "cancelled")));
        });
}

} // namespace embellie
