#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

// File names are bytes; JSON and TOML are UTF-8.
namespace embellie {

/// RFC 4648, with padding.
std::string toBase64(std::string_view bytes);
std::optional<std::string> fromBase64(std::string_view text);

bool isUtf8(const std::string& bytes);
/// A text where the bytes are UTF-8, {"base64": …} where they are not.
nlohmann::json bytesToJson(const std::string& bytes);
/// Nothing where it is neither.
std::optional<std::string> optionalBytes(const nlohmann::json& value);

} // namespace embellie
