#include "core/learn/trainer.h"

#include <cstdlib>
#include <iostream>
#include <string>
#include <unistd.h>

int main(int argc, char** argv) {
    // libgomp reads it when it is loaded, before main: threads that spin while they wait cost a busy machine
    // most of its time.
    if (!std::getenv("OMP_WAIT_POLICY")) {
        ::setenv("OMP_WAIT_POLICY", "passive", 1);
        ::execv("/proc/self/exe", argv);
    }
    const std::string word = argc == 3 ? argv[1] : "";
    if (word == "train")
        return embellie::trainRun(argv[2]);
    if (word == "predict")
        return embellie::predictRun(argv[2]);
    std::cerr << "usage: embellie-learn train RUN | embellie-learn predict RUN\n";
    return 2;
}
