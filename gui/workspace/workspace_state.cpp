#include "gui/workspace/workspace_state.h"

#include "core/base/bytes.h"
#include "core/base/error.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string_view>

namespace embellie {

namespace fs = std::filesystem;

namespace {

constexpr int workspaceFormat = 1;
constexpr const char* workspaceWord = "workspace";

nlohmann::json pathsToJson(const std::vector<fs::path>& paths) {
    nlohmann::json json = nlohmann::json::array();
    for (const fs::path& path : paths)
        json.push_back(bytesToJson(path.string()));
    return json;
}

std::vector<fs::path> pathsFromJson(const nlohmann::json& json, const char* key, const fs::path& folder) {
    std::vector<fs::path> paths;
    for (const auto& path : json.value(key, nlohmann::json::array()))
        if (const auto bytes = optionalBytes(path))
            paths.push_back((folder / *bytes).lexically_normal());
    return paths;
}

fs::path pathFromJson(const nlohmann::json& json, const char* key, const fs::path& folder) {
    const std::optional<std::string> path = optionalBytes(json.value(key, nlohmann::json("")));
    return !path || path->empty() ? fs::path() : (folder / *path).lexically_normal();
}

nlohmann::json judgeToJson(const JudgeChoice& judge) {
    nlohmann::json json = {{"run", bytesToJson(judge.run.string())},
                           {"members", pathsToJson(judge.members)},
                           {"files", pathsToJson(judge.files)},
                           {"shipped", judge.isShipped},
                           {"along", judge.isAlong},
                           {"raw", judge.raw},
                           {"reference", judge.reference},
                           {"row", judge.row},
                           {"rival", judge.rival},
                           {"last_picture", judge.lastPicture}};
    if (judge.threshold)
        json["threshold"] = *judge.threshold;
    return json;
}

JudgeChoice judgeFromJson(const nlohmann::json& json, const fs::path& folder) {
    JudgeChoice judge;
    judge.run = pathFromJson(json, "run", folder);
    judge.members = pathsFromJson(json, "members", folder);
    judge.files = pathsFromJson(json, "files", folder);
    judge.isShipped = json.value("shipped", false);
    judge.isAlong = json.value("along", false);
    judge.raw = json.value("raw", std::string());
    judge.reference = json.value("reference", std::string());
    judge.row = json.value("row", 0);
    judge.rival = json.value("rival", std::string());
    judge.lastPicture = json.value("last_picture", 0);
    if (json.contains("threshold"))
        judge.threshold = json["threshold"].get<int>();
    return judge;
}

void refuseOthers(const nlohmann::json& json, const fs::path& file) {
    if (json.at("embellie").get<std::string>() != workspaceWord)
        throw Error(text(EMBELLIE_TR("workspace", "this is not a workspace")))
            .in(file, "embellie")
            .expected(text(EMBELLIE_TR("workspace", "“{0}”"), workspaceWord))
            .found(text(EMBELLIE_TR("workspace", "“{0}”"), json["embellie"].get<std::string>()));
    if (const int format = json.at("format").get<int>(); format > workspaceFormat)
        throw Error(
            text(EMBELLIE_TR("workspace", "this workspace was written by a newer version of the program")))
            .in(file, "format")
            .expected(text(EMBELLIE_TR("workspace", "format {0}"), workspaceFormat))
            .found(text(EMBELLIE_TR("workspace", "format {0}"), format))
            .remedy(text(EMBELLIE_TR("workspace", "open it by the newer version of the program")));
}

} // namespace

void dropTwins(WorkspaceState& state) {
    std::vector<OpenItem> open;
    for (std::size_t i = 0; i < state.open.size(); ++i) {
        const auto twin = std::find_if(open.begin(), open.end(), [&](const OpenItem& item) {
            return item.paths == state.open[i].paths && item.isScene == state.open[i].isScene;
        });
        const std::size_t at = std::size_t(twin - open.begin());
        if (twin == open.end())
            open.push_back(state.open[i]);
        if (state.front == i)
            state.front = at;
    }
    state.open = std::move(open);
}

std::string workspaceToJson(const WorkspaceState& state, TimePoint saved) {
    nlohmann::json json = {{"embellie", workspaceWord},
                           {"format", workspaceFormat},
                           {"saved", isoTime(saved)},
                           {"page", state.page},
                           {"open", nlohmann::json::array()}};
    for (const OpenItem& item : state.open) {
        nlohmann::json one = {{"paths", pathsToJson(item.paths)}, {"title", item.title}};
        if (item.isScene)
            one["scene"] = true;
        json["open"].push_back(std::move(one));
    }
    if (state.front)
        json["front"] = *state.front;
    if (state.view)
        json["view"] = nlohmann::json::parse(viewToJson(*state.view));
    if (!state.run.empty())
        json["run"] = bytesToJson(state.run.string());
    if (state.judge)
        json["judge"] = judgeToJson(*state.judge);
    return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

SavedWorkspace workspaceFromJson(const std::string& content, const fs::path& file) {
    try {
        const nlohmann::json json = nlohmann::json::parse(content);
        refuseOthers(json, file);
        const fs::path folder = file.parent_path();
        SavedWorkspace made;
        WorkspaceState& state = made.state;
        made.saved = parseTime(json.value("saved", std::string()));
        state.page = json.value("page", state.page);
        const nlohmann::json open = json.value("open", nlohmann::json::array());
        for (const nlohmann::json& one : open) {
            OpenItem item{pathsFromJson(one, "paths", folder), one.value("scene", false),
                          one.value("title", std::string())};
            if (item.isScene || !item.paths.empty())
                state.open.push_back(std::move(item));
        }
        // Items that name nothing are left out; which one was meant is then not known.
        if (json.contains("front") && state.open.size() == open.size() &&
            json["front"].get<std::size_t>() < state.open.size())
            state.front = json["front"].get<std::size_t>();
        if (json.contains("view")) {
            try {
                state.view = viewFromJson(json["view"].dump(), file);
            } catch (const Error& problem) {
                made.viewProblem = problem;
            }
        }
        state.run = pathFromJson(json, "run", folder);
        if (json.contains("judge"))
            state.judge = judgeFromJson(json["judge"], folder);
        return made;
    } catch (const nlohmann::json::exception& error) {
        throw Error(text(EMBELLIE_TR("workspace", "the workspace can't be read")))
            .in(file)
            .expected(
                text(EMBELLIE_TR("workspace", "the JSON of a workspace, as “Save workspace…” writes it")))
            .found(text(EMBELLIE_TR("workspace", "{0}"), error.what()));
    }
}

bool isWorkspaceFile(const fs::path& path) {
    constexpr std::size_t Beginning = 4096;
    std::error_code error;
    if (!fs::is_regular_file(path, error))
        return false;
    std::ifstream file(path, std::ios::binary);
    std::string content(Beginning, '\0');
    file.read(content.data(), std::streamsize(content.size()));
    content.resize(std::size_t(file.gcount()));
    const auto skipBlanks = [&](std::size_t at) {
        return std::min(content.find_first_not_of(" \t\r\n", at), content.size());
    };
    const std::string_view key = "\"embellie\"", value = "\"workspace\"";
    const std::size_t begin = skipBlanks(0);
    const std::size_t at = content.find(key);
    if (begin == content.size() || content[begin] != '{' || at == std::string::npos)
        return false;
    const std::size_t colon = skipBlanks(at + key.size());
    return colon < content.size() && content[colon] == ':' &&
           content.compare(skipBlanks(colon + 1), value.size(), value) == 0;
}

QString namesForPeople(const WorkspaceState& state) {
    constexpr std::size_t Most = 3;
    QStringList names;
    for (std::size_t i = 0; i < state.open.size() && i < Most; ++i) {
        const OpenItem& item = state.open[i];
        const QString file =
            item.paths.empty() ? QString() : QString::fromStdString(item.paths.front().filename().string());
        const bool isAmbiguous =
            std::count_if(state.open.begin(), state.open.end(), [&](const OpenItem& other) {
                return !other.isScene && other.title == item.title;
            }) > 1;
        if (item.isScene)
            names << QCoreApplication::translate("workspace", "the built-in scene");
        else if (item.title.empty())
            names << file;
        else
            names << QString::fromStdString(item.title) +
                         (isAmbiguous ? QStringLiteral(" (%1)").arg(file) : QString());
    }
    const QString listed = names.join(QStringLiteral(", "));
    return state.open.size() > Most ? QCoreApplication::translate("workspace", "%1 and %n more", nullptr,
                                                                  int(state.open.size() - Most))
                                          .arg(listed)
                                    : listed;
}

} // namespace embellie
