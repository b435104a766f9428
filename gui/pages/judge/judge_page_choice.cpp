#include "gui/pages/judge/judge_page.h"

#include "gui/pages/train/run_follower.h"
#include "gui/workspace/paths.h"

#include <algorithm>
#include <utility>

// The Judge page: what is compared, as a value that is kept and taken up again. The runs are listed, the data
// opened and the results read one after another; each part of the value is taken when its turn comes.

namespace embellie {

namespace fs = std::filesystem;

static std::vector<fs::path> named(const std::vector<fs::path>& paths) {
    std::vector<fs::path> all;
    for (const fs::path& path : paths)
        all.push_back(absolutePath(path));
    return all;
}

std::optional<JudgeChoice> JudgePage::choice() const {
    if (m_toTake)
        return m_toTake;
    const Candidate* chosen = listedCandidate();
    if (!chosen)
        return std::nullopt;
    JudgeChoice choice;
    choice.run = absolutePath(chosen->run);
    choice.members = named(chosen->members);
    choice.files = named(chosen->files);
    choice.isShipped = chosen->isShipped;
    choice.isAlong = m_along->isChecked();
    choice.raw = m_raw->currentData().toString().toStdString();
    choice.reference = m_reference->currentData().toString().toStdString();
    if (m_madeAt && m_threshold->step() != *m_madeAt)
        choice.threshold = m_threshold->step();
    choice.row = m_rowToTake.value_or(std::max(0, m_table->currentIndex().row()));
    choice.rival = m_rival->currentData().toString().toStdString();
    choice.lastPicture = m_last->currentIndex();
    return choice;
}

void JudgePage::restore(const JudgeChoice& choice) {
    m_toTake = choice;
    m_isCandidateToTake = true;
    m_takenFor = dataJudged();
    m_wanted.clear();
    const fs::path inside = choice.run.lexically_relative(absolutePath(runsFolder()));
    const bool isListed = choice.isShipped || (!inside.empty() && *inside.begin() != "..");
    if (!choice.run.empty() && !isListed &&
        std::find(m_others.begin(), m_others.end(), choice.run) == m_others.end())
        m_others.push_back(choice.run);
    if (m_isInFront)
        listCandidates();
}

/// A person chose something else meanwhile.
void JudgePage::forgetChoice() {
    m_toTake.reset();
    m_isCandidateToTake = false;
}

std::optional<std::size_t> JudgePage::candidateToTake(std::vector<Candidate>& known) {
    if (!m_toTake || !std::exchange(m_isCandidateToTake, false))
        return std::nullopt;
    const JudgeChoice wanted = *m_toTake;
    m_judged.clear(); // all that follows is to be taken anew
    const auto isMeant = [&](const Candidate& one) {
        return absolutePath(one.run) == wanted.run && named(one.members) == wanted.members &&
               named(one.files) == wanted.files;
    };
    auto found = std::find_if(known.begin(), known.end(), isMeant);
    if (found == known.end() && wanted.isShipped) // another version of the program has its own place for it
        found = std::find_if(known.begin(), known.end(), [](const Candidate& one) { return one.isShipped; });
    if (found == known.end() && !wanted.files.empty()) {
        m_files.push_back(candidateOfFiles(wanted.files));
        found = known.insert(known.end(), m_files.back());
    }
    {
        const QSignalBlocker quietAlong(m_along), quietRival(m_rival);
        m_along->setChecked(wanted.isAlong);
        m_rival->setCurrentIndex(std::max(0, m_rival->findData(QString::fromStdString(wanted.rival))));
    }
    m_last->setCurrentIndex(std::clamp(wanted.lastPicture, 0, m_last->count() - 1));
    if (found != known.end())
        return std::size_t(found - known.begin());
    m_toTake->threshold.reset(); // they were of the run that is gone
    m_toTake->row = 0;
    return std::nullopt;
}

void JudgePage::takeArrays() {
    if (!m_toTake || m_toTake->raw.empty())
        return;
    for (const auto& [combo, id] :
         {std::pair(m_raw, m_toTake->raw), std::pair(m_reference, m_toTake->reference)})
        if (const int at = combo->findData(QString::fromStdString(id)); at >= 0)
            combo->setCurrentIndex(at);
}

/// The results are there, the last of all.
void JudgePage::takeRest() {
    if (!m_toTake)
        return;
    if (m_madeAt && m_toTake->threshold)
        m_threshold->setStep(std::clamp(*m_toTake->threshold, 0, 1000));
    if (m_toTake->row > 0)
        m_rowToTake = m_toTake->row;
    forgetChoice();
}

} // namespace embellie
