#pragma once

#include "core/base/error.h"
#include "gui/workspace/view_state.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace embellie {

/// Something that is open.
struct OpenItem {
    std::vector<std::filesystem::path> paths; ///< absolute
    bool isScene = false;                     ///< the built-in scene, which is made where it is missing
    std::string title;                        ///< for people: "Captains Flat"; may be empty
    friend bool operator==(const OpenItem&, const OpenItem&) = default;
};

/// What the Judge page compares. What is left out is chosen as on opening.
struct JudgeChoice {
    std::filesystem::path run;                  ///< the candidate; empty for result files
    std::vector<std::filesystem::path> members; ///< further runs of an ensemble
    std::vector<std::filesystem::path> files;   ///< result files
    bool isShipped = false;                     ///< the candidate came with the program
    bool isAlong = false;                       ///< the shipped network predicts along
    std::string raw, reference;                 ///< quantity ids; empty: of the raw by itself, no reference
    std::optional<int> threshold;               ///< on the probability, in thousandths; empty: the run's own
    int row = 0;                                ///< of the table of scores
    std::string rival;                          ///< id of a method; empty: none
    int lastPicture = 0;                        ///< JudgedPanes::Lasts
    friend bool operator==(const JudgeChoice&, const JudgeChoice&) = default;
};

/// What is open, chosen and shown in a window, as a small value: kept while one works, so that it opens again
/// (WorkspaceKeeper), or saved by hand. As JSON:
///
///     {"embellie": "workspace", "format": 1, "saved": "2026-03-04T12:05:09Z",
///      "open": [{"paths": ["/data/a.h5"], "title": "Avesnes"}, {"scene": true, "paths": […]}], "front": 0,
///      "view": {a ViewState}, "page": "look", "run": "/runs/7", "judge": {…}}
///
/// Fields that are not known are ignored.
struct WorkspaceState {
    std::vector<OpenItem> open;       ///< in the order of the tree
    std::optional<std::size_t> front; ///< which one of them is looked at
    std::optional<ViewState> view;    ///< of the Look page; without a dataset, which is the front one
    std::string page = "look";        ///< Page::pageId() of the one in front
    std::filesystem::path run;        ///< that Train shows; may be empty
    std::optional<JudgeChoice> judge;
    friend bool operator==(const WorkspaceState&, const WorkspaceState&) = default;
};

/// Leaves out each item that names the same paths as one before it; the front moves along.
void dropTwins(WorkspaceState& state);

/// @p saved: when it was so.
std::string workspaceToJson(const WorkspaceState& state, TimePoint saved);

struct SavedWorkspace {
    WorkspaceState state;
    std::optional<TimePoint> saved;
    std::optional<Error>
        viewProblem; ///< why the state has no view, though the file has: the rest can be used
};
/// Relative paths count from @p file's folder. @throws Error naming @p file and what is wrong
SavedWorkspace workspaceFromJson(const std::string& json, const std::filesystem::path& file);

/// @p path is a file that says at its beginning that it is a workspace, whatever its name and whether or not
/// it can be used. Reads the file.
bool isWorkspaceFile(const std::filesystem::path& path);

/// "Captains Flat, Avesnes and 2 more": what is open, in the window's language.
QString namesForPeople(const WorkspaceState& state);

} // namespace embellie
