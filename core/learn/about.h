#pragma once

#include <string>

namespace embellie {

/// "LibTorch 1.13.0, no CUDA": what this program learns with.
std::string learnerWords();

} // namespace embellie
