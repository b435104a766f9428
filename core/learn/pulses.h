#pragma once

#include "core/learn/ranks.h"

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <sys/types.h>
#include <thread>
#include <vector>

namespace embellie {

/// Files in the folder where ranks meet: who each is, that it lives, and its last word. Tells a rank that
/// died from one that is only busy. Thread-safe.
class RankPulses {
public:
    RankPulses(std::filesystem::path folder, int rank, int size, std::chrono::milliseconds timeout);

    /// Who the others are; after all have come.
    void learnOthers();
    /// A pulse of another that stood still for the time-out, or a process that is gone.
    bool anyoneSilent() const;
    /// A last word lies there.
    bool anyoneLeft() const;
    /// Why an exchange failed: waits a moment for the signs. @p why what the library said
    RanksLost whoIsLost(const std::string& why) const;
    void leave(const std::string& sentence, bool memory) const;
    /// Kills rank 0 on this machine.
    void endFirst() const;
    void stop();
    /// The last thing that a rank writes, after a good end.
    void sayDone() const;
    bool othersAreDone() const;

private:
    struct Other {
        std::string host;
        pid_t pid = 0;
        unsigned long long startTicks = 0;
        std::string pulse;
        std::chrono::steady_clock::time_point moved{};
    };
    std::filesystem::path file(const char* kind, int rank) const;
    void beat(const std::stop_token& stop);
    bool isGone(const Other& other) const;
    std::optional<RanksLost> leftWord() const;
    std::optional<RanksLost> signOf(int rank, std::chrono::milliseconds silence) const;

    const std::filesystem::path m_folder;
    const int m_rank, m_size;
    const std::chrono::milliseconds m_timeout, m_interval;
    mutable std::mutex m_mutex;
    std::map<int, Other> m_others;
    std::jthread m_thread; // last: it ends first
};

} // namespace embellie
