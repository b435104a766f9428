#include "gui/draw/gl_probe.h"

#include "core/base/file.h"
#include "core/base/process.h"

#include <nlohmann/json.hpp>

namespace embellie {

GlProbe runGlProbe() {
    return runGlProbe(programFolder() / "embellie-glprobe");
}

GlProbe runGlProbe(const std::filesystem::path& program) {
    GlProbe probe;
    probe.answer = GlProbe::Answer::Fails;
    try {
        ProcessRequest request;
        request.program = program;
        const ProcessResult result = runProcess(request, std::chrono::seconds(10));
        if (result.timedOut) {
            probe.reason = text(EMBELLIE_TR("draw", "the OpenGL driver hangs"));
            return probe;
        }
        if (result.status > 128) {
            probe.reason =
                text(EMBELLIE_TR("draw", "the OpenGL driver crashes (signal {0})"), result.status - 128);
            return probe;
        }
        const nlohmann::json said = nlohmann::json::parse(result.output);
        if (!said.at("works").get<bool>()) {
            probe.reason = text(EMBELLIE_TR("draw", "no OpenGL without a display ({0})"),
                                said.at("reason").get<std::string>());
            return probe;
        }
        said.at("device").get_to(probe.device);
        said.at("renderer").get_to(probe.renderer);
        said.at("version").get_to(probe.version);
        said.at("software").get_to(probe.software);
        probe.answer = GlProbe::Answer::Works;
    } catch (const std::exception& problem) {
        probe.reason =
            text(EMBELLIE_TR("draw", "whether OpenGL works can't be found out ({0})"), problem.what());
    }
    return probe;
}

} // namespace embellie
