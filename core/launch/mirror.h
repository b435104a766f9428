#pragma once

#include "core/launch/lines.h"
#include "core/run/mirror_link.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace embellie {

/// Brings what is new of a far run into its local folder: state.json, launch facts, split.json as a whole,
/// events.jsonl, data.jsonl and log.txt by what was appended, and writes mirror.json. Several programs may do
/// so at once. @param line of the run's site @return what mirror.json says now @throws Error, Cancelled; a
/// line without an answer within @p patience is an Error
MirrorLink updateMirror(const std::filesystem::path& run, RelayClient& line, Feedback& feedback,
                        std::chrono::milliseconds patience = std::chrono::seconds(30));

/// Keeps the mirrors of chosen runs up to date on a thread of its own. Runs that are no mirrors are left
/// alone. Thread-safe.
class Mirrors {
public:
    /// @param lines outlives this
    explicit Mirrors(Lines& lines, std::chrono::milliseconds interval = std::chrono::seconds(1));
    ~Mirrors();
    Mirrors(const Mirrors&) = delete;
    Mirrors& operator=(const Mirrors&) = delete;

    /// From now on, and at once; a run that is over is then looked at ever more rarely (to 30 intervals),
    /// unless it is asked for again. One question of a run is on its way at a time, however often this is
    /// called.
    void watch(const std::filesystem::path& run);
    void unwatch(const std::filesystem::path& run);
    /// How the line of that run stands; nothing where it is no mirror or not watched.
    std::optional<LineStatus> line(const std::filesystem::path& run) const;
    /// Called on the own thread after a run's mirror changed, or its line's state did.
    void onChange(std::function<void(const std::filesystem::path& run)> told);

private:
    struct Inner;
    std::unique_ptr<Inner> m_inner;
};

} // namespace embellie
