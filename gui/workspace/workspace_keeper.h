#pragma once

#include "core/base/error.h"
#include "gui/workspace/workspace_state.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

namespace embellie {

/// $XDG_STATE_HOME/embellie/workspaces, else ~/.local/state/embellie/workspaces (XDG Base Directory
/// Specification 0.8: layout, open files).
std::filesystem::path workspaceFolder();

/// A workspace that a window kept, and that no window continues.
struct KeptWorkspace {
    std::filesystem::path file;
    WorkspaceState state;
    std::optional<TimePoint> saved;
    std::optional<Error> refusal;     ///< why it can't be used; the state is then empty
    std::optional<Error> viewProblem; ///< SavedWorkspace::viewProblem
    /// No window can be writing it: its window ended, or was killed on this machine.
    bool isLeft = false;
};

/// The workspaces that windows kept in @p folder, the newest first; without those of windows that live on
/// this machine, without those that are as a newer one, and no more than mostKeptWorkspaces. Reads
/// files: not for the main thread.
std::vector<KeptWorkspace> keptWorkspaces(const std::filesystem::path& folder);
constexpr std::size_t mostKeptWorkspaces = 8;

/// Removes what keptWorkspaces() leaves out and no window can be writing, and what a killed program left half
/// written. Not for the main thread.
void tidyWorkspaces(const std::filesystem::path& folder);

/// Keeps the workspace of one window in a file of its own in a folder that all windows share, so that several
/// of them, on several machines with one home, never write the same file. All calls return at once: a thread
/// writes, atomically, the newest of what it was given.
class WorkspaceKeeper {
public:
    explicit WorkspaceKeeper(std::filesystem::path folder);
    /// Writes what is not written yet, and that the window ended. Waits for that, but not for a dead disk:
    /// after two seconds it goes without.
    ~WorkspaceKeeper();
    WorkspaceKeeper(const WorkspaceKeeper&) = delete;
    WorkspaceKeeper& operator=(const WorkspaceKeeper&) = delete;

    const std::filesystem::path& file() const { return m_file; }
    /// Nothing where it is the same as before, or where nothing is open: what was open last stays kept.
    void keep(WorkspaceState state);
    /// This window went on with @p other, all of it: that file is removed once our own holds it, unless a
    /// window on another machine may be writing it.
    void takeOver(const KeptWorkspace& other);
    /// Why the last write did not succeed; told once.
    std::optional<Error> takeProblem();

private:
    struct Shared;
    std::filesystem::path m_file;
    WorkspaceState m_last;
    std::thread m_thread;
    std::shared_ptr<Shared> m_shared; ///< outlives us where the thread hangs in a dead disk
};

} // namespace embellie
