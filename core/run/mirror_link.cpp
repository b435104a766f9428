#include "core/run/mirror_link.h"

#include "core/base/bytes.h"
#include "core/base/file.h"
#include "core/run/run_json.h"

namespace embellie {

namespace fs = std::filesystem;
using nlohmann::json;

static fs::path fileOf(const fs::path& run) {
    return run / "mirror.json";
}

std::optional<MirrorLink> readMirrorLink(const fs::path& run) {
    const fs::path file = fileOf(run);
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored))
        return std::nullopt;
    const json object = detail::parseRunJson(readFile(file), file);
    MirrorLink link;
    link.site = detail::valueOr<std::string>(object, "site", "");
    if (const auto folder = object.find("run"); folder != object.end())
        link.run = optionalBytes(*folder).value_or("");
    link.token = detail::valueOr<std::string>(object, "token", "");
    link.heard = parseTime(detail::valueOr<std::string>(object, "heard", "")).value_or(TimePoint{});
    link.status = runStatusOf(detail::valueOr<std::string>(object, "status", ""));
    if (const auto queue = object.find("queue"); queue != object.end() && queue->is_object())
        link.queue = queue->dump();
    link.problem = detail::valueOr<std::string>(object, "problem", "");
    return link;
}

void writeMirrorLink(const fs::path& run, const MirrorLink& link) {
    json object{
        {"format", RunFormat}, {"site", link.site}, {"run", bytesToJson(link.run)}, {"token", link.token}};
    if (link.heard != TimePoint{})
        object["heard"] = isoTime(link.heard);
    if (link.status)
        object["status"] = statusKey(*link.status);
    if (!link.queue.empty())
        object["queue"] = json::parse(link.queue, nullptr, false);
    if (!link.problem.empty())
        object["problem"] = link.problem;
    writeFileAtomically(fileOf(run), object.dump(1, '\t', false, json::error_handler_t::replace) + "\n");
}

} // namespace embellie
