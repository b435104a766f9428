#pragma once

#include "core/run/run_directory.h"

namespace embellie {

/// Role in RunRequest::data of one weights.safetensors that a training begins with, instead of random numbers
/// (fine-tuning). Every task knows it; the files of the other roles decide what is learnt.
inline constexpr char StartRole[] = "weights";

/// Asks for these weights. Does nothing for an empty @p runOrFile.
/// @param runOrFile a run directory (its best weights), a weights file, or one on a site ("hal:/…")
/// @throws Error where a run has none yet
void startFrom(RunRequest& request, const std::string& runOrFile);

} // namespace embellie
