#pragma once

#include <chrono>
#include <memory>

namespace embellie {

/// A connection to the X display that DISPLAY names, where it answers within @p limit, else null: a line of
/// ssh's that has gone refuses, or is silent for ever. Needs no QGuiApplication, which would end the program.
/// It is to be held until the next one stands: a server whose last client leaves begins anew, and refuses
/// whoever comes just then. Where the display is silent, a thread that asks stays to the end of the program.
std::shared_ptr<void> displayThatAnswers(std::chrono::milliseconds limit);

} // namespace embellie
