#include "gui/workspace/workspace_keeper.h"

#include "core/base/file.h"
#include "core/base/process.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>
#include <unistd.h>

namespace embellie {

namespace fs = std::filesystem;

namespace {

/// Of a window, as its file names it. With the time of its start a process is meant for certain.
struct Owner {
    std::string host;
    pid_t pid = 0;
    unsigned long long ticks = 0;
};

std::optional<Owner> ownerIn(const std::string& content) {
    const nlohmann::json json = nlohmann::json::parse(content, nullptr, false);
    if (!json.is_object() || !json.contains("window") || !json["window"].is_object())
        return std::nullopt;
    try {
        const nlohmann::json& window = json["window"];
        return Owner{window.value("host", std::string()), window.value("pid", pid_t(0)),
                     window.value("ticks", 0ULL)};
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
}

std::string withOwner(const std::string& content) {
    nlohmann::json json = nlohmann::json::parse(content);
    json["window"] = {{"host", hostName()}, {"pid", ::getpid()}, {"ticks", processStartTicks(::getpid())}};
    return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

struct Found {
    KeptWorkspace kept;
    TimePoint written{}, order{}; ///< the time of the file; that of the workspace where it has one
    bool lives = false;           ///< its window is open on this machine
    bool isElsewhere = false;     ///< its window was open on another machine, and perhaps is
    bool isListed = false;
};

TimePoint timeOf(const fs::path& file) {
    std::error_code missing;
    const fs::file_time_type time = fs::last_write_time(file, missing);
    return missing ? TimePoint{}
                   : std::chrono::time_point_cast<std::chrono::milliseconds>(
                         std::chrono::file_clock::to_sys(time));
}

/// The newest first.
std::vector<Found> lookInto(const fs::path& folder) {
    std::vector<Found> all;
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        const std::string name = at->path().filename().string();
        if (name.starts_with('.') || at->path().extension() != ".json")
            continue;
        Found found;
        found.kept.file = at->path();
        try {
            found.order = found.written = timeOf(at->path());
            const std::string content = readFile(at->path());
            if (const std::optional<Owner> owner = ownerIn(content)) {
                found.isElsewhere = owner->host != hostName();
                // A zombie still has its start.
                found.lives = !found.isElsewhere && owner->ticks != 0 && processIsAlive(owner->pid) &&
                              processStartTicks(owner->pid) == owner->ticks;
            }
            SavedWorkspace saved = workspaceFromJson(content, at->path());
            found.kept.state = std::move(saved.state);
            found.kept.saved = saved.saved;
            found.kept.viewProblem = std::move(saved.viewProblem);
            found.order = saved.saved.value_or(found.written);
        } catch (const Error& refusal) {
            found.kept.refusal = refusal;
        }
        found.kept.isLeft = !found.lives && !found.isElsewhere;
        all.push_back(std::move(found));
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Found& a, const Found& b) { return a.order > b.order; });
    std::size_t listed = 0;
    for (auto found = all.begin(); found != all.end(); ++found) {
        const bool isKnown = !found->kept.refusal && std::any_of(all.begin(), found, [&](const Found& newer) {
            return newer.isListed && newer.kept.state == found->kept.state;
        });
        const bool isEmpty = !found->kept.refusal && found->kept.state.open.empty();
        found->isListed = !found->lives && !isKnown && !isEmpty && listed < mostKeptWorkspaces;
        listed += found->isListed;
    }
    return all;
}

} // namespace

fs::path workspaceFolder() {
    const char* named = std::getenv("XDG_STATE_HOME");
    const char* home = std::getenv("HOME");
    const fs::path state = named && fs::path(named).is_absolute()
                               ? fs::path(named)
                               : fs::path(home ? home : "/tmp") / ".local" / "state";
    return state / "embellie" / "workspaces";
}

std::vector<KeptWorkspace> keptWorkspaces(const fs::path& folder) {
    std::vector<KeptWorkspace> kept;
    for (Found& found : lookInto(folder))
        if (found.isListed)
            kept.push_back(std::move(found.kept));
    return kept;
}

void tidyWorkspaces(const fs::path& folder) {
    constexpr auto Month = std::chrono::hours(24 * 30), Day = std::chrono::hours(24);
    std::error_code error;
    for (const Found& found : lookInto(folder)) {
        const bool mayBeWritten = found.lives || (found.isElsewhere && now() - found.written < Month);
        if (!found.isListed && !mayBeWritten)
            fs::remove(found.kept.file, error);
    }
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        std::error_code missing;
        if (at->path().extension() == ".part" && now() - timeOf(at->path()) > Day)
            fs::remove(at->path(), missing);
    }
}

