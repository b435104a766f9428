#include "core/command/command.h"

#include "core/command/json_text.h"
#include "core/io/convert/convert.h"

#include <map>
#include <memory>
#include <set>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace embellie {

namespace {

using nlohmann::json;

struct Words {
    std::vector<std::string> inputs, arrays;
    std::string to, output;
};

json sentences(const std::vector<Text>& texts) {
    json list = json::array();
    for (const Text& text : texts)
        list.push_back(text.english());
    return list;
}

void writeJson(std::ostream& out, const std::string& format, const Conversion& conversion) {
    json object{{"format", format},
                {"outputs", json::array()},
                {"left_out", sentences(conversion.leftOut)},
                {"problems", json::array()}};
    for (const ConvertedFile& file : conversion.files) {
        json one{{"output", file.output.string()},
                 {"inputs", json::array()},
                 {"arrays", json::array()},
                 {"left_out", sentences(file.leftOut)}};
        for (const auto& input : file.inputs)
            one["inputs"].push_back(input.string());
        for (const auto& [id, name] : file.arrays)
            one["arrays"].push_back({{"id", id}, {"name", name}});
        object["outputs"].push_back(std::move(one));
    }
    for (const Error& problem : conversion.problems)
        object["problems"].push_back(problem.what());
    out << jsonText(object, 2) << '\n';
}

/// What all files lack is told once.
void tellLeftOut(const Conversion& conversion, Feedback& feedback) {
    std::map<std::string, std::size_t> files;
    for (const ConvertedFile& file : conversion.files)
        for (const Text& sentence : file.leftOut)
            ++files[sentence.english()];
    std::set<std::string> told;
    for (const ConvertedFile& file : conversion.files)
        for (const Text& sentence : file.leftOut) {
            const std::string words = sentence.english();
            if (files[words] < conversion.files.size() || conversion.files.size() == 1)
                feedback.message(text(EMBELLIE_TR("convert", "left out of {0}: {1}"),
                                      file.output.filename().string(), words));
            else if (told.insert(words).second)
                feedback.message(text(EMBELLIE_TR("convert", "left out of all: {0}"), words));
        }
}

void tell(const Conversion& conversion, CommandContext& context) {
    for (const Error& problem : conversion.problems)
        context.feedback.message(text(EMBELLIE_TR("convert", "{0}"), problem.what()));
    for (const Text& sentence : conversion.leftOut)
        context.feedback.message(text(EMBELLIE_TR("convert", "left out: {0}"), sentence.english()));
    tellLeftOut(conversion, context.feedback);
    for (const ConvertedFile& file : conversion.files)
        context.out << file.output.string() << '\n';
}

int convertTo(const Words& words, CommandContext& context) {
    ConvertRequest request{{words.inputs.begin(), words.inputs.end()}, words.to, words.output, words.arrays};
    const Conversion conversion = convert(request, context.feedback);
    if (context.json)
        writeJson(context.out, words.to, conversion);
    else
        tell(conversion, context);
    if (!conversion.isComplete)
        throw Error(
            text(EMBELLIE_TR("convert", "some inputs could not be converted; their sentences stand above")));
    return 0;
}

} // namespace

const Command& command_convert() {
    static const Command command{
        "convert",
        EMBELLIE_TR("command", "Writes files of any family that is read as one of a few that other programs "
                               "open; what does not fit in is said"),
        [](CLI::App& app) {
            auto words = std::make_shared<Words>();
            app.add_option(
                   "IN", words->inputs,
                   "Files and folders; what together is one volume of a radar (a sweep or a quantity a "
                   "file) becomes one file, grids become one file each")
                ->required();
            std::string formats;
            for (const ConvertFormat& format : convertFormats())
                formats += (formats.empty() ? "" : "; ") + format.id + ": " + format.help.pattern;
            app.add_option("--to", words->to, formats)->required()->type_name("FORMAT");
            app.add_option(
                   "--output", words->output,
                   "File to be written; a folder for several volumes or files, named by site and time "
                   "or as their inputs")
                ->required()
                ->type_name("OUT");
            app.add_option(
                   "--array", words->arrays,
                   "Array to be written, by its id, or a quantity of all sweeps; may be repeated [all]")
                ->allow_extra_args(false)
                ->type_name("ID");
            return [words](CommandContext& context) { return convertTo(*words, context); };
        }};
    return command;
}

} // namespace embellie
