#pragma once

#include <string>
#include <vector>

namespace embellie {

/// Runs embellie-learn to its end. @throws Error with its own sentence where it fails
void runLearner(const std::vector<std::string>& arguments);

} // namespace embellie
