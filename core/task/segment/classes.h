#pragma once

#include "core/task/task.h"

#include <optional>
#include <string>

namespace embellie::segment {

/// The classes that are told apart: those of the simulated scene.
const std::vector<Meaning>& classes();
/// The class of ours that a file's class of that name belongs to ("strat": rain, "ap_gnd": ground clutter,
/// …); nothing where it belongs to none, or means that there is nothing.
std::optional<int> classOf(const std::string& name);

/// The file's classes as ours, on the same geometry; cells of other classes are NoData.
Field mapped(const Field& classField);

/// @throws Error, Cancelled
std::unique_ptr<SampleMaker> makeSamples(const Settings& settings, const DataByRole& data, std::uint64_t seed,
                                         Feedback& feedback);

} // namespace embellie::segment
