#include "core/network/script/script.h"

#include <algorithm>
#include <fstream>

namespace embellie {

// A TorchScript file is a ZIP archive whose members are stored as they are (APPNOTE.TXT 6.3.9, sections
// 4.3.12, 4.3.16 and 4.5.3): tensors lie in NAME/data/N. Sizes are asked for while somebody types, in a
// program without LibTorch.
namespace {

std::uint64_t numberAt(const std::string& bytes, std::size_t at, int width) {
    std::uint64_t number = 0;
    for (int i = 0; i < width; ++i)
        number |= std::uint64_t(static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]))
                  << (8 * i);
    return number;
}

std::string part(std::ifstream& file, std::uint64_t from, std::uint64_t size) {
    std::string bytes(size, '\0');
    file.seekg(static_cast<std::streamoff>(from));
    file.read(bytes.data(), static_cast<std::streamsize>(size));
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
    file.clear();
    return bytes;
}

/// The 64-bit size of a member from its extra field; the first number there.
std::uint64_t longSize(const std::string& list, std::size_t extra, std::size_t length) {
    for (std::size_t at = extra; at + 12 <= extra + length;) {
        const std::uint64_t id = numberAt(list, at, 2), size = numberAt(list, at + 2, 2);
        if (id == 1 && size >= 8)
            return numberAt(list, at + 4, 8);
        at += 4 + size;
    }
    return 0;
}

} // namespace

std::int64_t scriptNumbers(const std::filesystem::path& path) {
    constexpr std::uint64_t mostList = 64 << 20;
    const auto refusal = [&] {
        return Error(text(EMBELLIE_TR("script", "this is no TorchScript file")))
            .in(path)
            .expected(text(EMBELLIE_TR("script", "what torch.jit.script(model).save(\"model.pt\") writes")));
    };
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file)
        throw Error(text(EMBELLIE_TR("script", "the model can't be opened"))).in(path);
    const auto all = static_cast<std::uint64_t>(file.tellg());
    const std::uint64_t tail = std::min<std::uint64_t>(all, 65557);
    const std::string end = part(file, all - tail, tail);
    const std::size_t record = end.rfind("PK\5\6");
    if (record == std::string::npos || record + 22 > end.size())
        throw refusal();
    std::uint64_t size = numberAt(end, record + 12, 4), from = numberAt(end, record + 16, 4);
    if (const std::size_t large = end.rfind("PK\6\6", record);
        large != std::string::npos && large + 56 <= end.size()) {
        size = numberAt(end, large + 40, 8);
        from = numberAt(end, large + 48, 8);
    }
    if (size > mostList || from > all || size > all - from)
        throw refusal();
    const std::string list = part(file, from, size);
    std::uint64_t bytes = 0;
    bool hasCode = false;
    for (std::size_t at = 0; at + 46 <= list.size() && list.compare(at, 4, "PK\1\2") == 0;) {
        const std::size_t name = numberAt(list, at + 28, 2), extra = numberAt(list, at + 30, 2),
                          comment = numberAt(list, at + 32, 2);
        if (at + 46 + name + extra > list.size())
            throw refusal();
        const std::string member = list.substr(at + 46, name);
        std::uint64_t length = numberAt(list, at + 24, 4);
        if (length == 0xffffffff)
            length = longSize(list, at + 46 + name, extra);
        hasCode |= member.find("/code/") != std::string::npos;
        if (member.find("/data/") != std::string::npos)
            bytes += length;
        at += 46 + name + extra + comment;
    }
    if (!hasCode || bytes > all)
        throw refusal();
    return static_cast<std::int64_t>(bytes / 4);
}

} // namespace embellie
