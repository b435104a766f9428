#include "core/launch/devices.h"

#include "core/base/error.h"
#include "core/base/process.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <limits>
#include <map>

#include <dlfcn.h>
#include <pwd.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>

namespace embellie {

using nlohmann::json;

// What of NVML's interface is used: C functions that give 0 for success. Structures as in its first and
// second version; the library keeps old names forever.
namespace {

using NvmlDevice = void*;

struct NvmlMemory {
    unsigned long long total, free, used;
};
struct NvmlUtilisation {
    unsigned int gpu, memory; // percent
};
struct NvmlProcess1 {
    unsigned int pid;
    unsigned long long usedMemory;
};
struct NvmlProcess2 {
    unsigned int pid;
    unsigned long long usedMemory;
    unsigned int gpuInstance, computeInstance;
};

constexpr int NvmlSuccess = 0;
constexpr int NvmlDriverNotLoaded = 9;
constexpr int NvmlTemperatureOfGpu = 0;
constexpr auto NvmlNotAvailable = std::numeric_limits<unsigned long long>::max();
constexpr unsigned int MostProcesses = 256;

std::string userOf(pid_t pid) {
    struct stat status {};
    if (stat(("/proc/" + std::to_string(pid)).c_str(), &status) != 0)
        return {};
    struct passwd entry {};
    struct passwd* found = nullptr;
    std::array<char, 4096> buffer{};
    if (getpwuid_r(status.st_uid, &entry, buffer.data(), buffer.size(), &found) == 0 && found)
        return found->pw_name;
    return std::to_string(status.st_uid);
}

std::string programOf(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/comm");
    std::string name;
    std::getline(file, name);
    return name;
}

} // namespace

struct DeviceReader::Library {
    void* handle = nullptr;
    bool isInitialised = false;
    int (*init)() = nullptr;
    int (*shutdown)() = nullptr;
    const char* (*errorString)(int) = nullptr;
    int (*driverVersion)(char*, unsigned int) = nullptr;
    int (*count)(unsigned int*) = nullptr;
    int (*deviceAt)(unsigned int, NvmlDevice*) = nullptr;
    int (*name)(NvmlDevice, char*, unsigned int) = nullptr;
    int (*uuid)(NvmlDevice, char*, unsigned int) = nullptr;
    int (*memory)(NvmlDevice, NvmlMemory*) = nullptr;
    int (*utilisation)(NvmlDevice, NvmlUtilisation*) = nullptr;
    int (*temperature)(NvmlDevice, int, unsigned int*) = nullptr;
    using Processes1 = int (*)(NvmlDevice, unsigned int*, NvmlProcess1*);
    using Processes2 = int (*)(NvmlDevice, unsigned int*, NvmlProcess2*);
    std::array<Processes1, 2> processes1{}; ///< of computing, of drawing
    std::array<Processes2, 2> processes2{};

    ~Library() {
        if (isInitialised && shutdown)
            shutdown();
        if (handle)
            dlclose(handle);
    }

    /// The first of @p names that the library has.
    template <class Function>
    void find(Function& function, std::initializer_list<const char*> names) {
        for (const char* name : names)
            if (void* symbol = dlsym(handle, name)) {
                function = reinterpret_cast<Function>(symbol);
                return;
            }
    }

    bool load(const std::filesystem::path& library) {
        handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
        if (!handle)
            return false;
        find(init, {"nvmlInit_v2", "nvmlInit"});
        find(shutdown, {"nvmlShutdown"});
        find(errorString, {"nvmlErrorString"});
        find(driverVersion, {"nvmlSystemGetDriverVersion"});
        find(count, {"nvmlDeviceGetCount_v2", "nvmlDeviceGetCount"});
        find(deviceAt, {"nvmlDeviceGetHandleByIndex_v2", "nvmlDeviceGetHandleByIndex"});
        find(name, {"nvmlDeviceGetName"});
        find(uuid, {"nvmlDeviceGetUUID"});
        find(memory, {"nvmlDeviceGetMemoryInfo"});
        find(utilisation, {"nvmlDeviceGetUtilizationRates"});
        find(temperature, {"nvmlDeviceGetTemperature"});
        find(processes2[0],
             {"nvmlDeviceGetComputeRunningProcesses_v3", "nvmlDeviceGetComputeRunningProcesses_v2"});
        find(processes2[1],
             {"nvmlDeviceGetGraphicsRunningProcesses_v3", "nvmlDeviceGetGraphicsRunningProcesses_v2"});
        find(processes1[0], {"nvmlDeviceGetComputeRunningProcesses"});
        find(processes1[1], {"nvmlDeviceGetGraphicsRunningProcesses"});
        return init && count && deviceAt;
    }

