#include "core/run/run_writer.h"

#include "core/base/file.h"
#include "core/base/presence.h"
#include "core/base/process.h"
#include "core/run/run_json.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

namespace embellie {

namespace fs = std::filesystem;
using nlohmann::json;

static void writeAll(int file, std::string_view bytes, const fs::path& path) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(file, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            throw systemError(EMBELLIE_TR("run", "the run can't be recorded"), path, errno);
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

static std::uint64_t heartbeatOf(const fs::path& run) {
    try {
        const auto state = detail::parseState(readFile(RunPaths{run}.state()), RunPaths{run}.state());
        return state ? state->heartbeat : 0;
    } catch (const Error&) {
        return 0;
    }
}

static Error lockedBy(const fs::path& run, const std::string& host, pid_t pid) {
    return Error(text(EMBELLIE_TR("run", "another trainer is at work on this run: process {0} on {1}"), pid,
                      host))
        .in(run)
        .remedy(text(EMBELLIE_TR("run", "follow that one, or stop it first")));
}

RunLock::RunLock(const fs::path& run, std::chrono::milliseconds silence) {
    const fs::path path = RunPaths{run}.lock();
    m_file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (m_file < 0)
        throw systemError(EMBELLIE_TR("run", "the run can't be locked"), path, errno);
    // The content is read through the descriptor: the path may be of an older moment on a network disk.
    char content[1024] = {};
    const ssize_t count = ::pread(m_file, content, sizeof content - 1, 0);
    const json owner = json::parse(
        std::string(content, static_cast<std::size_t>(std::max<ssize_t>(0, count))), nullptr, false);
    const std::string host = owner.is_object() ? detail::valueOr<std::string>(owner, "host", "") : "";
    const pid_t pid = owner.is_object() ? detail::valueOr<pid_t>(owner, "pid", 0) : 0;
    const auto refuse = [&] {
        ::close(m_file);
        return lockedBy(run, host.empty() ? "an unknown machine" : host, pid);
    };
    if (::flock(m_file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        throw refuse();
    if (!host.empty()) {
        const bool sameHost = host == hostName();
        if (sameHost && pid != ::getpid() &&
            detail::processIsThere(host, pid, detail::valueOr<unsigned long long>(owner, "start_ticks", 0)))
            throw refuse();
        if (!sameHost) {
            const std::uint64_t before = heartbeatOf(run);
            const auto end = std::chrono::steady_clock::now() + silence;
            while (std::chrono::steady_clock::now() < end) {
                std::this_thread::sleep_for(
                    std::min<std::chrono::milliseconds>(silence / 10, std::chrono::seconds(2)));
                if (heartbeatOf(run) != before)
                    throw refuse();
            }
        }
        m_takenOver = text(EMBELLIE_TR("run", "the trainer before this one (process {0} on {1}) ended "
                                              "without saying so; its place is taken"),
                           pid, host)
                          .english();
    }
    const std::string mine =
        json{{"host", hostName()}, {"pid", ::getpid()}, {"start_ticks", processStartTicks(::getpid())}}
            .dump() +
        "\n";
    try {
        if (::ftruncate(m_file, 0) != 0 || ::lseek(m_file, 0, SEEK_SET) != 0)
            throw systemError(EMBELLIE_TR("run", "the run can't be locked"), path, errno);
        writeAll(m_file, mine, path);
    } catch (...) {
        ::close(m_file);
        throw;
    }
}

RunLock::~RunLock() {
    // The file stays, empty: removing it would let two others lock two different files of one name.
    [[maybe_unused]] const int emptied = ::ftruncate(m_file, 0);
    ::close(m_file);
}

RunWriter::RunWriter(fs::path run) : m_paths{std::move(run)} {
    if (isPresent(m_paths.state()))
        if (const auto former = detail::parseState(readFile(m_paths.state()), m_paths.state())) {
            m_state.attempt = former->attempt + 1;
            m_state.heartbeat = former->heartbeat;
            m_state.checkpoint = former->checkpoint;
            m_state.bestEpoch = former->bestEpoch;
            m_state.bestScores = former->bestScores;
        }
    m_state.host = hostName();
    m_state.pid = ::getpid();
    m_state.startTicks = processStartTicks(m_state.pid);

    bool endsHalf = false;
    if (isPresent(m_paths.events())) {
        const std::string known = readFile(m_paths.events());
        endsHalf = !known.empty() && known.back() != '\n';
        std::size_t begin = 0;
        for (std::size_t end; (end = known.find('\n', begin)) != std::string::npos; begin = end + 1)
            if (const auto event = parseEvent(known.substr(begin, end - begin)))
                m_lastEvent = std::max(m_lastEvent, event->number);
    }
    m_events = ::open(m_paths.events().c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    if (m_events < 0)
        throw systemError(EMBELLIE_TR("run", "the run can't be recorded"), m_paths.events(), errno);
    try {
        if (endsHalf)
            writeAll(m_events, "\n", m_paths.events());
        write();
    } catch (...) {
        ::close(m_events);
        throw;
    }
}

RunWriter::~RunWriter() {
    ::close(m_events);
}

std::int64_t RunWriter::lastEvent() const {
    const std::lock_guard guard(m_mutex);
    return m_lastEvent;
}

void RunWriter::append(RunEvent event) {
    const std::lock_guard guard(m_mutex);
    event.number = m_lastEvent + 1;
    event.attempt = m_state.attempt;
    event.time = now();
    const std::string line = eventLine(event);
    const off_t end = ::lseek(m_events, 0, SEEK_END);
    try {
        writeAll(m_events, line, m_paths.events());
    } catch (...) {
        // Half a line on a full disk would swallow the next one.
        [[maybe_unused]] const int cut = end >= 0 ? ::ftruncate(m_events, end) : 0;
        throw;
    }
    m_lastEvent = event.number;
}

void RunWriter::update(const std::function<void(RunState&)>& change) {
    const std::lock_guard guard(m_mutex);
    change(m_state);
    write();
}

RunState RunWriter::state() const {
    const std::lock_guard guard(m_mutex);
    return m_state;
}

void RunWriter::write() {
    ++m_state.heartbeat;
    m_state.updated = now();
    writeFileAtomically(m_paths.state(), detail::stateText(m_state));
}

StopRequest stopRequest(const fs::path& run) {
    const RunPaths paths{run};
    std::error_code ignored;
    if (fs::exists(paths.discard(), ignored))
        return StopRequest::Discard;
    return fs::exists(paths.stopKeep(), ignored) ? StopRequest::Keep : StopRequest::None;
}

void clearStopRequests(const fs::path& run) {
    const RunPaths paths{run};
    for (const fs::path& file : {paths.stopKeep(), paths.discard()}) {
        std::error_code error;
        fs::remove(file, error);
        if (error)
            throw systemError(EMBELLIE_TR("run", "the request to stop can't be taken away"), file,
                              error.value());
    }
}

} // namespace embellie
