#pragma once

#include "core/base/error.h"
#include "core/io/source.h"

#include <string>

namespace embellie::test {

/// What is told where a file can't be opened; empty where it can.
inline std::string refusalOf(const std::filesystem::path& file) {
    try {
        openSource(file);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

} // namespace embellie::test
