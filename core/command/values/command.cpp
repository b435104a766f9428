#include "core/command/command.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/command/json_text.h"
#include "core/command/outputs.h"
#include "core/io/source.h"

#include <bit>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace embellie {

namespace {

static_assert(std::endian::native == std::endian::little, "the .npy header below says little-endian");

// NumPy's format 1.0: magic, version, length of the header, a Python dictionary padded with blanks to 64
// bytes.
std::string npyOf(const char* type, const std::vector<std::size_t>& shape, const void* cells,
                  std::size_t bytes) {
    std::string sizes;
    for (const std::size_t size : shape)
        sizes += std::to_string(size) + (shape.size() == 1 ? "," : ", ");
    if (sizes.ends_with(", "))
        sizes.resize(sizes.size() - 2);
    std::string header =
        std::string("{'descr': '") + type + "', 'fortran_order': False, 'shape': (" + sizes + "), }";
    while ((10 + header.size() + 1) % 64 != 0)
        header += ' ';
    header += '\n';
    std::string out("\x93NUMPY\x01\x00", 8);
    out += static_cast<char>(header.size() & 0xFF);
    out += static_cast<char>(header.size() >> 8);
    out += header;
    out.append(static_cast<const char*>(cells), bytes);
    return out;
}

struct Choices {
    std::string file, array, window, output;
};

/// Where the states go. @throws Error where one of the two files would have another name or replace the input
std::filesystem::path statesPath(const Choices& chosen) {
    const std::filesystem::path output = chosen.output;
    if (output.extension() != ".npy")
        throw Error(text(EMBELLIE_TR("command", "a file of NumPy ends with .npy"))).in(output).wrongUse();
    const std::filesystem::path states = std::filesystem::path(output).replace_extension(".states.npy");
    for (const std::filesystem::path& one : {output, states})
        demandNoInput(one, {chosen.file});
    return states;
}

std::function<int(CommandContext&)> declare(CLI::App& app) {
    const auto chosen = std::make_shared<Choices>();
    app.add_option("FILE", chosen->file, "File to read")->required();
    app.add_option("--array", chosen->array, "Id of the array as info lists it, or its path inside the file")
        ->required();
    app.add_option("--window", chosen->window,
                   "Part of it: AXIS=FROM:TO:STEP,... counted from 0, TO left out");
    app.add_option("--output", chosen->output, "X.npy; the states go into X.states.npy")->required();
    return [chosen](CommandContext& context) {
        const Window window = Window::parse(chosen->window);
        const std::filesystem::path states = statesPath(*chosen);
        const std::unique_ptr<Source> source = openSource(chosen->file);
        const Field field = source->read(chosen->array, window, context.feedback);
        const std::vector<std::size_t> shape = shapeOf(field.geometry());
        writeFileAtomically(chosen->output,
                            npyOf("<f4", shape, field.values().data(), field.values().size_bytes()));
        writeFileAtomically(states, npyOf("|u1", shape, field.states().data(), field.states().size_bytes()));
        if (context.json) {
            context.out << jsonText(nlohmann::json{{"output", chosen->output},
                                                   {"states", states.string()},
                                                   {"array", chosen->array},
                                                   {"path", field.origin().path},
                                                   {"unit", field.quantity().unit},
                                                   {"shape", shape}},
                                    2)
                        << '\n';
        } else {
            context.out << chosen->output << "\n" << states.string() << '\n';
        }
        return 0;
    };
}

} // namespace

const Command& command_values() {
    static const Command command{
        "values",
        EMBELLIE_TR("command",
                    "Writes the physical values of one array as NumPy files: float32 with NaN where there is "
                    "none, and the states (0 valid, 1 noData, 2 noEcho, 3 rejected)."),
        declare};
    return command;
}

} // namespace embellie
