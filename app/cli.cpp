#include "core/command/command.h"

#include <csignal>
#include <iostream>

int main(int argc, char** argv) {
    ::signal(SIGCHLD, SIG_DFL); // ignored by some that start us: how our children end would not be known
    return embellie::runCommandLine(argc, argv, std::cout, std::cerr);
}
