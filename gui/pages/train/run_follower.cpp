#include "gui/pages/train/run_follower.h"

#include "gui/scene/localised.h"
#include "gui/workspace/paths.h"

#include <QDir>
#include <QSettings>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <map>

namespace embellie {

namespace fs = std::filesystem;

namespace {

constexpr int FollowMilliseconds = 500;
/// Runs that are over are looked at once in so many turns: they change only when somebody resumes them.
constexpr int TurnsBetweenLooksAtOver = 6;

} // namespace

struct RunFollower::Readers {
    struct Entry {
        std::unique_ptr<RunReader> reader;
        RunSnapshotPtr snapshot;
        fs::file_time_type note{};
        RunStatus status = RunStatus::Waiting; ///< by its own words
    };
    std::map<fs::path, Entry> entries;
};

static fs::file_time_type noteTime(const fs::path& run) {
    std::error_code missing;
    const auto time = fs::last_write_time(notePath(run), missing);
    return missing ? fs::file_time_type{} : time;
}

RunFollower::RunFollower(const fs::path& folder, RunDesk* desk, QObject* parent)
    : QObject(parent), m_desk(desk), m_folder(fs::absolute(folder).lexically_normal()),
      m_next(m_folder / "1"), m_readers(std::make_shared<Readers>()) {
    m_timer.setInterval(FollowMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &RunFollower::refresh);
    m_timer.start();
    refresh();
}

RunFollower::~RunFollower() = default;

void RunFollower::setFolder(const fs::path& folder) {
    m_folder = fs::absolute(folder).lexically_normal();
    refresh();
}

void RunFollower::add(const fs::path& run) {
    m_others.insert(fs::absolute(run).lexically_normal());
    refresh();
}

void RunFollower::refresh() {
    if (m_busy) {
        m_again = sender() != &m_timer || m_again;
        return;
    }
    m_busy = true;
    const bool all = m_turn++ % TurnsBetweenLooksAtOver == 0 || sender() != &m_timer;
    m_work.run(
        QString(),
        [readers = m_readers, desk = m_desk, folder = m_folder, others = m_others, all](Feedback&) {
            return look(*readers, desk, folder, others, all);
        },
        [this](Look look) { take(std::move(look)); },
        [this](const std::exception& error) {
            Look failed;
            failed.runs = m_runs;
            failed.next = m_next;
            failed.problem = localised(error);
            take(std::move(failed));
        },
        true);
}

void RunFollower::take(Look look) {
    m_busy = false;
    const bool first = !m_looked;
    m_looked = true;
    if (look.problem != m_problem) {
        m_problem = look.problem;
        if (!m_problem.isEmpty())
            Q_EMIT problem(m_problem);
    }
    if (look.changed || first || look.next != m_next) {
        m_next = look.next;
        m_runs = std::move(look.runs);
        Q_EMIT changed();
    }
    if (m_again) {
        m_again = false;
        refresh();
    }
}

static std::set<fs::path> runsIn(const fs::path& folder, QString& problem) {
    std::set<fs::path> found;
    std::error_code error;
    if (!fs::exists(folder, error))
        return found; // nothing was trained yet
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        if (isRunDirectory(at->path())) {
            found.insert(at->path());
        } else if (isSweep(at->path())) {
            QString ofSweep;
            found.merge(runsIn(at->path(), ofSweep));
        }
    }
    if (error)
        problem = localised(
            systemError(EMBELLIE_TR("train", "the folder of runs can't be read"), folder, error.value()));
    return found;
}

RunFollower::Look RunFollower::look(Readers& readers, RunDesk* desk, const fs::path& folder,
                                    const std::set<fs::path>& others, bool all) {
    Look made;
    made.next = nextRun(folder);
    std::set<fs::path> paths = runsIn(folder, made.problem);
    for (const fs::path& other : others)
        if (isRunDirectory(other))
            paths.insert(other);
    made.changed =
        std::erase_if(readers.entries, [&](const auto& entry) { return !paths.contains(entry.first); }) > 0;

    for (const fs::path& path : paths) {
        Readers::Entry& entry = readers.entries[path];
        if (entry.snapshot && !all && isOver(entry.snapshot->status))
            continue;
        try {
            if (!entry.reader)
                entry.reader = std::make_unique<RunReader>(path);
            const RunReader::Update update = entry.reader->poll();
            const auto note = noteTime(path);
            RunPlace place = desk ? desk->placeOf(*entry.reader) : RunPlace();
            const RunStatus status = entry.reader->status();
            std::error_code missing;
            const bool same = entry.snapshot && entry.snapshot->problem.isEmpty() && update.events.empty() &&
                              !update.keepsUpTo && !update.stateChanged && status == entry.status &&
                              place == entry.snapshot->place && note == entry.note &&
                              entry.snapshot->hasWeights == fs::exists(RunPaths{path}.weights(), missing);
            if (same)
                continue;
            entry.note = note;
            entry.status = status;
            entry.snapshot = std::make_shared<RunSnapshot>(snapshotOf(*entry.reader, std::move(place)));
        } catch (const std::exception& error) {
            const QString sentence = localised(error);
            if (entry.snapshot && entry.snapshot->problem == sentence)
                continue;
            entry.reader.reset();
            entry.snapshot = std::make_shared<RunSnapshot>(brokenSnapshot(path, sentence));
        }
        made.changed = true;
    }
    for (const auto& [path, entry] : readers.entries)
        made.runs.push_back(entry.snapshot);
    std::stable_sort(made.runs.begin(), made.runs.end(),
                     [](const RunSnapshotPtr& a, const RunSnapshotPtr& b) {
                         return a->request.created > b->request.created;
                     });
    return made;
}

RunSnapshotPtr RunFollower::find(const fs::path& run) const {
    for (const RunSnapshotPtr& known : m_runs)
        if (known->run == run)
            return known;
    return nullptr;
}

fs::path runsFolder() {
    if (const char* named = std::getenv("EMBELLIE_RUNS"); named && *named)
        return fs::absolute(named);
    const QString chosen = QSettings().value(QStringLiteral("runs/folder")).toString();
    return chosen.isEmpty() ? toPath(QDir::homePath()) / "embellie" / "runs" : toPath(chosen);
}

void setRunsFolder(const fs::path& folder) {
    QSettings().setValue(QStringLiteral("runs/folder"), toQString(folder));
}

fs::path nextRun(const fs::path& folder) {
    long highest = 0;
    std::error_code missing;
    for (fs::directory_iterator at(folder, missing), end; !missing && at != end; at.increment(missing)) {
        const std::string name = at->path().filename().string();
        long number = 0;
        const auto [stop, error] = std::from_chars(name.data(), name.data() + name.size(), number);
        if (error == std::errc() && stop == name.data() + name.size())
            highest = std::max(highest, number);
    }
    return folder / std::to_string(highest + 1);
}

} // namespace embellie
