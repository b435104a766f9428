#include "core/base/file.h"
#include "core/base/presence.h"
#include "core/base/process.h"
#include "core/run/launch_record.h"
#include "core/run/mirror_link.h"
#include "core/run/run_json.h"

#include <algorithm>
#include <fstream>

namespace embellie {

namespace fs = std::filesystem;

RunReader::RunReader(fs::path run) : m_paths{std::move(run)}, m_request(readRunRequest(m_paths.run)) {}
RunReader::~RunReader() = default;
RunReader::RunReader(RunReader&&) noexcept = default;
RunReader& RunReader::operator=(RunReader&&) noexcept = default;

// Between a rename and a network disk's cache a file may be missing for a moment: that is no news.
static std::optional<std::string> readIfThere(const fs::path& file) {
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return std::nullopt;
    try {
        return readFile(file);
    } catch (const Error&) {
        if (!fs::exists(file, ignored))
            return std::nullopt;
        throw;
    }
}

/// Its process was started here, and is gone without having written its first state.
static bool diedBefore(const RunPaths& paths) {
    const auto record = readLaunchRecord(paths.run);
    return record && record->executor == "here" && record->pid > 0 && record->host == hostName() &&
           !isAlive(*record) && !isPresent(paths.state()); // it may have written and ended meanwhile
}

RunReader::Update RunReader::poll() {
    Update update;
    const auto mirror = readMirrorLink(m_paths.run);
    m_mirror = mirror ? std::make_unique<MirrorLink>(*mirror) : nullptr;
    if (const auto content = readIfThere(m_paths.state()); content && *content != m_stateText) {
        m_stateText = *content;
        auto state = detail::parseState(*content, m_paths.state());
        if (state &&
            (!m_state || m_state->heartbeat != state->heartbeat || m_state->attempt != state->attempt))
            m_heartbeatSeen = std::chrono::steady_clock::now();
        update.stateChanged = state.has_value();
        if (state)
            m_state = std::move(state);
    }

    m_diedBefore = !m_state && !mirror && diedBefore(m_paths);

    std::error_code missing;
    const auto size = fs::file_size(m_paths.events(), missing);
    if (missing || size == m_read)
        return update;
    if (size < m_read) { // another run took the folder's name
        m_read = 0;
        m_half.clear();
        m_events.clear();
        update.keepsUpTo = 0;
    }
    std::ifstream file(m_paths.events(),
                       std::ios::binary); // opened anew each time: network disks then show what is new
    file.seekg(static_cast<std::streamoff>(m_read));
    std::string added(size - m_read, '\0');
    file.read(added.data(), static_cast<std::streamsize>(added.size()));
    added.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, file.gcount())));
    m_read += added.size();
    m_half += added;

    std::size_t begin = 0;
    for (std::size_t end; (end = m_half.find('\n', begin)) != std::string::npos; begin = end + 1) {
        auto event = parseEvent(m_half.substr(begin, end - begin));
        if (!event)
            continue; // half a line, left by a trainer that died while it wrote
        if (event->kind == "resumed") {
            const auto keeps = event->values.find("keeps");
            const std::int64_t last =
                keeps == event->values.end() ? event->number - 1 : static_cast<std::int64_t>(keeps->second);
            const auto isVoid = [&](const RunEvent& known) {
                return known.number > last && known.attempt < event->attempt;
            };
            std::erase_if(m_events, isVoid);
            std::erase_if(update.events, isVoid);
            update.keepsUpTo = std::min(last, update.keepsUpTo.value_or(last));
        }
        m_events.push_back(*event);
        update.events.push_back(std::move(*event));
    }
    m_half.erase(0, begin);
    return update;
}

RunStatus RunReader::status(std::chrono::seconds silence) const {
    const bool mirrored = m_mirror && !m_mirror->run.empty();
    if (!m_state && m_diedBefore)
        return RunStatus::Lost;
    if (!m_state)
        return mirrored ? m_mirror->status.value_or(RunStatus::Waiting) : RunStatus::Waiting;
    switch (m_state->phase) {
    case RunPhase::Finished:
        return RunStatus::Finished;
    case RunPhase::Failed:
        return RunStatus::Failed;
    case RunPhase::Cancelled:
        return RunStatus::Cancelled;
    case RunPhase::Starting:
    case RunPhase::Running:
    case RunPhase::Stopping:
        break;
    }
    if (m_state->phase == RunPhase::Starting && m_state->pid == 0)
        return RunStatus::Waiting; // it ended at a checkpoint and shall be continued
    // Only the far side sees its processes and jobs. That the run is over is believed when its state came.
    if (mirrored && m_mirror->status && !isOver(*m_mirror->status))
        return *m_mirror->status;
    const bool here = !mirrored && m_state->host == hostName();
    if (here && !detail::processIsThere(m_state->host, m_state->pid, m_state->startTicks))
        return RunStatus::Lost;
    if (!here && !mirrored && std::chrono::steady_clock::now() - m_heartbeatSeen > silence)
        return RunStatus::Lost;
    if (m_state->phase == RunPhase::Starting)
        return RunStatus::Starting;
    return m_state->phase == RunPhase::Running ? RunStatus::Running : RunStatus::Stopping;
}

static RunSummary summaryOf(const fs::path& run) {
    RunSummary summary{.run = run, .request = {}, .state = {}, .status = RunStatus::Waiting, .problem = {}};
    try {
        RunReader reader(run);
        summary.request = reader.request();
        reader.poll();
        summary.state = reader.state();
        summary.status = reader.status();
    } catch (const Error& error) {
        summary.problem = error;
    }
    return summary;
}

std::vector<RunSummary> listRuns(const fs::path& folder) {
    if (isRunDirectory(folder))
        return {summaryOf(folder)};
    std::error_code error;
    fs::directory_iterator entries(folder, error);
    if (error)
        throw systemError(EMBELLIE_TR("run", "the folder of runs can't be read"), folder, error.value());
    std::vector<RunSummary> runs;
    for (const auto& entry : entries)
        if (isRunDirectory(entry.path()) && !entry.path().filename().string().starts_with('.'))
            runs.push_back(summaryOf(entry.path()));
    std::sort(runs.begin(), runs.end(), [](const RunSummary& a, const RunSummary& b) {
        return a.request.created != b.request.created ? a.request.created > b.request.created : a.run < b.run;
    });
    return runs;
}

} // namespace embellie
