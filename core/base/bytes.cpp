#include "core/base/bytes.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

namespace embellie {

using nlohmann::json;

static constexpr std::string_view Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string toBase64(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4, '=');
    std::size_t out = 0;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto byte = [&](std::size_t at) {
            return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0u;
        };
        const unsigned word = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
        const std::size_t here = std::min<std::size_t>(3, bytes.size() - i) + 1;
        for (std::size_t k = 0; k < here; ++k)
            text[out + k] = Digits[word >> (18 - 6 * k) & 63];
        out += 4;
    }
    return text;
}

static std::array<signed char, 256> digitValues() {
    std::array<signed char, 256> values;
    values.fill(-1);
    for (std::size_t i = 0; i < Digits.size(); ++i)
        values[static_cast<unsigned char>(Digits[i])] = static_cast<signed char>(i);
    return values;
}

std::optional<std::string> fromBase64(std::string_view text) {
    static const std::array<signed char, 256> values = digitValues();
    if (text.size() % 4 != 0)
        return std::nullopt;
    std::size_t digits = text.size();
    while (digits > 0 && text.size() - digits < 2 && text[digits - 1] == '=')
        --digits;
    std::string bytes;
    bytes.reserve(digits * 3 / 4);
    unsigned word = 0, bits = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        const signed char value = values[static_cast<unsigned char>(text[i])];
        if (value < 0)
            return std::nullopt;
        word = word << 6 | static_cast<unsigned>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>(word >> bits & 255);
        }
    }
    return bytes;
}

bool isUtf8(const std::string& bytes) {
    try {
        (void)json(bytes).dump();
        return true;
    } catch (const json::type_error&) {
        return false;
    }
}

json bytesToJson(const std::string& bytes) {
    if (isUtf8(bytes))
        return bytes;
    return {{"base64", toBase64(bytes)}};
}

std::optional<std::string> optionalBytes(const json& value) {
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_object() && value.contains("base64") && value["base64"].is_string())
        return fromBase64(value["base64"].get_ref<const std::string&>());
    return std::nullopt;
}

} // namespace embellie
