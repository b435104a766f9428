#pragma once

#include <QString>

#include <filesystem>

namespace embellie {

inline QString toQString(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}
inline std::filesystem::path toPath(const QString& text) {
    return text.toStdString();
}

} // namespace embellie
