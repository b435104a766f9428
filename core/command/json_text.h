#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace embellie {

/// JSON for --json, on one line unless @p indent is given. Names of files need not be UTF-8: what is not is
/// replaced.
inline std::string jsonText(const nlohmann::json& value, int indent = -1) {
    return value.dump(indent, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace embellie
