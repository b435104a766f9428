#pragma once

#include "core/base/feedback.h"
#include "core/simulate/scene.h"
#include "core/task/sample.h"

#include <functional>

namespace embellie {

/// What tasks learn from when no files are given: one sweep of each of @p count made-up radars, all with
/// other terrain and weather (rain cover, showers, bands, relief drawn by @p seed), and of four more for
/// validation.
/// @p use gets name, sweep, and whether it is for validation. @return the scenes as "files" without a path.
/// @throws Cancelled
std::vector<UsedFile>
builtInScenes(const std::string& role, std::uint64_t seed, std::int64_t count, Feedback& feedback,
              const std::function<void(const std::string&, const SimulatedSweep&, bool)>& use);

/// Simulated sweeps of all kinds of radars, sites and weather (sim.variety) to learn from, two of each of @p
/// count scenes, with their further moments where @p moments says so. @throws Cancelled
std::vector<UsedFile> variedScenes(const std::string& role, std::uint64_t seed, std::int64_t count,
                                   bool moments, Feedback& feedback,
                                   const std::function<void(const SimulatedSweep&)>& use);

} // namespace embellie
