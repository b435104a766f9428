#include "core/launch/mirror.h"

#include "core/base/file.h"
#include "core/launch/job_watch.h"
#include "core/launch/relay_wire.h"

#include <cerrno>
#include <condition_variable>
#include <deque>
#include <fstream>
#include <thread>

namespace embellie {

namespace fs = std::filesystem;
using nlohmann::json;
using Clock = std::chrono::steady_clock;
using relay::bytesFromJson;
using relay::bytesToJson;

namespace {

constexpr const char* Growing[] = {"events.jsonl", "data.jsonl", "log.txt"};
constexpr const char* Whole[] = {"split.json", "launch.json", "state.json"}; ///< the state last
constexpr auto HeardEvery =
    std::chrono::seconds(5); ///< mirror.json says at least so often that the line lives

MirrorLink linkOf(const fs::path& run) {
    const auto link = readMirrorLink(run);
    if (!link || link->run.empty())
        throw Error(text(EMBELLIE_TR("launch", "this run executes here: it is no mirror"))).in(run);
    return *link;
}

/// What is here already.
json pollQuestion(const fs::path& run, const MirrorLink& link, const LaunchSite& site) {
    json have = json::object();
    std::error_code missing;
    for (const char* name : Growing) {
        const auto size = fs::file_size(run / name, missing);
        have[name] = missing ? 0 : size;
    }
    for (const char* name : Whole)
        have[name] = fs::exists(run / name, missing) ? sha256(readFile(run / name)) : "";
    return {{"run", bytesToJson(link.run)},
            {"have", have},
            {"every_ms", std::chrono::milliseconds(site.pollEvery).count()}};
}

/// Takes what was added where the file is still as long as when it was asked for: another program may keep
/// the same mirror.
bool grow(const fs::path& file, const json& part) {
    std::error_code missing;
    const auto size = fs::file_size(file, missing);
    if ((missing ? 0 : size) != part.at("known").get<std::uintmax_t>())
        return false;
    const std::string bytes = bytesFromJson(part.at("data"));
    std::ofstream out(file,
                      std::ios::binary | (part.at("anew").get<bool>() ? std::ios::trunc : std::ios::app));
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out)
        throw systemError(EMBELLIE_TR("file", "the file can't be written"), file, errno);
    return true;
}

struct Applied {
    MirrorLink link;
    bool changed = false, unfinished = false;
};

Applied applyAnswer(const fs::path& run, const json& is, Feedback* feedback = nullptr) {
    const relay::FileLock lock(RunPaths{run}.control() / "mirror.lock", feedback);
    Applied applied{linkOf(run)};
    MirrorLink& link = applied.link;
    const MirrorLink before = link;
    const json& grown = is.at("grown");
    for (const char* name : Growing)
        if (grown.contains(name) && grow(run / name, grown[name]))
            applied.changed = true;
    for (const char* name : Whole)
        if (is.at("files").contains(name)) {
            writeFileAtomically(run / name, bytesFromJson(is["files"][name]));
            applied.changed = true;
        }
    link.status = runStatusOf(is.value("status", ""));
    link.queue = is.contains("queue") ? is["queue"].dump() : "";
    link.problem.clear();
    applied.unfinished = is.value("unfinished", false);
    applied.changed = applied.changed || link.status != before.status || link.queue != before.queue ||
                      link.problem != before.problem;
    link.heard = now();
    if (applied.changed || link.heard - before.heard >= HeardEvery)
        writeMirrorLink(run, link);
    return applied;
}

} // namespace

MirrorLink updateMirror(const fs::path& run, RelayClient& line, Feedback& feedback,
                        std::chrono::milliseconds patience) {
    while (true) {
        const MirrorLink link = linkOf(run);
        const Applied applied = applyAnswer(
            run, line.call("poll", pollQuestion(run, link, siteOf(link.site)), feedback, patience),
            &feedback);
        if (!applied.unfinished)
            return applied.link;
    }
}

/// Intervals between two looks at a run at work of which there is no news.
static constexpr int RestingAfter = 4;

struct Mirrors::Inner {
    /// A run that is watched.
    struct Watched {
        std::shared_ptr<RelayClient> line;
        Clock::time_point next{};
        std::chrono::milliseconds wait{0};
        bool asked = false;
        int round = 0;                 ///< tells an answer to an earlier watch()
        std::optional<LineState> told; ///< state of the line that was told last
    };
    /// What came back; nothing was answered where result is empty.
    struct Came {
        fs::path run;
        int round = 0;
        std::optional<json> result;
        std::string problem;
    };
    /// Shared with the answers of lines, which may come after the end of the Mirrors.
    struct Inbox {
        std::mutex mutex;
        std::condition_variable_any changed;
        std::deque<Came> came;
        bool stirred = false;
    };

    Lines& lines;
    std::chrono::milliseconds interval;
    std::shared_ptr<Inbox> inbox = std::make_shared<Inbox>();
    mutable std::mutex mutex;
    std::map<fs::path, Watched> watched;
    std::function<void(const fs::path&)> told;
    int rounds = 0;
    std::jthread thread;

    Inner(Lines& ownLines, std::chrono::milliseconds ownInterval) : lines(ownLines), interval(ownInterval) {}

    void stir() const {
        const std::lock_guard lock(inbox->mutex);
        inbox->stirred = true;
        inbox->changed.notify_all();
    }

    void tell(const fs::path& run) {
        std::function<void(const fs::path&)> call;
        {
            const std::lock_guard lock(mutex);
            call = told;
        }
        if (call)
            call(run);
    }