struct WorkspaceKeeper::Shared {
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<WorkspaceState> next; ///< not written yet
    std::optional<TimePoint> when;      ///< of next
    std::vector<fs::path> replaced;     ///< to be removed once next is written
    std::optional<Error> problem;
    bool isAsked = false; ///< to remove those
    bool ends = false, ended = false;

    void work(const fs::path& file);
};

void WorkspaceKeeper::Shared::work(const fs::path& file) {
    std::optional<std::string> content; // the last one given
    std::unique_lock lock(mutex);
    while (true) {
        changed.wait(lock, [&] { return next || ends || (content && isAsked); });
        const bool isLast = ends && !next;
        isAsked = false;
        const std::optional<WorkspaceState> given = std::exchange(next, std::nullopt);
        const TimePoint at = when.value_or(now());
        const std::vector<fs::path> old =
            given || content ? std::exchange(replaced, {}) : std::vector<fs::path>();
        lock.unlock();
        constexpr TextPattern CantBeKept = EMBELLIE_TR("workspace", "the workspace can't be kept");
        std::optional<Error> trouble;
        try {
            if (given)
                content = workspaceToJson(*given, at);
            if (content) {
                fs::create_directories(file.parent_path());
                writeFileAtomically(file, isLast ? *content : withOwner(*content));
            }
        } catch (const Error& error) {
            trouble = error;
        } catch (const fs::filesystem_error& error) {
            trouble = systemError(CantBeKept, file, error.code().value());
        } catch (const std::exception& error) {
            trouble =
                Error(text(CantBeKept)).in(file).found(text(EMBELLIE_TR("workspace", "{0}"), error.what()));
        }
        for (const fs::path& path : old)
            if (std::error_code ignored; !trouble)
                fs::remove(path, ignored);
        lock.lock();
        if (trouble) {
            problem = trouble;
            replaced.insert(replaced.begin(), old.begin(), old.end());
        }
        if (isLast) {
            ended = true;
            changed.notify_all();
            return;
        }
    }
}

WorkspaceKeeper::WorkspaceKeeper(fs::path folder) : m_shared(std::make_shared<Shared>()) {
    static std::atomic<int> count{0};
    std::string name = isoTime(now());
    std::erase_if(name, [](char c) { return c == ':' || c == '-'; });
    m_file = std::move(folder) / (name + "-" + hostName() + "-" + std::to_string(::getpid()) + "-" +
                                  std::to_string(count++) + ".json");
    m_thread = std::thread([shared = m_shared, file = m_file] { shared->work(file); });
}

WorkspaceKeeper::~WorkspaceKeeper() {
    constexpr auto Patience = std::chrono::seconds(2);
    std::unique_lock lock(m_shared->mutex);
    m_shared->ends = true;
    m_shared->changed.notify_all();
    const bool ended = m_shared->changed.wait_for(lock, Patience, [this] { return m_shared->ended; });
    lock.unlock();
    if (ended)
        m_thread.join();
    else
        m_thread.detach();
}

void WorkspaceKeeper::keep(WorkspaceState state) {
    if (state.open.empty())
        return;
    if (state.view)
        state.view = finiteOnly(std::move(*state.view));
    if (state == m_last)
        return;
    m_last = state;
    const std::lock_guard lock(m_shared->mutex);
    m_shared->next = std::move(state);
    m_shared->when = now();
    m_shared->changed.notify_all();
}

void WorkspaceKeeper::takeOver(const KeptWorkspace& other) {
    if (!other.isLeft || other.file == m_file)
        return;
    const std::lock_guard lock(m_shared->mutex);
    m_shared->replaced.push_back(other.file);
    m_shared->isAsked = true;
    m_shared->changed.notify_all();
}

std::optional<Error> WorkspaceKeeper::takeProblem() {
    const std::lock_guard lock(m_shared->mutex);
    return std::exchange(m_shared->problem, std::nullopt);
}

} // namespace embellie
