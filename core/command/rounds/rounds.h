#pragma once

#include "core/days/days.h"
#include "core/run/run_directory.h"

#include <filesystem>
#include <string>
#include <vector>

namespace embellie {

/// Trainings one after another, each on rain that the network before has cleaned (Lepetit et al.): the first
/// learns from wet sweeps as they were measured. A folder: days.txt, rounds.json, the runs 1, 2, … and
/// cleaned-1, cleaned-2, … with the wet files as the run of that number cleans them.
struct Rounds {
    std::filesystem::path folder;
    int count = 3;
    std::vector<std::string> wet, dry; ///< files

    std::filesystem::path run(int number) const { return folder / std::to_string(number); } ///< from 1
    std::filesystem::path cleaned(int number) const { return folder / ("cleaned-" + std::to_string(number)); }
};

/// Makes the folder with the list. @throws Error where it exists and is not empty, or the list has no wet or
/// no dry volumes
Rounds createRounds(const std::filesystem::path& folder, const std::vector<DayVolume>& days, int count);
/// Another @p count than 0 replaces the one that was asked for before. @throws Error
Rounds openRounds(const std::filesystem::path& folder, int count);

/// The request of a round: that of the first one with the rain of the round before, and its weights to begin
/// with.
RunRequest requestOfRound(const Rounds& rounds, int number, const RunRequest& first);

} // namespace embellie
