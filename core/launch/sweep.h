#pragma once

#include "core/launch/launch.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace embellie {

/// One setting and the values it shall take, as text.
struct SweepAxis {
    std::string key;
    std::vector<std::string> values;
};
/// Reads "train.learning_rate=1e-3,3e-3" (values of a list setting are parted by ";"). @throws Error (wrong
/// use) for an unknown key, a value outside the domain, none, or one given twice
SweepAxis parseSweepAxis(const std::string& word, const SettingTable& table);

/// sweep.toml in a folder of runs 000, 001, …: written once. All combinations of the axes, the last axis
/// fastest.
struct RunSweep {
    std::filesystem::path folder;
    std::vector<SweepAxis> axes;
    std::string site; ///< id
    Resources resources;
    int sideBySide = 0;                                       ///< at the same time; 0: as the site allows
    bool stopHopeless = false;                                ///< see hopelessRuns
    std::vector<std::filesystem::path> runs() const;          ///< absolute, in order
    std::vector<std::string> valuesOf(std::size_t run) const; ///< by axis
    std::size_t size() const;
};
bool isSweep(const std::filesystem::path& folder);
RunSweep readSweep(const std::filesystem::path& folder); ///< @throws Error
/// Checks every combination, then makes the folder with all runs; nothing is left behind where that fails.
/// @param sweep its folder must not exist yet, or be empty; at most 1000 combinations @throws Error
void createSweep(const RunSweep& sweep, const RunRequest& base);

/// A run of a sweep and how it does.
struct SweepRow {
    std::filesystem::path run;
    std::vector<std::string> values; ///< by axis
    RunSummary summary;
    std::optional<double> score;     ///< the task's main score of the best weights
    int rank = 0;                    ///< from 1; 0: no score yet
    std::vector<double> bestByEpoch; ///< main score of the best epoch so far, for each epoch judged
};
/// In the order of the runs, as far as they say themselves; ranked by the task's main score. @throws Error
std::vector<SweepRow> sweepTable(const RunSweep& sweep);

/// Whether more is better of the main score of the request's task.
bool higherIsBetter(const RunRequest& request);

/// Indices of running rows whose best score, after at least @p leastEpochs epochs, lies below the median of
/// what the other rows had reached at that epoch (at least two others needed): the median stopping rule.
std::vector<std::size_t> hopelessRuns(const std::vector<SweepRow>& rows, bool higherIsBetter,
                                      int leastEpochs = 3);

/// Brings a sweep to its end: on Slurm one array; elsewhere as many side by side as the site allows, the next
/// when one has ended. What was started already is found by its launch.json, so that another driver can go on
/// with a sweep whose driver died. Not shared between threads.
class SweepDriver {
public:
    /// @param lines for a site behind ssh; its own where null
    SweepDriver(RunSweep sweep, LaunchSite site, Lines* lines = nullptr);
    ~SweepDriver();
    SweepDriver(const SweepDriver&) = delete;
    SweepDriver& operator=(const SweepDriver&) = delete;
    const RunSweep& sweep() const { return m_sweep; }
    /// Starts what may start now and, where the sweep says so, stops hopeless ones. What only the scheduler
    /// or the line did wrong with runs that were sent goes to feedback.message, once; such runs stay what
    /// they were and are tried again after the site's pollEvery. @return the table @throws Error where runs
    /// can't be sent, or the line is refused
    std::vector<SweepRow> advance(Feedback& feedback);
    /// As of the last advance: no run waits, none works.
    bool isOver() const { return m_over; }
    /// Asks all that work or wait to end, and starts none any more.
    void stop(bool discard, Feedback& feedback);

private:
    void watchJobs(std::vector<SweepRow>& rows, Feedback& feedback);
    /// @return whether the site can be reached
    bool mirror(Feedback& feedback);
    /// @param problem is told with the run's name and what went wrong @return whether it was done
    bool tried(const std::filesystem::path& run, TextPattern problem, Feedback& feedback,
               const std::function<void()>& act);
    void start(std::vector<SweepRow>& rows, Feedback& feedback);

    RunSweep m_sweep;
    LaunchSite m_site;
    Lines* m_lines;
    std::unique_ptr<Lines> m_ownLines;
    JobWatch m_watch;
    std::set<std::size_t> m_asked; ///< hopeless ones
    /// When what went wrong (its pattern) with a run is tried again.
    std::map<std::pair<std::filesystem::path, std::string>, std::chrono::steady_clock::time_point> m_again;
    bool m_over = false, m_stopped = false, m_lineLost = false;
};

} // namespace embellie
