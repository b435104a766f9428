#pragma once

#include "core/base/feedback.h"
#include "core/simulate/scene.h"
#include "core/task/sample.h"

#include <functional>
#include <optional>

namespace embellie {

/// A sweep of a made-up radar and, where it was asked for, one that lies 0.5 to 1.5 degrees higher.
struct SceneSweep {
    SimulatedSweep sweep;
    std::optional<SimulatedSweep> above;
    const SimulatedSweep* higher() const { return above ? &*above : nullptr; }
};

/// What tasks learn from when no files are given: one sweep of each of @p count made-up radars, all with
/// other terrain and weather (rain cover, showers, bands, relief drawn by @p seed), and of four more for
/// validation; @p aloft: with those above them.
/// @p use gets name, sweep, and whether it is for validation. @return the scenes as "files" without a path.
/// @throws Cancelled
std::vector<UsedFile>
builtInScenes(const std::string& role, std::uint64_t seed, std::int64_t count, bool aloft, Feedback& feedback,
              const std::function<void(const std::string&, const SceneSweep&, bool)>& use);

/// Simulated sweeps of all kinds of radars, sites and weather (sim.variety) to learn from, two of each of @p
/// count scenes, with their further moments where @p moments says so, and those above them where @p aloft
/// does. @throws Cancelled
std::vector<UsedFile> variedScenes(const std::string& role, std::uint64_t seed, std::int64_t count,
                                   bool moments, bool aloft, Feedback& feedback,
                                   const std::function<void(const SceneSweep&)>& use);

} // namespace embellie
