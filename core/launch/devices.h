#pragma once

#include "core/base/text.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <sys/types.h>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace embellie {

/// A process that holds memory of a GPU.
struct GpuProcess {
    pid_t pid = 0;
    std::string user;              ///< empty where the process is not seen from here (a container)
    std::string program;           ///< its short name, empty likewise
    std::int64_t memoryBytes = -1; ///< -1 where the driver does not tell
};

/// One GPU. A number that the driver does not tell is -1.
struct Gpu {
    int index = 0;
    std::string model, uuid;
    std::int64_t memoryTotalBytes = -1, memoryUsedBytes = -1, memoryFreeBytes = -1;
    int utilisationPercent = -1;
    int temperatureCelsius = -1;
    std::vector<GpuProcess> processes; ///< by pid
};

/// The GPUs of a machine at one time.
struct Devices {
    std::string host;
    std::string driver; ///< its version, empty without one
    std::vector<Gpu> gpus;
    Text absence; ///< why there is none ("no NVIDIA driver here"); empty where there is one
};

/// Asks NVIDIA's management library (NVML), which is looked for at run time only. Holds no memory of a GPU.
/// Not shared between threads.
class DeviceReader {
public:
    /// @p library a path, or a name that the loader finds.
    explicit DeviceReader(const std::filesystem::path& library = "libnvidia-ml.so.1");
    ~DeviceReader();
    DeviceReader(DeviceReader&&) noexcept;
    DeviceReader& operator=(DeviceReader&&) noexcept;

    /// As it is now; what can't be asked is said in Devices::absence, or is -1. Up to a second where a
    /// sleeping driver is woken.
    Devices read();

private:
    struct Library;
    std::unique_ptr<Library> m_library;
    Text m_absence;
};

/// One reading of this machine.
Devices readDevices();

/// {"host", "driver", "gpus": [{"index", "model", "uuid", "memory_total_bytes", "memory_used_bytes",
/// "memory_free_bytes", "utilisation_percent", "temperature_celsius", "processes": [{"pid", "user",
/// "program", "memory_bytes"}]}], "absence"}; a number that is not known is null.
nlohmann::json devicesToJson(const Devices& devices);
/// The reverse; what is missing stays unknown. @throws Error where it is no such object
Devices devicesFromJson(const nlohmann::json& json);

/// What some processes hold of the GPUs.
struct GpuHolding {
    int gpus = 0;
    std::int64_t memoryBytes = 0;
};
GpuHolding heldBy(const Devices& devices, const std::set<pid_t>& processes);

} // namespace embellie
