#include "core/learn/pulses.h"

#include "core/base/file.h"
#include "core/base/process.h"

#include <algorithm>
#include <condition_variable>
#include <csignal>
#include <fstream>

#include <nlohmann/json.hpp>

namespace embellie {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using nlohmann::json;
using std::chrono::milliseconds;

RankPulses::RankPulses(fs::path folder, int rank, int size, milliseconds timeout)
    : m_folder(std::move(folder)), m_rank(rank), m_size(size), m_timeout(timeout),
      m_interval(std::clamp<milliseconds>(timeout / 6, milliseconds(100), milliseconds(5000))) {
    writeFileAtomically(
        file("rank", rank),
        json{{"host", hostName()}, {"pid", ::getpid()}, {"start_ticks", processStartTicks(::getpid())}}
            .dump());
    m_thread = std::jthread([this](const std::stop_token& stop) { beat(stop); });
}

fs::path RankPulses::file(const char* kind, int rank) const {
    return m_folder / (std::string(kind) + "-" + std::to_string(rank));
}

/// Empty where it can't be read just now.
static std::string wordsOf(const fs::path& file) {
    try {
        return readFile(file);
    } catch (const Error&) {
        return {};
    }
}

void RankPulses::beat(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    for (std::uint64_t count = 1; !stop.stop_requested(); ++count) {
        std::ofstream(file("pulse", m_rank)) << count;
        {
            const std::lock_guard guard(m_mutex);
            for (auto& [rank, other] : m_others) {
                // An empty file is one that is just being written.
                if (std::string pulse = wordsOf(file("pulse", rank));
                    !pulse.empty() && pulse != other.pulse) {
                    other.pulse = std::move(pulse);
                    other.moved = Clock::now();
                }
            }
        }
        wake.wait_for(lock, stop, m_interval, [] { return false; });
    }
}

void RankPulses::stop() {
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
}

void RankPulses::sayDone() const {
    std::ofstream(file("done", m_rank)) << "done";
}

bool RankPulses::othersAreDone() const {
    std::error_code ignored;
    for (int rank = 0; rank < m_size; ++rank)
        if (rank != m_rank && !fs::exists(file("done", rank), ignored))
            return false;
    return true;
}

void RankPulses::learnOthers() {
    const std::lock_guard guard(m_mutex);
    for (int rank = 0; rank < m_size; ++rank) {
        if (rank == m_rank)
            continue;
        const json words = json::parse(wordsOf(file("rank", rank)), nullptr, false);
        Other other;
        if (words.is_object()) {
            other.host = words.value("host", "");
            other.pid = words.value("pid", 0);
            other.startTicks = words.value("start_ticks", 0ull);
        }
        other.moved = Clock::now();
        m_others[rank] = other;
    }
}

bool RankPulses::isGone(const Other& other) const {
    return other.host == hostName() && other.pid > 0 &&
           (!processIsAlive(other.pid) || processStartTicks(other.pid) != other.startTicks);
}

std::optional<RanksLost> RankPulses::leftWord() const {
    for (int rank = 0; rank < m_size; ++rank) {
        if (rank == m_rank)
            continue;
        std::error_code ignored;
        for (const bool memory : {false, true}) {
            const fs::path word = file(memory ? "memory" : "left", rank);
            if (fs::exists(word, ignored))
                return RanksLost(memory ? RanksLost::Why::Memory : RanksLost::Why::Failed, rank,
                                 wordsOf(word));
        }
    }
    return std::nullopt;
}

std::optional<RanksLost> RankPulses::signOf(int rank, milliseconds silence) const {
    const std::lock_guard guard(m_mutex);
    const Other& other = m_others.at(rank);
    if (isGone(other))
        return RanksLost(RanksLost::Why::Gone, rank,
                         text(EMBELLIE_TR("learn", "process {0} of {1} (number {2} on {3}) is gone"),
                              rank + 1, m_size, other.pid, other.host)
                             .english());
    if (Clock::now() - other.moved < silence)
        return std::nullopt;
    return RanksLost(
        RanksLost::Why::Silent, rank,
        text(EMBELLIE_TR("learn",
                         "process {0} of {1} (number {2} on {3}) has given no sign of life for {4} s"),
             rank + 1, m_size, other.pid, other.host,
             std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - other.moved).count())
            .english());
}

bool RankPulses::anyoneSilent() const {
    for (int rank = 0; rank < m_size; ++rank)
        if (rank != m_rank && signOf(rank, m_timeout))
            return true;
    return false;
}

bool RankPulses::anyoneLeft() const {
    return leftWord().has_value();
}

RanksLost RankPulses::whoIsLost(const std::string& why) const {
    const bool known = [&] {
        const std::lock_guard guard(m_mutex);
        return !m_others.empty();
    }();
    for (int turn = 0; turn < 20; ++turn) {
        if (auto word = leftWord())
            return *word;
        for (int rank = 0; known && rank < m_size; ++rank)
            if (rank != m_rank)
                if (auto sign = signOf(rank, std::max<milliseconds>(3 * m_interval, milliseconds(500))))
                    if (turn > 2 || sign->why() == RanksLost::Why::Silent) // a last word comes before the end
                        return *sign;
        std::this_thread::sleep_for(milliseconds(100));
    }
    return {RanksLost::Why::Silent, -1,
            text(EMBELLIE_TR("learn", "the processes of this run have lost one another: {0}"),
                 why.substr(0, why.find('\n')))
                .english()};
}

void RankPulses::leave(const std::string& sentence, bool memory) const {
    try {
        writeFileAtomically(file(memory ? "memory" : "left", m_rank), sentence);
    } catch (const Error&) {
        // The others see by themselves that we are gone, only without a reason.
    }
}

void RankPulses::endFirst() const {
    const std::lock_guard guard(m_mutex);
    const auto first = m_others.find(0);
    if (first == m_others.end() || first->second.host != hostName() || isGone(first->second))
        return;
    ::kill(first->second.pid, SIGKILL);
    for (int turn = 0; turn < 50 && !isGone(first->second); ++turn)
        std::this_thread::sleep_for(milliseconds(20));
}

} // namespace embellie