    std::string reason(int status) const {
        const char* words = errorString ? errorString(status) : nullptr;
        return words ? words : std::to_string(status);
    }

    std::string string(int (*ask)(NvmlDevice, char*, unsigned int), NvmlDevice device) const {
        std::array<char, 97> buffer{};
        return ask && ask(device, buffer.data(), unsigned(buffer.size()) - 1) == NvmlSuccess ? buffer.data()
                                                                                             : "";
    }

    template <class Process>
    static void collect(int (*ask)(NvmlDevice, unsigned int*, Process*), NvmlDevice device,
                        std::map<pid_t, std::int64_t>& found) {
        std::vector<Process> processes(MostProcesses);
        auto number = unsigned(processes.size());
        if (ask(device, &number, processes.data()) != NvmlSuccess)
            return;
        for (std::size_t at = 0; at < std::min<std::size_t>(number, processes.size()); ++at) {
            const Process& each = processes[at];
            const std::int64_t bytes =
                each.usedMemory == NvmlNotAvailable ? -1 : std::int64_t(each.usedMemory);
            // A program that computes and draws is listed twice with the same memory.
            auto [known, isNew] = found.emplace(pid_t(each.pid), bytes);
            if (!isNew)
                known->second = std::max(known->second, bytes);
        }
    }

    std::vector<GpuProcess> processesOf(NvmlDevice device) const {
        std::map<pid_t, std::int64_t> found;
        for (std::size_t kind = 0; kind < processes1.size(); ++kind) {
            if (processes2[kind])
                collect(processes2[kind], device, found);
            else if (processes1[kind])
                collect(processes1[kind], device, found);
        }
        std::vector<GpuProcess> processes;
        for (const auto& [pid, bytes] : found) {
            GpuProcess process;
            process.pid = pid;
            process.user = userOf(pid);
            process.program = programOf(pid);
            process.memoryBytes = bytes;
            processes.push_back(std::move(process));
        }
        return processes;
    }

