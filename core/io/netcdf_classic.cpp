#include "core/io/netcdf_classic.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

namespace embellie {

namespace {

// Big-endian words of the header; after the first failure all are zero and ok is false.
class Header {
public:
    explicit Header(const std::filesystem::path& path) : m_file(path, std::ios::binary) {
        char magic[4] = {};
        m_file.read(magic, 4);
        ok = m_file && std::memcmp(magic, "CDF", 3) == 0;
        version = magic[3];
    }
    std::uint64_t word(int bytes) {
        unsigned char raw[8] = {};
        if (!ok || !m_file.read(reinterpret_cast<char*>(raw), bytes)) {
            ok = false;
            return 0;
        }
        std::uint64_t value = 0;
        for (int i = 0; i < bytes; ++i)
            value = value << 8 | raw[i];
        return value;
    }
    std::uint64_t size() { return word(version == 5 ? 8 : 4); }
    void skip(std::uint64_t bytes) {
        m_file.seekg(static_cast<std::streamoff>((bytes + 3) / 4 * 4), std::ios::cur);
        ok = ok && bytes < (std::uint64_t(1) << 40) && m_file.good();
    }
    void skipName() { skip(size()); }
    void skipAttributes() {
        word(4);
        const std::uint64_t count = size();
        for (std::uint64_t i = 0; ok && i < count; ++i) {
            skipName();
            const std::uint64_t type = word(4);
            skip(size() * typeBytes(type));
        }
    }
    static std::uint64_t typeBytes(std::uint64_t type) {
        static constexpr std::uint64_t bytes[] = {0, 1, 1, 2, 4, 4, 8, 1, 2, 4, 8, 8};
        return type < 12 ? bytes[type] : 0;
    }
    bool ok = false;
    int version = 0;

private:
    std::ifstream m_file;
};

struct RecordVariable {
    std::uint64_t begin, bytes;
};

} // namespace

std::optional<std::uint64_t> netcdfClassicSize(const std::filesystem::path& path) {
    Header header(path);
    const std::uint64_t records = header.size();
    if (!header.ok || records == (header.version == 5 ? ~std::uint64_t(0) : 0xFFFFFFFFu))
        return std::nullopt;
    header.word(4);
    const std::uint64_t dimensionCount = header.size();
    std::vector<std::uint64_t> lengths;
    for (std::uint64_t i = 0; header.ok && i < dimensionCount; ++i) {
        header.skipName();
        lengths.push_back(header.size());
    }
    header.skipAttributes();
    header.word(4);
    const std::uint64_t variableCount = header.size();
    std::uint64_t end = 0;
    std::vector<RecordVariable> recorded;
    for (std::uint64_t i = 0; header.ok && i < variableCount; ++i) {
        header.skipName();
        const std::uint64_t rank = header.size();
        std::uint64_t cells = 1;
        bool isRecord = false;
        for (std::uint64_t d = 0; header.ok && d < rank; ++d) {
            const std::uint64_t id = header.size();
            if (id >= lengths.size())
                return std::nullopt;
            if (d == 0 && lengths[id] == 0)
                isRecord = true;
            else
                cells *= lengths[id];
        }
        header.skipAttributes();
        const std::uint64_t bytes = cells * Header::typeBytes(header.word(4));
        header.size();
        const std::uint64_t begin = header.word(header.version == 1 ? 4 : 8);
        if (isRecord)
            recorded.push_back({begin, bytes});
        else
            end = std::max(end, begin + bytes);
    }
    if (!header.ok)
        return std::nullopt;
    std::uint64_t recordBytes = 0;
    for (const RecordVariable& variable : recorded) // a lone one is not padded
        recordBytes += recorded.size() == 1 ? variable.bytes : (variable.bytes + 3) / 4 * 4;
    for (const RecordVariable& variable : recorded)
        if (records > 0)
            end = std::max(end, variable.begin + (records - 1) * recordBytes + variable.bytes);
    return end;
}

} // namespace embellie
