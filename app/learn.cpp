#include "core/learn/about.h"
#include "core/learn/cleaner.h"
#include "core/learn/export.h"
#include "core/learn/trainer.h"

#include <charconv>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>
#include <unistd.h>

/// A plain child inside a scheduler's allocation ends with who started it, at a checkpoint, so that no GPU
/// stays held: not every scheduler ends what is left behind.
static void endWithParent() {
    const char* named = std::getenv("EMBELLIE_PARENT");
    if (!named)
        return;
    const std::string words = named;
    ::unsetenv("EMBELLIE_PARENT"); // our own children have another
    std::thread([words] {
        while (std::to_string(::getppid()) == words)
            std::this_thread::sleep_for(std::chrono::seconds(1));
        ::kill(::getpid(), SIGTERM);
    }).detach();
}

/// Short work without a run that waits for it. @return the exit status, with a sentence on stderr where it is
/// 1
template <class Work>
static int tryTo(Work&& work) {
    try {
        work();
        return 0;
    } catch (...) {
        std::cerr << embellie::sentenceOf(std::current_exception()) << std::endl;
        return 1;
    }
}

int main(int argc, char** argv) {
    // libgomp reads it when it is loaded, before main: threads that spin while they wait cost a busy machine
    // most of its time.
    if (!std::getenv("OMP_WAIT_POLICY")) {
        ::setenv("OMP_WAIT_POLICY", "passive", 1);
        ::execv("/proc/self/exe", argv);
    }
    ::signal(SIGCHLD, SIG_DFL); // ignored by some that start us: how our children end would not be known
    endWithParent();
    const std::string word = argc >= 3 ? argv[1] : "";
    if (word == "train" && argc == 3) {
        // Everything is written. Threads that wait for a lost rank, or a driver, have no say in the end.
        const int status = embellie::trainRun(argv[2]);
        std::cout.flush();
        std::cerr.flush();
        ::_exit(status);
    }
    if (word == "predict") {
        embellie::WarmWorker warm;
        bool isRight = argc % 2 == 1;
        for (int i = 3; i + 1 < argc; i += 2) {
            const std::string option = argv[i], value = argv[i + 1];
            long number = 0;
            const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), number);
            isRight = isRight && problem == std::errc() && end == value.data() + value.size() &&
                      number >= 0 && (option == "--idle" || option == "--parent");
            if (option == "--idle")
                warm.idle = std::chrono::seconds(number);
            else
                warm.parent = static_cast<pid_t>(number);
        }
        if (isRight)
            return embellie::predictRun(argv[2], warm);
    }
    if (word == "serve" && argc == 3)
        return embellie::serveRun(argv[2]);
    if (argc == 2 && std::string(argv[1]) == "about")
        return tryTo([] { std::cout << embellie::learnerWords() << std::endl; });
    if (word == "export" && argc == 4)
        return tryTo([&] { embellie::exportRun(argv[2], argv[3]); });
    if (word == "import" && argc == 4)
        return tryTo([&] { embellie::importModel(argv[2], argv[3]); });
    std::cerr
        << "usage: embellie-learn train RUN | embellie-learn predict RUN [--idle SECONDS] [--parent PID]\n"
           "       embellie-learn serve RUN | export RUN FILE.pt | import MODEL RUN | about\n";
    return 2;
}
