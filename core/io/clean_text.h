#pragma once

#include <string>

namespace embellie {

/// A text out of a file as UTF-8, cut at its first zero byte, without blanks at its end. What is not UTF-8 is
/// taken as Latin-1, in which every byte has a meaning.
std::string cleanText(std::string text);

} // namespace embellie
