#include "core/learn/safetensors.h"

#include "core/base/file.h"

#include <bit>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

#include <nlohmann/json.hpp>

namespace embellie {

namespace fs = std::filesystem;
using nlohmann::json;

static_assert(std::endian::native == std::endian::little, "safetensors are little-endian");

namespace {

struct TypeName {
    torch::ScalarType type;
    const char* name;
};
constexpr TypeName TypeNames[] = {
    {torch::kFloat32, "F32"}, {torch::kFloat64, "F64"}, {torch::kFloat16, "F16"}, {torch::kBFloat16, "BF16"},
    {torch::kInt64, "I64"},   {torch::kInt32, "I32"},   {torch::kUInt8, "U8"},    {torch::kBool, "BOOL"}};

class Output {
public:
    explicit Output(const fs::path& path)
        : m_path(path), m_file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)) {
        if (m_file < 0)
            fail();
    }
    ~Output() {
        if (m_file >= 0)
            ::close(m_file);
    }
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;
    void write(const void* bytes, std::size_t count) {
        const char* from = static_cast<const char*>(bytes);
        while (count > 0) {
            const ssize_t written = ::write(m_file, from, count);
            if (written < 0 && errno == EINTR)
                continue;
            if (written < 0)
                fail();
            from += written;
            count -= static_cast<std::size_t>(written);
        }
    }
    /// All of it is on the disk: a network disk tells only now that there was no room.
    void finish() {
        if (::fsync(m_file) != 0)
            fail();
        if (::close(std::exchange(m_file, -1)) != 0)
            fail();
    }

private:
    [[noreturn]] void fail() {
        throw systemError(EMBELLIE_TR("learn", "the weights can't be written"), m_path, errno);
    }
    fs::path m_path;
    int m_file;
};

} // namespace

void writeSafeTensors(const fs::path& file, const SafeTensors& content) {
    json header = json::object();
    if (!content.metadata.empty())
        header["__metadata__"] = content.metadata;
    std::map<std::string, torch::Tensor> flat;
    std::uint64_t offset = 0;
    for (const auto& [name, tensor] : content.tensors) {
        flat[name] = tensor.detach().to(torch::kCPU).contiguous();
        const char* type = nullptr;
        for (const TypeName& known : TypeNames)
            if (known.type == tensor.scalar_type())
                type = known.name;
        if (!type)
            throw Error(
                text(EMBELLIE_TR("learn", "the tensor \"{0}\" has a type that safetensors do not know"),
                     name))
                .in(file);
        const std::uint64_t bytes = flat[name].nbytes();
        header[name] = {
            {"dtype", type}, {"shape", tensor.sizes().vec()}, {"data_offsets", {offset, offset + bytes}}};
        offset += bytes;
    }
    std::string words = header.dump();
    words.resize((words.size() + 7) / 8 * 8, ' '); // so that the data are aligned
    Output output(file);
    const std::uint64_t length = words.size();
    output.write(&length, sizeof length);
    output.write(words.data(), words.size());
    for (const auto& [name, tensor] : flat)
        output.write(tensor.data_ptr(), tensor.nbytes());
    output.finish();
}

static Error broken(const fs::path& file, Text expected) {
    return Error(text(EMBELLIE_TR("learn", "the file holds no usable weights")))
        .in(file)
        .expected(std::move(expected));
}

SafeTensors readSafeTensors(const fs::path& file) {
    const std::string bytes = readFile(file);
    std::uint64_t length = 0;
    if (bytes.size() < sizeof length)
        throw broken(file, text(EMBELLIE_TR("learn", "a safetensors header")));
    std::memcpy(&length, bytes.data(), sizeof length);
    if (length > bytes.size() - sizeof length)
        throw broken(file, text(EMBELLIE_TR("learn", "a header of {0} bytes"), length));
    const json header = json::parse(bytes.substr(sizeof length, length), nullptr, false);
    if (!header.is_object())
        throw broken(file, text(EMBELLIE_TR("learn", "a header in JSON")));
    const std::uint64_t begin = sizeof length + length, available = bytes.size() - begin;
    SafeTensors content;
    try {
        for (const auto& [name, entry] : header.items()) {
            if (name == "__metadata__") {
                content.metadata = entry.get<std::map<std::string, std::string>>();
                continue;
            }
            const auto shape = entry.at("shape").get<std::vector<std::int64_t>>();
            const auto from = entry.at("data_offsets").at(0).get<std::uint64_t>();
            const auto to = entry.at("data_offsets").at(1).get<std::uint64_t>();
            const std::string type = entry.at("dtype").get<std::string>();
            const TypeName* known = nullptr;
            for (const TypeName& candidate : TypeNames)
                if (type == candidate.name)
                    known = &candidate;
            if (!known)
                throw broken(file, text(EMBELLIE_TR("learn", "a known type instead of {0}"), type));
            std::uint64_t cells = 1;
            for (const std::int64_t size : shape) {
                // Sizes come from the file: a product that wraps around must not pass as a small one.
                if (size < 0 || (size > 0 && cells > available / static_cast<std::uint64_t>(size)))
                    throw broken(file,
                                 text(EMBELLIE_TR("learn", "a shape of \"{0}\" that fits the data"), name));
                cells *= static_cast<std::uint64_t>(size);
            }
            if (from > to || to > available || to - from != cells * c10::elementSize(known->type))
                throw broken(file, text(EMBELLIE_TR("learn", "{0} bytes of \"{1}\""),
                                        cells * c10::elementSize(known->type), name));
            torch::Tensor tensor = torch::empty(shape, known->type);
            std::memcpy(tensor.data_ptr(), bytes.data() + begin + from, to - from);
            content.tensors[name] = tensor;
        }
    } catch (const json::exception&) {
        throw broken(file, text(EMBELLIE_TR("learn", "shape, type and place of every tensor")));
    }
    return content;
}

} // namespace embellie
