#pragma once

#include "gui/pages/train/run_snapshot.h"
#include "gui/workspace/work.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <set>
#include <vector>

namespace embellie {

/// Follows all runs of a folder, and single ones from elsewhere, by reading their directories on a worker
/// again and again: a run started by another window, or before this one, is found and followed like one of
/// our own.
class RunFollower : public QObject {
    Q_OBJECT
public:
    /// @param desk knows where runs execute; outlives this. Without it all are taken as if they were here.
    explicit RunFollower(const std::filesystem::path& folder, RunDesk* desk = nullptr,
                         QObject* parent = nullptr);
    ~RunFollower() override;

    const std::filesystem::path& folder() const { return m_folder; }
    void setFolder(const std::filesystem::path& folder);
    /// Follows a run outside of the folder too.
    void add(const std::filesystem::path& run);
    /// Looks at once.
    void refresh();

    /// Newest first.
    const std::vector<RunSnapshotPtr>& runs() const { return m_runs; }
    RunSnapshotPtr find(const std::filesystem::path& run) const; ///< null where it is not known
    /// Where the next run of the folder would lie, as far as was seen.
    const std::filesystem::path& next() const { return m_next; }
    /// The folder was read at least once.
    bool hasLooked() const { return m_looked; }

Q_SIGNALS:
    void changed();
    /// The folder of runs can't be read.
    void problem(const QString& sentence);

private:
    struct Readers;
    struct Look {
        std::vector<RunSnapshotPtr> runs;
        std::filesystem::path next;
        bool changed = false;
        QString problem;
    };
    static Look look(Readers& readers, RunDesk* desk, const std::filesystem::path& folder,
                     const std::set<std::filesystem::path>& others, bool all);
    void take(Look look);

    RunDesk* m_desk;
    std::filesystem::path m_folder, m_next;
    std::set<std::filesystem::path> m_others;
    std::vector<RunSnapshotPtr> m_runs;
    std::shared_ptr<Readers> m_readers; ///< used by one job at a time
    bool m_busy = false, m_again = false, m_looked = false;
    int m_turn = 0;
    QString m_problem;
    QTimer m_timer;
    Work m_work; ///< last: its jobs end before the rest goes
};

/// Where runs are written: $EMBELLIE_RUNS, else the folder last chosen, else embellie/runs in the home
/// folder.
std::filesystem::path runsFolder();
void setRunsFolder(const std::filesystem::path& folder);
/// The first free number in a folder of runs, as a path: runs/15.
std::filesystem::path nextRun(const std::filesystem::path& folder);

} // namespace embellie
