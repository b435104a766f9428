#include "gui/pages/judge/judge_page.h"
#include "gui/pages/train/run_desk.h"
#include "gui/pages/train/run_follower.h"
#include "gui/scene/localised.h"
#include "gui/workspace/paths.h"

#include <QFileDialog>
#include <QGridLayout>

// The Judge page: what cleans, and the cleaning itself.

namespace embellie {

namespace fs = std::filesystem;

QWidget* JudgePage::makeCleaning() {
    m_show->setObjectName(QStringLiteral("judge.show"));
    m_show->setProperty("primary", true);
    m_show->setToolTip(localised(EMBELLIE_TR(
        "judge", "Clean all sweeps of what is open with the candidate, in a process of its own")));
    m_look->setObjectName(QStringLiteral("judge.look"));
    m_look->setToolTip(
        localised(EMBELLIE_TR("judge", "Show the cleaned files like any other on the Look page")));
    m_raw->setObjectName(QStringLiteral("judge.raw_array"));
    m_raw->setToolTip(localised(EMBELLIE_TR("judge", "The array that is cleaned")));
    auto* rawLabel = new QLabel(localised(EMBELLIE_TR("judge", "Raw array")));
    rawLabel->setBuddy(m_raw);
    m_muted.push_back(rawLabel);
    m_along->setObjectName(QStringLiteral("judge.along"));
    m_along->setToolTip(localised(EMBELLIE_TR(
        "judge", "The mean of what both say counts: what one has learnt from simulated radars makes up for "
                 "what the other has from few real ones")));
    m_where->setObjectName(QStringLiteral("judge.where"));
    m_where->setToolTip(localised(EMBELLIE_TR(
        "judge",
        "On this computer the run's weights are fetched first; over there the open files are sent")));
    m_where->addItem(localised(EMBELLIE_TR("judge", "this computer")));
    m_where->addItem(QString());
    m_whereLabel->setBuddy(m_where);
    m_muted.push_back(m_whereLabel);
    m_facts->setTextFormat(Qt::RichText);
    m_reason->setObjectName(QStringLiteral("judge.reason"));

    auto* side = new QWidget;
    auto* grid = new QGridLayout(side);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(8);
    grid->addWidget(rawLabel, 1, 0);
    grid->addWidget(m_raw, 1, 1);
    grid->addWidget(m_whereLabel, 2, 0);
    grid->addWidget(m_where, 2, 1);
    grid->addWidget(m_along, 3, 0, 1, 2);
    grid->addWidget(m_facts, 4, 0, 1, 2);
    grid->addWidget(m_show, 5, 0);
    grid->addWidget(m_reason, 5, 1);
    grid->addWidget(m_look, 6, 0, 1, 2, Qt::AlignLeft);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(7, 1);
    return side;
}

const Candidate* JudgePage::candidate() const {
    return m_joint ? &*m_joint : listedCandidate();
}

const Candidate* JudgePage::listedCandidate() const {
    return m_listed >= 0 ? &m_candidates[std::size_t(m_listed)] : nullptr;
}

void JudgePage::listCandidates() {
    struct Listed {
        std::vector<Candidate> found;
        std::optional<Error> problem;
    };
    m_context.session.work().cancel(m_listJob);
    m_listJob = run(
        QString(),
        [others = m_others](Feedback&) {
            Listed listed{judgeableRuns(runsFolder(), others), {}};
            try { // a full disk must not hide the user's own runs
                for (Candidate& shipped : shippedCandidates())
                    listed.found.push_back(std::move(shipped));
            } catch (const Error& error) {
                listed.problem = error;
            }
            return listed;
        },
        [this](Listed listed) {
            std::vector<Candidate>& found = listed.found;
            if (listed.problem)
                Q_EMIT problem(localised(*listed.problem));
            found.insert(found.end(), m_files.begin(), m_files.end());
            // Without a choice by hand the newest run is meant: the one that was just trained.
            const auto before =
                m_chosenByHand && listedCandidate() ? std::optional(*listedCandidate()) : std::nullopt;
            const std::optional<std::size_t> restored = candidateToTake(found);
            m_chosenByHand = m_chosenByHand || restored;
            int chosen = int(restored.value_or(0));
            for (std::size_t at = 0; !restored && at < found.size(); ++at)
                if ((!m_wanted.empty() && found[at].run == m_wanted && found[at].members.empty()) ||
                    (m_wanted.empty() && before && found[at] == *before))
                    chosen = int(at);
            if (!m_wanted.empty() && std::size_t(chosen) < found.size() &&
                found[std::size_t(chosen)].run == m_wanted) {
                m_wanted.clear();
                m_chosenByHand = true;
            }
            {
                const QSignalBlocker quiet(m_candidate);
                m_candidates = std::move(found);
                m_candidate->clear();
                for (const Candidate& one : m_candidates)
                    m_candidate->addItem(titleOf(one));
                m_candidate->addItem(localised(EMBELLIE_TR("judge", "Result files…")));
                m_listed = m_candidates.empty() ? -1 : chosen;
                m_candidate->setCurrentIndex(m_listed);
            }
            candidateChosen();
        });
}

void JudgePage::candidateChosen() {
    if (m_candidate->currentIndex() == int(m_candidates.size())) { // a command, and no candidate itself
        const QSignalBlocker quiet(m_candidate);
        m_candidate->setCurrentIndex(m_listed);
        chooseFiles();
        return;
    }
    m_listed = m_candidate->currentIndex();
    joinShipped();
    if (judged() != m_judged)
        dataChanged();
}

void JudgePage::chooseFiles() {
    auto* dialog = new QFileDialog(window(), localised(EMBELLIE_TR("judge", "Result files")));
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& files) {
        std::vector<fs::path> paths;
        for (const QString& file : files)
            paths.push_back(toPath(file));
        takeFiles(paths);
    });
    dialog->open();
}

