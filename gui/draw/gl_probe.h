#pragma once

#include "core/base/text.h"

#include <filesystem>
#include <string>

namespace embellie {

/// Whether OpenGL can draw here without a display.
struct GlProbe {
    enum class Answer { Unknown, Works, Fails };
    Answer answer = Answer::Unknown;
    bool software = true;                  ///< the processor draws (llvmpipe)
    std::string device, renderer, version; ///< "surfaceless"; "llvmpipe (LLVM 15.0.6, 256 bits)"
    Text reason;                           ///< why not
};

/// Runs embellie-glprobe as a child, since drivers crash and hang; takes some 40 ms, at most 10 s: not for
/// the main thread. A child that dies or says nothing is a failure told in reason.
GlProbe runGlProbe(const std::filesystem::path& program);
/// The one beside the running program.
GlProbe runGlProbe();

} // namespace embellie
