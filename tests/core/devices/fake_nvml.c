/* A small stand-in for NVIDIA's management library, with the numbers of a made-up node of two cards. What it
   says is steered by the environment: FAKE_NVML_STATUS (what nvmlInit_v2 gives), FAKE_NVML_PID (a process that
   computes on card 0). */
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    unsigned long long total, free, used;
} Memory;
typedef struct {
    unsigned int gpu, memory;
} Utilisation;
typedef struct {
    unsigned int pid;
    unsigned long long usedMemory;
    unsigned int gpuInstance, computeInstance;
} Process;

static char devices[2];

static int number(const char* name, int otherwise) {
    const char* text = getenv(name);
    return text && *text ? atoi(text) : otherwise;
}
static int indexOf(void* device) {
    return (char*)device == &devices[1];
}

int nvmlInit_v2(void) {
    return number("FAKE_NVML_STATUS", 0);
}
int nvmlShutdown(void) {
    return 0;
}
const char* nvmlErrorString(int status) {
    return status == 18 ? "Driver/library version mismatch" : "unknown";
}
int nvmlSystemGetDriverVersion(char* text, unsigned int length) {
    snprintf(text, length, "525.105.17");
    return 0;
}
int nvmlDeviceGetCount_v2(unsigned int* count) {
    *count = 2;
    return 0;
}
int nvmlDeviceGetHandleByIndex_v2(unsigned int index, void** device) {
    *device = &devices[index];
    return index < 2 ? 0 : 2;
}
int nvmlDeviceGetName(void* device, char* text, unsigned int length) {
    (void)device;
    snprintf(text, length, "NVIDIA GeForce RTX 2080 Ti");
    return 0;
}
int nvmlDeviceGetUUID(void* device, char* text, unsigned int length) {
    snprintf(text, length, "GPU-0000-%d", indexOf(device));
    return 0;
}
int nvmlDeviceGetMemoryInfo(void* device, Memory* memory) {
    memory->total = 11811160064ull;
    memory->used = indexOf(device) ? 1048576ull : 3328599654ull;
    memory->free = memory->total - memory->used;
    return 0;
}
int nvmlDeviceGetUtilizationRates(void* device, Utilisation* rates) {
    if (indexOf(device))
        return 3; /* not supported, as on some cards */
    rates->gpu = 87;
    rates->memory = 40;
    return 0;
}
int nvmlDeviceGetTemperature(void* device, int sensor, unsigned int* celsius) {
    *celsius = indexOf(device) ? 31 : 64;
    return sensor;
}
int nvmlDeviceGetComputeRunningProcesses_v3(void* device, unsigned int* count, Process* processes) {
    const int pid = number("FAKE_NVML_PID", 0);
    if (indexOf(device) || pid == 0) {
        *count = 0;
        return 0;
    }
    if (*count < 2)
        return 7; /* insufficient size */
    memset(processes, 0, 2 * sizeof(Process));
    processes[0].pid = (unsigned int)pid;
    processes[0].usedMemory = 3100000000ull;
    processes[1].pid = 4194999; /* above Linux's highest: a process of another container */
    processes[1].usedMemory = ~0ull;
    *count = 2;
    return 0;
}
int nvmlDeviceGetGraphicsRunningProcesses_v3(void* device, unsigned int* count, Process* processes) {
    (void)processes;
    if (indexOf(device) || number("FAKE_NVML_PID", 0) == 0) {
        *count = 0;
        return 0;
    }
    memset(processes, 0, sizeof(Process));
    processes[0].pid = (unsigned int)number("FAKE_NVML_PID", 0);
    processes[0].usedMemory = 3100000000ull;
    *count = 1;
    return 0;
}
