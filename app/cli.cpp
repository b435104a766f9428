#include "core/command/command.h"

#include <iostream>

int main(int argc, char** argv) {
    return embellie::runCommandLine(argc, argv, std::cout, std::cerr);
}
