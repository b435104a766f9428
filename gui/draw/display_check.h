#pragma once

#include <chrono>

namespace embellie {

/// Whether the X display that DISPLAY names answers within @p limit: a line of ssh's that has gone refuses,
/// or is silent for ever. Needs no QGuiApplication, which would end the program. Where it is silent, a thread
/// that asks stays to the end of the program.
bool displayAnswers(std::chrono::milliseconds limit);

} // namespace embellie
