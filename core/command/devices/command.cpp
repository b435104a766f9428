#include "core/command/command.h"
#include "core/command/json_text.h"
#include "core/launch/devices.h"
#include "core/launch/lines.h"
#include "core/launch/relay_launch.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace embellie {

static std::string gigabytes(std::int64_t bytes) {
    return bytes < 0 ? "?" : numberText(double(bytes) / 1e9, 1);
}

static void printGpu(std::ostream& out, const Gpu& gpu) {
    out << "GPU " << gpu.index << "  " << gpu.model << "  memory " << gigabytes(gpu.memoryUsedBytes) << " of "
        << gigabytes(gpu.memoryTotalBytes) << " GB used, " << gigabytes(gpu.memoryFreeBytes) << " GB free";
    if (gpu.utilisationPercent >= 0)
        out << "  busy " << gpu.utilisationPercent << " %";
    if (gpu.temperatureCelsius >= 0)
        out << "  " << gpu.temperatureCelsius << " °C";
    out << '\n';
    for (const GpuProcess& process : gpu.processes)
        out << "  " << (process.user.empty() ? "(user not seen)" : process.user) << "  " << process.program
            << " (" << process.pid << ")  " << gigabytes(process.memoryBytes) << " GB\n";
}

/// Of the machine that ssh reaches, else of this one: what a job holds on a node its trainer tells in the
/// run.
static Devices devicesOf(const std::string& siteId, Feedback& feedback) {
    if (siteId.empty())
        return readDevices();
    const LaunchSite site = siteOf(siteId);
    if (site.kind != SiteKind::Ssh)
        return readDevices();
    Lines lines;
    return devicesFromJson(devicesFar(site, lines, feedback));
}

const Command& command_devices() {
    static const Command command{
        "devices", EMBELLIE_TR("command", "Show the GPUs of a machine: memory, load, whose processes"),
        [](CLI::App& app) {
            auto site = std::make_shared<std::string>();
            app.add_option("--site", *site, "Of the machine of a site behind ssh; this machine without it");
            return [site](CommandContext& context) {
                const Devices devices = devicesOf(*site, context.feedback);
                if (context.json) {
                    context.out << jsonText(devicesToJson(devices)) << '\n';
                    return 0;
                }
                if (!devices.absence.empty())
                    context.out << devices.host << ": " << devices.absence.english() << '\n';
                else
                    context.out << devices.host << "  driver " << devices.driver << '\n';
                for (const Gpu& gpu : devices.gpus)
                    printGpu(context.out, gpu);
                return 0;
            };
        }};
    return command;
}

} // namespace embellie
