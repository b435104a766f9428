#pragma once

#include <string>

namespace embellie {

/// Orders names by the numbers in them: "dataset2" before "dataset10".
bool naturalLess(const std::string& a, const std::string& b);

} // namespace embellie