void JudgePage::takeFiles(const std::vector<fs::path>& files) {
    Candidate made = candidateOfFiles(files);
    m_files.push_back(made);
    m_candidates.push_back(std::move(made));
    m_chosenByHand = true;
    const int last = int(m_candidates.size()) - 1;
    m_candidate->insertItem(last, QString::fromStdString(m_files.back().name));
    m_candidate->setCurrentIndex(last);
}

void JudgePage::joinShipped() {
    const Candidate* chosen = listedCandidate();
    std::optional<Candidate> joint = chosen ? withShipped(*chosen, m_candidates) : std::nullopt;
    m_along->setVisible(joint.has_value());
    m_joint = m_along->isChecked() ? std::move(joint) : std::nullopt;
}

void JudgePage::showClean() {
    const OpenData* data = m_context.session.data();
    const GroupEntry* group = m_context.session.group();
    const Candidate* chosen = candidate();
    if (!data || !group || !chosen || chosen->run.empty() || m_cleaning)
        return;
    const std::string raw = m_raw->currentData().toString().toStdString();
    const std::string input = raw == m_input.input ? std::string() : raw;
    m_cleaning = true;
    m_cleaningWords.clear();
    m_refusal.clear();
    showState();
    m_cleaningJob = run(
        localised(text(EMBELLIE_TR("judge", "Cleaning by {0}"), titleOf(*chosen).toStdString())),
        [by = *chosen, isMirror = !chosen->site.empty(), overThere = m_where->currentIndex() == 1,
         &desk = m_context.desk, files = filesWith(*data->dataset, *group, raw), input](Feedback& feedback) {
            std::vector<fs::path> results = earlierResults(by.run, by.members, files, input);
            if (!results.empty())
                return results;
            if (isMirror && !overThere) { // what is here already and the same is not brought again
                desk.fetch(by.run, RunPart::Weights, 0, feedback);
                for (const fs::path& member : by.members)
                    desk.fetch(member, RunPart::Weights, 0, feedback);
            }
            return desk.predict(by.run, by.members, files, input, isMirror && overThere, feedback);
        },
        [this, judged = m_judged](const std::vector<fs::path>& results) {
            if (judged == m_judged)
                takeResults(results);
        },
        [this, judged = m_judged](const std::exception& error) {
            if (judged == m_judged)
                m_refusal = localised(error);
        },
        false,
        [this](bool) {
            m_cleaning = false;
            showState();
        });
}

void JudgePage::workChanged() {
    if (!m_cleaning)
        return;
    for (const RunningWork& work : m_context.session.work().running())
        if (work.id == m_cleaningJob && work.message != m_cleaningWords) {
            m_cleaningWords = work.message; // where its job waits, say
            showState();
        }
}

} // namespace embellie
