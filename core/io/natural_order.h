#pragma once

#include <string>

namespace embellie {

/// Orders names by the numbers in them: "dataset2" before "dataset10".
bool naturalLess(const std::string& a, const std::string& b);
/// "dataset2" is a numbered "dataset", "dataset" and "datasets" are none.
bool isNumbered(const std::string& name, const std::string& stem);

} // namespace embellie