    Gpu gpuAt(unsigned int index) const {
        Gpu gpu;
        gpu.index = int(index);
        NvmlDevice device = nullptr;
        if (deviceAt(index, &device) != NvmlSuccess)
            return gpu;
        gpu.model = string(name, device);
        gpu.uuid = string(uuid, device);
        NvmlMemory bytes{};
        if (memory && memory(device, &bytes) == NvmlSuccess) {
            gpu.memoryTotalBytes = std::int64_t(bytes.total);
            gpu.memoryUsedBytes = std::int64_t(bytes.used);
            gpu.memoryFreeBytes = std::int64_t(bytes.free);
        }
        NvmlUtilisation busy{};
        if (utilisation && utilisation(device, &busy) == NvmlSuccess)
            gpu.utilisationPercent = int(busy.gpu);
        unsigned int celsius = 0;
        if (temperature && temperature(device, NvmlTemperatureOfGpu, &celsius) == NvmlSuccess)
            gpu.temperatureCelsius = int(celsius);
        gpu.processes = processesOf(device);
        return gpu;
    }
};

static TextPattern noDriver() {
    return EMBELLIE_TR("launch", "no NVIDIA driver here");
}

DeviceReader::DeviceReader(const std::filesystem::path& library) : m_library(std::make_unique<Library>()) {
    if (!m_library->load(library)) {
        m_absence = text(noDriver());
        m_library.reset();
    }
}

DeviceReader::~DeviceReader() = default;
DeviceReader::DeviceReader(DeviceReader&&) noexcept = default;
DeviceReader& DeviceReader::operator=(DeviceReader&&) noexcept = default;

Devices DeviceReader::read() {
    Devices devices;
    devices.host = hostName();
    devices.absence = m_absence;
    if (!m_library)
        return devices;
    const auto refused = [&](int status) {
        devices.absence = status == NvmlDriverNotLoaded
                              ? text(noDriver())
                              : text(EMBELLIE_TR("launch", "the NVIDIA driver does not answer: {0}"),
                                     m_library->reason(status));
        return devices;
    };
    if (!m_library->isInitialised) {
        if (const int status = m_library->init(); status != NvmlSuccess)
            return refused(status);
        m_library->isInitialised = true;
    }
    std::array<char, 81> version{};
    if (m_library->driverVersion &&
        m_library->driverVersion(version.data(), unsigned(version.size()) - 1) == NvmlSuccess)
        devices.driver = version.data();
    unsigned int gpus = 0;
    if (const int status = m_library->count(&gpus); status != NvmlSuccess)
        return refused(status);
    for (unsigned int index = 0; index < gpus; ++index)
        devices.gpus.push_back(m_library->gpuAt(index));
    if (gpus == 0)
        devices.absence = text(EMBELLIE_TR("launch", "the NVIDIA driver shows no GPU here"));
    return devices;
}

Devices readDevices() {
    return DeviceReader().read();
}

static json known(std::int64_t value) {
    return value < 0 ? json(nullptr) : json(value);
}

json devicesToJson(const Devices& devices) {
    json gpus = json::array();
    for (const Gpu& gpu : devices.gpus) {
        json processes = json::array();
        for (const GpuProcess& process : gpu.processes)
            processes.push_back({{"pid", process.pid},
                                 {"user", process.user},
                                 {"program", process.program},
                                 {"memory_bytes", known(process.memoryBytes)}});
        gpus.push_back({{"index", gpu.index},
                        {"model", gpu.model},
                        {"uuid", gpu.uuid},
                        {"memory_total_bytes", known(gpu.memoryTotalBytes)},
                        {"memory_used_bytes", known(gpu.memoryUsedBytes)},
                        {"memory_free_bytes", known(gpu.memoryFreeBytes)},
                        {"utilisation_percent", known(gpu.utilisationPercent)},
                        {"temperature_celsius", known(gpu.temperatureCelsius)},
                        {"processes", std::move(processes)}});
    }
    return {{"host", devices.host},
            {"driver", devices.driver},
            {"gpus", std::move(gpus)},
            {"absence", devices.absence.english()}};
}

namespace {

std::int64_t numberAt(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number() ? found->get<std::int64_t>() : -1;
}

std::string stringAt(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// The sentences that are written by devicesToJson, so that a window can say them in its language.
Text absenceFrom(const std::string& english) {
    for (const TextPattern& pattern :
         {noDriver(), EMBELLIE_TR("launch", "the NVIDIA driver shows no GPU here")})
        if (english == pattern.pattern)
            return text(pattern);
    return english.empty() ? Text() : text(EMBELLIE_TR("launch", "no GPU: {0}"), english);
}

} // namespace

Devices devicesFromJson(const json& object) {
    const auto gpus = object.is_object() ? object.find("gpus") : object.end();
    if (!object.is_object() || gpus == object.end() || !gpus->is_array())
        throw Error(text(EMBELLIE_TR("launch", "the answer about GPUs can't be read")));
    Devices devices;
    devices.host = stringAt(object, "host");
    devices.driver = stringAt(object, "driver");
    devices.absence = absenceFrom(stringAt(object, "absence"));
    for (const json& one : *gpus) {
        if (!one.is_object())
            continue;
        Gpu gpu;
        gpu.index = int(numberAt(one, "index"));
        gpu.model = stringAt(one, "model");
        gpu.uuid = stringAt(one, "uuid");
        gpu.memoryTotalBytes = numberAt(one, "memory_total_bytes");
        gpu.memoryUsedBytes = numberAt(one, "memory_used_bytes");
        gpu.memoryFreeBytes = numberAt(one, "memory_free_bytes");
        gpu.utilisationPercent = int(numberAt(one, "utilisation_percent"));
        gpu.temperatureCelsius = int(numberAt(one, "temperature_celsius"));
        if (const auto processes = one.find("processes"); processes != one.end() && processes->is_array())
            for (const json& each : *processes) {
                if (!each.is_object())
                    continue;
                GpuProcess process;
                process.pid = pid_t(numberAt(each, "pid"));
                process.user = stringAt(each, "user");
                process.program = stringAt(each, "program");
                process.memoryBytes = numberAt(each, "memory_bytes");
                gpu.processes.push_back(std::move(process));
            }
        devices.gpus.push_back(std::move(gpu));
    }
    return devices;
}

GpuHolding heldBy(const Devices& devices, const std::set<pid_t>& processes) {
    GpuHolding holding;
    for (const Gpu& gpu : devices.gpus) {
        bool holds = false;
        for (const GpuProcess& process : gpu.processes)
            if (processes.contains(process.pid)) {
                holds = true;
                holding.memoryBytes += std::max<std::int64_t>(0, process.memoryBytes);
            }
        holding.gpus += holds;
    }
    return holding;
}

} // namespace embellie
