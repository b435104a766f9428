#pragma once

#include "core/command/command.h"

#include <sstream>
#include <string>
#include <vector>

namespace embellie::test {

struct Answer {
    int status = 0;
    std::string out, err;
};

/// The command line in this process; @p words without the program's name.
inline Answer call(std::vector<std::string> words) {
    words.insert(words.begin(), "embellie-cli");
    std::vector<const char*> pointers;
    for (const std::string& word : words)
        pointers.push_back(word.c_str());
    std::ostringstream out, err;
    const int status = runCommandLine(static_cast<int>(pointers.size()), pointers.data(), out, err);
    return {status, out.str(), err.str()};
}

} // namespace embellie::test
