#include "core/base/bytes.h"
#include "core/base/file.h"
#include "core/base/presence.h"
#include "core/run/run_json.h"

#include <algorithm>
#include <charconv>
#include <sstream>

#include <toml++/toml.h>

namespace embellie {

namespace fs = std::filesystem;

namespace detail {

void checkFormat(std::int64_t format, const fs::path& file) {
    if (format <= RunFormat)
        return;
    throw Error(text(EMBELLIE_TR("run", "this run was written by a newer program")))
        .in(file)
        .expected(text(EMBELLIE_TR("run", "format {0} or older"), RunFormat))
        .found(text(EMBELLIE_TR("run", "format {0}"), format))
        .remedy(text(EMBELLIE_TR("run", "open it with a newer version of Embellie")));
}

} // namespace detail

static toml::array arrayOf(const std::vector<std::string>& texts) {
    toml::array array;
    for (const std::string& text : texts)
        if (isUtf8(text))
            array.push_back(text);
        else
            array.push_back(toml::table{{"base64", toBase64(text)}});
    return array;
}

static std::string requestText(const RunRequest& request, const fs::path& file) {
    toml::table settings;
    try {
        settings = toml::parse(request.settings);
    } catch (const toml::parse_error& problem) {
        throw Error(
            text(EMBELLIE_TR("run", "the settings are no TOML: {0}"), std::string(problem.description())))
            .in(file);
    }
    toml::table data, resources;
    for (const auto& [role, paths] : request.data)
        data.insert(role, arrayOf(paths));
    for (const auto& [key, value] : request.resources)
        resources.insert(key, value);
    toml::table all{{"format", RunFormat},
                    {"task", request.task},
                    {"network", request.network},
                    {"created", isoTime(request.created)},
                    {"program", request.program},
                    {"note", request.note},
                    {"data", data},
                    {"resources", resources},
                    {"settings", settings}};
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out << all << '\n';
    return out.str();
}

void createRun(const fs::path& run, const RunRequest& request) {
    std::error_code error;
    if (fs::exists(run, error)) {
        if (!fs::is_directory(run, error) || !fs::is_empty(run, error) || error)
            throw Error(text(EMBELLIE_TR("run", "a run needs a new or empty folder")))
                .in(run)
                .remedy(text(EMBELLIE_TR(
                    "run", "choose another name, or continue the run that is there with --resume")));
        fs::remove(run, error);
    }
    const fs::path absolute = fs::absolute(run).lexically_normal();
    const fs::path folder = absolute.has_filename() ? absolute : absolute.parent_path();
    fs::create_directories(folder.parent_path(), error);
    if (error)
        throw systemError(EMBELLIE_TR("run", "the folder of the run can't be made"), folder, error.value());
    writeFolderAtomically(folder, [&](const fs::path& aside) {
        const RunPaths paths{aside};
        for (const fs::path& part :
             {paths.control(), paths.checkpoints(), paths.samples(), paths.predictions()})
            fs::create_directory(part);
        writeFileAtomically(paths.request(), requestText(request, RunPaths{folder}.request()));
    });
}

bool isRunDirectory(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(RunPaths{path}.request(), ignored);
}

static std::vector<std::string> textsOf(const toml::node& node) {
    std::vector<std::string> texts;
    if (const toml::array* array = node.as_array())
        for (const toml::node& entry : *array) {
            const toml::table* const bytes = entry.as_table();
            if (const auto value = entry.value<std::string>())
                texts.push_back(*value);
            else if (auto path =
                         bytes ? fromBase64((*bytes)["base64"].value_or(std::string())) : std::nullopt)
                texts.push_back(*std::move(path));
        }
    return texts;
}

RunRequest readRunRequest(const fs::path& run) {
    const fs::path file = RunPaths{run}.request();
    if (!isRunDirectory(run))
        throw Error(text(EMBELLIE_TR("run", "this is no run")))
            .in(run)
            .expected(text(EMBELLIE_TR("run", "a folder with a file request.toml")))
            .remedy(text(EMBELLIE_TR("run", "name the folder that \"train --run\" made")));
    toml::table table;
    try {
        table = toml::parse(readFile(file), file.string());
    } catch (const toml::parse_error& problem) {
        throw Error(text(EMBELLIE_TR("run", "the request can't be understood: {0}"),
                         std::string(problem.description())))
            .in(file, "line " + std::to_string(problem.source().begin.line));
    }
    detail::checkFormat(table["format"].value_or(std::int64_t(RunFormat)), file);
    RunRequest request;
    request.task = table["task"].value_or(std::string());
    request.network = table["network"].value_or(std::string());
    request.program = table["program"].value_or(std::string());
    request.note = table["note"].value_or(std::string());
    request.created = parseTime(table["created"].value_or(std::string())).value_or(TimePoint{});
    if (const toml::table* data = table["data"].as_table())
        for (const auto& [role, paths] : *data)
            request.data[std::string(role.str())] = textsOf(paths);
    if (const toml::table* resources = table["resources"].as_table())
        for (const auto& [key, value] : *resources)
            request.resources[std::string(key.str())] = value.value_or(std::string());
    if (const toml::table* settings = table["settings"].as_table()) {
        std::ostringstream out;
        out.imbue(std::locale::classic());
        out << *settings << '\n';
        request.settings = out.str();
    }
    return request;
}

void requestStop(const fs::path& run, bool discard) {
    const RunPaths paths{run};
    std::error_code ignored;
    fs::create_directory(paths.control(), ignored);
    writeFileAtomically(discard ? paths.discard() : paths.stopKeep(), isoTime(now()) + "\n");
}

std::vector<std::int64_t> checkpointsOf(const fs::path& run) {
    std::vector<std::int64_t> numbers;
    const fs::path folder = RunPaths{run}.checkpoints();
    if (!isPresent(folder))
        return numbers;
    std::error_code problem;
    fs::directory_iterator entry(folder, problem);
    for (; !problem && entry != fs::directory_iterator(); entry.increment(problem)) {
        const std::string name = entry->path().filename().string();
        std::int64_t number = 0;
        const auto [end, wrong] = std::from_chars(name.data(), name.data() + name.size(), number);
        if (wrong == std::errc() && end == name.data() + name.size() &&
            isPresent(entry->path() / "progress.json"))
            numbers.push_back(number);
    }
    if (problem)
        throw systemError(EMBELLIE_TR("run", "the run's checkpoints can't be listed"), folder,
                          problem.value());
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

} // namespace embellie