    /// Asks for one run. @return whether it was news that it can't be asked for
    void ask(const fs::path& run) {
        std::shared_ptr<RelayClient> line;
        json question;
        int round;
        try {
            const MirrorLink link = linkOf(run);
            const LaunchSite site = siteOf(link.site);
            line = lines.to(site);
            question = pollQuestion(run, link, site);
        } catch (const std::exception& error) {
            came({run, 0, std::nullopt, error.what()});
            return;
        }
        {
            const std::lock_guard lock(mutex);
            const auto found = watched.find(run);
            if (found == watched.end())
                return;
            found->second.line = line;
            round = found->second.round;
        }
        line->ask("poll", std::move(question),
                  [inbox = inbox, run, round](const json* result, const Error* problem) {
                      const std::lock_guard lock(inbox->mutex);
                      inbox->came.push_back({run, round, result ? std::optional<json>(*result) : std::nullopt,
                                             problem ? problem->what() : ""});
                      inbox->changed.notify_all();
                  });
    }
    void came(Came one) const {
        const std::lock_guard lock(inbox->mutex);
        inbox->came.push_back(std::move(one));
    }

    /// Over, and no job is about to change that.
    static bool settled(const MirrorLink& link) {
        if (!link.status || !isOver(*link.status))
            return false;
        const JobPhase phase = link.queue.empty()
                                   ? JobPhase::Unknown
                                   : jobStatusFrom(json::parse(link.queue, nullptr, false)).phase;
        return phase != JobPhase::Waiting && phase != JobPhase::Running && phase != JobPhase::Ending;
    }

    void take(const Came& one) {
        Applied applied;
        bool problem = !one.result;
        if (one.result) {
            try {
                applied = applyAnswer(one.run, *one.result);
            } catch (const std::exception&) {
                problem = true; // a disk that is full, a run that was deleted: tried again, ever more rarely
            }
        } else {
            try {
                MirrorLink link = linkOf(one.run);
                if (link.problem != one.problem) {
                    link.problem = one.problem;
                    writeMirrorLink(one.run, link);
                    applied.changed = true;
                }
            } catch (const std::exception&) {
            }
        }
        {
            const std::lock_guard lock(mutex);
            const auto found = watched.find(one.run);
            if (found == watched.end() || (one.round != 0 && found->second.round != one.round))
                return;
            Watched& entry = found->second;
            entry.asked = false;
            const auto least = problem ? 2 * interval : interval;
            if (applied.unfinished)
                entry.wait = std::chrono::milliseconds(0);
            else if (applied.changed)
                entry.wait = interval;
            else // one that is over may be continued by somebody: it is looked at ever more rarely
                entry.wait = std::clamp(2 * entry.wait, least,
                                        (problem || settled(applied.link) ? 30 : RestingAfter) * interval);
            entry.next = Clock::now() + entry.wait;
        }
        if (applied.changed)
            tell(one.run);
    }

    void work(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            std::deque<Came> answers;
            {
                std::unique_lock lock(inbox->mutex);
                inbox->changed.wait_for(lock, stop, std::min(interval, std::chrono::milliseconds(250)),
                                        [this] { return inbox->stirred || !inbox->came.empty(); });
                inbox->stirred = false;
                answers.swap(inbox->came);
            }
            for (const Came& one : answers)
                take(one);
            std::vector<fs::path> due, lineChanged;
            {
                const std::lock_guard lock(mutex);
                const auto time = Clock::now();
                for (auto& [run, entry] : watched) {
                    if (!entry.asked && entry.next <= time) {
                        entry.asked = true;
                        due.push_back(run);
                    }
                    if (entry.line) {
                        const LineState state = entry.line->status().state;
                        if (entry.told != state) {
                            entry.told = state;
                            lineChanged.push_back(run);
                        }
                    }
                }
            }
            for (const fs::path& run : due)
                if (!stop.stop_requested())
                    ask(run);
            for (const fs::path& run : lineChanged)
                tell(run);
        }
    }
};

Mirrors::Mirrors(Lines& lines, std::chrono::milliseconds interval) : m_inner(new Inner(lines, interval)) {
    m_inner->thread = std::jthread([inner = m_inner.get()](std::stop_token stop) { inner->work(stop); });
}

Mirrors::~Mirrors() = default;

void Mirrors::watch(const fs::path& run) {
    std::error_code ignored;
    if (!fs::exists(run / "mirror.json", ignored))
        return;
    {
        const std::lock_guard lock(m_inner->mutex);
        const auto [found, isNew] = m_inner->watched.try_emplace(run);
        Inner::Watched& entry = found->second;
        if (!isNew) { // whoever looks again and again must not make a slow line slower
            if (!entry.asked && entry.wait > RestingAfter * m_inner->interval)
                entry.next = std::min(entry.next, Clock::now() + m_inner->interval);
            return;
        }
        entry.next = Clock::now();
        entry.round = ++m_inner->rounds;
    }
    m_inner->stir();
}

void Mirrors::unwatch(const fs::path& run) {
    const std::lock_guard lock(m_inner->mutex);
    m_inner->watched.erase(run);
}

std::optional<LineStatus> Mirrors::line(const fs::path& run) const {
    std::shared_ptr<RelayClient> line;
    {
        const std::lock_guard lock(m_inner->mutex);
        const auto found = m_inner->watched.find(run);
        if (found == m_inner->watched.end())
            return std::nullopt;
        line = found->second.line;
    }
    return line ? std::optional(line->status()) : std::nullopt;
}

void Mirrors::onChange(std::function<void(const fs::path&)> told) {
    const std::lock_guard lock(m_inner->mutex);
    m_inner->told = std::move(told);
}

} // namespace embellie
