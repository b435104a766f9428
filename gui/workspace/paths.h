#pragma once

#include <QString>

#include <filesystem>
#include <system_error>

namespace embellie {

inline QString toQString(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}
inline std::filesystem::path toPath(const QString& text) {
    return text.toStdString();
}
/// In one way of writing. An empty path, and one that counts from a folder that is gone, stay as they are.
inline std::filesystem::path absolutePath(const std::filesystem::path& path) {
    std::error_code error;
    const std::filesystem::path whole = std::filesystem::absolute(path, error);
    return error ? path : whole.lexically_normal();
}

} // namespace embellie
