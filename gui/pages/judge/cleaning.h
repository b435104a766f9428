#pragma once

#include "core/base/feedback.h"
#include "core/io/dataset.h"

#include <QString>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace embellie {

/// A trained network, all those of a sweep together, or result files, that may be judged.
struct Candidate {
    std::filesystem::path run;                  ///< empty for result files
    std::vector<std::filesystem::path> members; ///< further runs that clean with it (an ensemble)
    std::vector<std::filesystem::path> files;   ///< result files
    std::string name;                           ///< "run 13", "cleaned.h5"
    std::string task, network;                  ///< their names
    std::string site;       ///< where it executed, for people; empty: on this machine's disks
    bool isShipped = false; ///< it came with the program
    bool isJoint = false;   ///< one that came with the program is the last of the members
    friend bool operator==(const Candidate&, const Candidate&) = default;
};

/// The runs of a folder, its sweeps, and @p others, that have weights here or over there; newest first. The
/// runs of a sweep are followed by all of them as an ensemble, where they are of one task and at one site.
/// @throws Error
std::vector<Candidate> judgeableRuns(const std::filesystem::path& folder,
                                     const std::vector<std::filesystem::path>& others);

/// Result files, which are not empty, as a candidate.
Candidate candidateOfFiles(const std::vector<std::filesystem::path>& files);

/// The networks that came with the program, as runs that predictions can be written into.
std::vector<Candidate> shippedCandidates();

/// @p candidate with the shipped network of its task, one of @p known, as a member. Nothing where that is the
/// candidate itself, where none is of that task, and for result files and runs of other machines.
std::optional<Candidate> withShipped(const Candidate& candidate, const std::vector<Candidate>& known);

QString titleOf(const Candidate& candidate); ///< "Run 13: U-Net", "cleaned.h5"
QString makerOf(const Candidate& candidate); ///< "made by run 13": what its pictures are marked with

/// The moment of @p layer that the run's task takes by its own rule, and the quantity of what it makes of it;
/// empty where it fits no file of the layer. Reads headers only. @throws Error
struct RunInput {
    std::string input, result;
};
RunInput inputOfRun(const std::filesystem::path& run, const Dataset& data, const LayerEntry& layer);

/// Files of a group that have @p quantity: what is given to the predictor.
std::vector<std::string> filesWith(const Dataset& data, const GroupEntry& group, const std::string& quantity);

/// Result files of an earlier, finished prediction of the same files by the same weights and settings, from
/// the same input and with the same members; empty where there is none.
std::vector<std::filesystem::path> earlierResults(const std::filesystem::path& run,
                                                  const std::vector<std::filesystem::path>& members,
                                                  const std::vector<std::string>& files,
                                                  const std::string& input);

/// How near the data that a run learned from are to those it is judged on.
struct Nearness {
    enum class Kind { Apart, SameFile, SameRadar, Simulated };
    Kind kind = Kind::Apart;
    double hoursApart = 0; ///< SameRadar: the shortest time between
};
/// From data.jsonl and the headers of the files named there that can still be read. @p isScene: the data
/// judged are the built-in scene.
Nearness nearnessOf(const std::filesystem::path& run, const Dataset& data, const GroupEntry& group,
                    bool isScene, Feedback& feedback);

} // namespace embellie
