#pragma once

#include "core/run/run_directory.h"

#include <filesystem>
#include <optional>
#include <string>

namespace embellie {

/// mirror.json of a run that executes on a machine without a shared disk: the local folder then mirrors the
/// far one. Written by whoever keeps the mirror, replaced as a whole.
struct MirrorLink {
    std::string site;  ///< id
    std::string run;   ///< absolute path of the run directory over there; empty before it was sent
    std::string token; ///< names this launch for certain, here and there
    TimePoint heard{}; ///< when the far side was last heard, by our clock; 0: never
    std::optional<RunStatus> status; ///< as the far side judges it: it alone can see that a run was lost
    std::string queue; ///< JSON of the job's place in the queue, as the far site's watch gave it; empty: none
    std::string problem; ///< the last one, one sentence; empty while it works
};

/// Nothing where the run executes here or on a shared disk. @throws Error of a newer format
std::optional<MirrorLink> readMirrorLink(const std::filesystem::path& run);
void writeMirrorLink(const std::filesystem::path& run, const MirrorLink& link); ///< @throws Error

} // namespace embellie
