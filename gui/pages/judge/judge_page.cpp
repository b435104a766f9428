#include "gui/pages/judge/judge_page.h"

#include "gui/pages/train/run_follower.h"
#include "gui/scene/localised.h"
#include "gui/workspace/paths.h"

#include <algorithm>
#include <utility>

namespace embellie {

namespace fs = std::filesystem;

QString JudgePage::title() const {
    return localised(EMBELLIE_TR("judge", "Judge"));
}

QString JudgePage::toolTipText() const {
    return localised(EMBELLIE_TR("judge", "See raw, cleaned and reference side by side, with scores"));
}

void JudgePage::shown() {
    m_isInFront = true;
    if (m_isBehind)
        dataChanged();
    listCandidates();
}

bool JudgePage::openRun(const fs::path& run) {
    if (!isRunDirectory(run))
        return false;
    m_wanted = absolutePath(run);
    forgetChoice();
    if (std::find(m_others.begin(), m_others.end(), m_wanted) == m_others.end())
        m_others.push_back(m_wanted);
    listCandidates();
    return true;
}

bool JudgePage::isComplete() const {
    return m_busy == 0 && m_panes->isComplete();
}

void JudgePage::setBusy(int by) {
    m_busy += by;
    if (m_busy == 0)
        Q_EMIT completeChanged();
}

QString JudgePage::dataJudged() const {
    const OpenData* data = m_context.session.data();
    return data ? QString::number(data->id) + QLatin1Char('/') +
                      QString::number(m_context.session.choice().group)
                : QString();
}

QString JudgePage::layerLookedAt() const {
    const Choice& choice = m_context.session.choice();
    return dataJudged() + QStringLiteral("/%1/%2").arg(choice.volume).arg(choice.layer);
}

QString JudgePage::judged() const {
    QString named = dataJudged();
    if (const Candidate* chosen = candidate()) {
        named += QLatin1Char('/') + toQString(chosen->run);
        for (const fs::path& member : chosen->members)
            named += QLatin1Char('/') + toQString(member);
        for (const fs::path& file : chosen->files)
            named += QLatin1Char('/') + toQString(file);
    }
    return named;
}

/// Other data that come or go move the index of what is looked at; that is no reason to read it anew.
void JudgePage::choiceChanged() {
    if (QString now = layerLookedAt(); now != m_layerSeen) {
        m_layerSeen = std::move(now);
        dataChanged();
    }
}

// What is compared changed, or perhaps only the layer that is looked at. While another page is in front
// nothing is read or computed: that page would have to wait.
void JudgePage::dataChanged() {
    if (const QString now = judged(); now != m_judged) {
        m_judged = now;
        forgetResults();
    }
    m_isBehind = !m_isInFront;
    if (m_isBehind)
        return;
    if (!std::exchange(m_isInspected, true))
        inspect();
    showLayer();
}

void JudgePage::forgetResults() {
    for (const quint64 job : {m_resultsJob, m_nearJob, m_layerJob, m_scoreJob, m_rivalJob, m_rivalScoreJob})
        m_context.session.work().cancel(job);
    ++m_scoreTurn;
    ++m_rivalTurn;
    ++m_rivalScoreTurn;
    // What was restored is meant for the first data that are there.
    if (const QString data = dataJudged(); m_toTake && !data.isEmpty()) {
        if (!m_takenFor.isEmpty() && m_takenFor != data)
            forgetChoice();
        m_takenFor = data;
    }
    m_rowToTake.reset();
    const Candidate* chosen = candidate();
    const QString site = chosen ? QString::fromStdString(chosen->site) : QString();
    m_where->setItemText(1, site);
    m_where->setVisible(!site.isEmpty());
    m_whereLabel->setVisible(!site.isEmpty());
    if (site.isEmpty())
        m_where->setCurrentIndex(0);
    m_results.reset();
    m_resultFiles.clear();
    takeThreshold(std::nullopt, std::nullopt);
    m_nearness = {};
    m_refusal.clear();
    m_input = {};
    m_isInspected = false;
    m_scores->setJudgement(std::nullopt);
    m_scoresCancelled = false;
    m_scores->setRival({}, std::nullopt);
    m_sideChosen = false;
    fillArrays();
    showJudgement();
    showSide(CleaningSide);
}

void JudgePage::inspect() {
    const OpenData* data = m_context.session.data();
    const GroupEntry* group = m_context.session.group();
    const LayerEntry* layer = m_context.session.layer();
    const Candidate* chosen = candidate();
    if (!data || !layer || !chosen)
        return;
    if (chosen->run.empty()) {
        takeResults(chosen->files);
        return;
    }
    struct Found {
        RunInput input;
        std::vector<fs::path> results;
        QString refusal;
    };
    m_resultsJob = run(
        QString(),
        [dataset = data->dataset, group = *group, layer = *layer, chosen = *chosen](Feedback&) {
            Found found;
            try {
                found.input = inputOfRun(chosen.run, *dataset, layer);
                found.results = earlierResults(chosen.run, chosen.members,
                                               filesWith(*dataset, group, found.input.input), {});
            } catch (const Error& error) {
                found.refusal = localised(error);
            }
            return found;
        },
        [this](const Found& found) {
            m_input = found.input;
            m_refusal = found.refusal;
            fillArrays();
            showLayer();
            if (!found.results.empty())
                takeResults(found.results);
            inspectNearness();
        });
}

// By the headers of all files that the run learned from: nothing else waits for that.
void JudgePage::inspectNearness() {
    const OpenData* data = m_context.session.data();
    const GroupEntry* group = m_context.session.group();
    const Candidate* chosen = candidate();
    if (!data || !group || !chosen)
        return;
    m_nearJob = run(
        QString(),
        [dataset = data->dataset, isScene = data->isScene, group = *group, run = chosen->run](
            Feedback& feedback) { return nearnessOf(run, *dataset, group, isScene, feedback); },
        [this](const Nearness& nearness) {
            m_nearness = nearness;
            showJudgement();
        });
}

void JudgePage::fillArrays() {
    const LayerEntry* layer = m_context.session.layer();
    const QSignalBlocker quietRaw(m_raw), quietReference(m_reference);
    m_raw->clear();
    m_reference->clear();
    m_reference->addItem(localised(EMBELLIE_TR("judge", "none")), QString());
    if (!layer)
        return;
    for (const MomentEntry& moment : layer->moments) {
        if (!moment.qualityOf.empty())
            continue;
        const QString id = QString::fromStdString(moment.quantity.id);
        m_raw->addItem(id, id);
        m_reference->addItem(id, id);
    }
    std::string raw = m_input.input;
    for (const char* usual : {"TH", "TV", "DBZH", "DBZV"})
        if (raw.empty() && layer->find(usual))
            raw = usual;
    m_raw->setCurrentIndex(std::max(0, m_raw->findData(QString::fromStdString(raw))));
    const std::string reference =
        likelyReference(*layer, m_raw->currentData().toString().toStdString(), m_input.result);
    m_reference->setCurrentIndex(std::max(0, m_reference->findData(QString::fromStdString(reference))));
    takeArrays();
}

QString JudgePage::whyNot() const {
    if (!m_context.session.layer())
        return localised(EMBELLIE_TR("judge", "open a radar volume, or the built-in scene, on Look first"));
    if (!candidate())
        return localised(EMBELLIE_TR("judge", "train a network first, or choose result files above"));
    if (candidate()->run.empty())
        return localised(EMBELLIE_TR("judge", "result files are shown as they are"));
    if (!m_context.session.layer()->isSweep)
        return localised(EMBELLIE_TR("judge", "networks work on the sweeps of a radar, and this is none"));
    if (m_cleaning)
        return m_cleaningWords.isEmpty() ? localised(EMBELLIE_TR("judge", "the network is at work"))
                                         : m_cleaningWords;
    return m_refusal;
}

void JudgePage::takeResults(const std::vector<fs::path>& files) {
    m_context.session.work().cancel(m_resultsJob);
    const GroupEntry* group = m_context.session.group();
    const LayerEntry* layer = m_context.session.layer();
    if (!group || !layer)
        return;
    struct Taken {
        std::shared_ptr<Dataset> results;
        std::optional<RunThreshold> threshold;
        std::optional<int> madeAt;
    };
    const fs::path run = candidate() ? candidate()->run : fs::path();
    m_resultsJob = this->run(
        QString(),
        [files, run, group = *group, layer = *layer, expected = m_input.result,
         raw = m_raw->currentData().toString().toStdString()](Feedback& feedback) {
            Taken taken;
            taken.results = Dataset::open(files, feedback);
            if (!run.empty())
                taken.threshold = readRunThreshold(run);
            if (taken.threshold)
                taken.madeAt = taken.threshold->chosen;
            else
                taken.madeAt = thresholdThatMade(*taken.results, group, layer, raw, expected, feedback);
            return taken;
        },
        [this, files](const Taken& taken) {
            m_results = taken.results;
            m_resultFiles = files;
            takeThreshold(taken.threshold, taken.madeAt);
            const QVariant raw = m_raw->currentData();
            fillArrays();
            m_raw->setCurrentIndex(std::max(0, m_raw->findData(raw)));
            takeRest();
            const LayerEntry* layer = m_context.session.layer();
            if (layer && !resultLayer(*m_results, *m_context.session.group(), *layer))
                m_refusal = localised(EMBELLIE_TR("judge",
                                                  "the results do not belong to the sweep that is open: they "
                                                  "have another site, angle, shape or time"));
            showLayer();
            judgeAll();
        },
        [this](const std::exception& error) {
            m_refusal = localised(error);
            showState();
        });
}

std::optional<JudgedLayer> JudgePage::judgedLayer(const LayerEntry& layer) const {
    const OpenData* data = m_context.session.data();
    if (!data)
        return std::nullopt;
    JudgedLayer judged;
    judged.data = data->dataset;
    judged.layer = layer;
    judged.raw = m_raw->currentData().toString().toStdString();
    judged.reference = m_reference->currentData().toString().toStdString();
    if (m_results)
        if (const LayerEntry* result = resultLayer(*m_results, *m_context.session.group(), layer)) {
            judged.results = m_results;
            judged.result = *result;
            judged.cleaned = cleanedMoment(*result, judged.raw, m_input.result);
        }
    return judged;
}

double JudgePage::threshold() const {
    const int row = m_table->currentIndex().row();
    return row >= 0 && row < int(JudgedThresholds.size()) ? JudgedThresholds[std::size_t(row)]
                                                          : JudgedThresholds[0];
}

void JudgePage::showLayer() {
    for (const quint64 job : {m_layerJob, m_cutJob})
        m_context.session.work().cancel(job);
    m_read = {};
    const LayerEntry* layer = m_context.session.layer();
    const auto judged = layer ? judgedLayer(*layer) : std::nullopt;
    showState();
    listRivals();
    showRival();
    if (!judged) {
        m_panes->show({}, words());
        m_threshold->hide();
        return;
    }
    m_layerJob = run(
        QString(),
        [judged = *judged, threshold = threshold(), cut = probabilityCut(),
         colours = JudgedPanes::differenceColours(m_context.theme.theme())](Feedback& feedback) {
            return readJudged(judged, threshold, cut, colours, feedback);
        },
        [this, at = m_threshold->step()](const JudgedFields& fields) {
            m_read = fields;
            m_panes->show(fields, words());
            if (fields.refusal)
                Q_EMIT problem(localised(*fields.refusal));
            m_threshold->setVisible(fields.steps != nullptr);
            if (at != m_threshold->step())
                cut();
        });
}

std::vector<JudgedLayer> JudgePage::judgedLayers() const {
    std::vector<JudgedLayer> layers;
    if (const GroupEntry* group = m_context.session.group(); group && m_results)
        for (const VolumeEntry& volume : group->volumes)
            for (const LayerEntry& layer : volume.layers)
                if (auto judged = judgedLayer(layer); judged && judged->result && !judged->reference.empty())
                    layers.push_back(std::move(*judged));
    return layers;
}

void JudgePage::judgeAll() {
    m_context.session.work().cancel(m_scoreJob);
    const quint64 turn = ++m_scoreTurn;
    m_scoresCancelled = false;
    scoreRival();
    std::vector<JudgedLayer> layers = judgedLayers();
    if (layers.empty()) {
        m_scores->setJudgement(std::nullopt);
        showJudgement();
        return;
    }
    m_scoreJob = run(
        localised(EMBELLIE_TR("judge", "Computing scores")),
        [layers = std::move(layers), madeAt = m_madeAt](Feedback& feedback) {
            return judge(layers, JudgedThresholds, madeAt, feedback);
        },
        [this](Judgement judgement) {
            const std::optional<int> wanted = std::exchange(m_rowToTake, std::nullopt);
            const int row = wanted.value_or(std::max(0, m_table->currentIndex().row()));
            m_scores->setJudgement(judgement.sweeps > 0 ? std::optional(std::move(judgement)) : std::nullopt);
            selectRow(row);
            if (wanted)
                showLayer();
            if (m_madeAt != m_threshold->step())
                moveThreshold(m_threshold->step());
            if (const auto& made = m_scores->judgement();
                made && !made->byProbability.isEmpty() && !m_sideChosen)
                showSide(ChartsSide);
            showJudgement();
        },
        {}, false,
        [this, turn](bool cancelled) {
            if (!cancelled || turn != m_scoreTurn)
                return;
            m_scoresCancelled = true;
            m_scores->setJudgement(std::nullopt);
            showJudgement();
        });
}

} // namespace embellie
