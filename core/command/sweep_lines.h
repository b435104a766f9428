#pragma once

#include "core/command/command.h"
#include "core/launch/sweep.h"

#include <nlohmann/json_fwd.hpp>

namespace embellie {

/// A sweep as a table for people: rank, values, state, score.
void printSweep(std::ostream& out, const RunSweep& sweep, const std::vector<SweepRow>& rows);
/// {"sweep", "axes": [{"key", "values"}], "runs": [{"run", "values", "rank", "score", …}]}
nlohmann::json sweepJson(const RunSweep& sweep, const std::vector<SweepRow>& rows);

/// Starts what may start and follows until all runs are over; the table at the end. On a machine without a
/// scheduler a stopped command asks the runs to stop and keep, else they go on. @return exit status @throws
/// Error, Cancelled where it was stopped
int driveSweep(const RunSweep& sweep, const LaunchSite& site, CommandContext& context, Lines& lines);
/// The same without waiting: a Slurm site gets its array; elsewhere a process of its own drives the sweep.
int detachSweep(const RunSweep& sweep, const LaunchSite& site, CommandContext& context, Lines& lines);

} // namespace embellie
