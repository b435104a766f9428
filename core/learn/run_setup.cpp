#include "core/learn/run_setup.h"

#include "core/base/process.h"
#include "core/learn/foreign.h"

#include <csignal>
#include <malloc.h>
#include <new>
#include <sys/resource.h>
#include <thread>

namespace embellie {

std::atomic<int> stopSignal{0};

RunSetup readSetup(const std::filesystem::path& run) {
    RunSetup setup{readRunRequest(run), nullptr, nullptr, {}};
    setup.task = &taskOf(setup.request.task);
    setup.network = &networkOf(setup.request.network);
    setup.settings = Settings(settingsOf(*setup.task, *setup.network));
    setup.settings.mergeToml(setup.request.settings, RunPaths{run}.request().string());
    useKeptModel(RunPaths{run}, setup.settings);
    return setup;
}

int setThreads(const Settings& settings, int processes) {
    const auto wanted = static_cast<int>(settings.integer("train.threads"));
    const int threads = wanted > 0 ? wanted : std::max(1, usableProcessors() / processes);
    torch::set_num_threads(threads);
#ifdef __GLIBC__
    // Tensors of a step come and go: memory given back to the system each time costs page faults on the way
    // in again.
    ::mallopt(M_MMAP_THRESHOLD, 1 << 30);
    ::mallopt(M_TRIM_THRESHOLD, 1 << 30);
#endif
    return threads;
}

static bool speaksOfMemory(const std::string& words) {
    for (const char* part :
         {"allocate memory", "out of memory", "not enough memory", "could not create a memory"})
        if (words.find(part) != std::string::npos)
            return true;
    return false;
}

bool isOutOfMemory(std::exception_ptr failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const c10::Error& error) {
        return speaksOfMemory(error.what_without_backtrace());
    } catch (const std::bad_alloc&) {
        return true;
    } catch (const Error&) {
        return false;
    } catch (const std::exception& error) {
        return speaksOfMemory(error.what()); // those of the libraries below LibTorch
    } catch (...) {
        return false;
    }
}

std::string sentenceOf(std::exception_ptr failure) {
    if (isOutOfMemory(failure))
        return text(EMBELLIE_TR("learn",
                                "The memory does not suffice; choose a smaller batch or a smaller network."))
            .english();
    try {
        std::rethrow_exception(failure);
    } catch (const c10::Error& error) {
        const std::string words = error.what_without_backtrace();
        return text(EMBELLIE_TR("learn", "LibTorch can't go on: {0}"), words.substr(0, words.find('\n')))
            .english();
    } catch (const std::exception& error) {
        return error.what();
    }
}

void catchStopSignals() {
    struct sigaction action {};
    action.sa_handler = [](int number) { stopSignal.store(number); };
    action.sa_flags = SA_RESTART;
    for (const int number : {SIGTERM, SIGINT, SIGUSR1})
        ::sigaction(number, &action, nullptr);
    ::signal(SIGXFSZ, SIG_IGN);
    ::signal(SIGHUP, SIG_IGN);
    // Whoever started us may have kept them back until now.
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

std::int64_t peakMemoryBytes() {
    struct rusage usage {};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::int64_t>(usage.ru_maxrss) * 1024;
}

} // namespace embellie
