#pragma once

#include "core/base/feedback.h"

#include <functional>
#include <ostream>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace embellie {

/// What a running command may use. With json, out gets one object and nothing else.
struct CommandContext {
    std::ostream& out;
    std::ostream& err;
    bool json = false;
    Feedback& feedback; ///< progress on stderr when that is a terminal; stops on SIGINT and SIGTERM
};

/// A subcommand of embellie-cli: a folder core/command/<name> with command.cpp that defines
/// `const Command& command_<name>()` and a line in commands.def.
struct Command {
    std::string name;
    TextPattern help; ///< one sentence
    /// Declares options on the given CLI::App ("--json" is already there) and returns the action, which gives
    /// the exit status. The action throws Error for people; wrong use is an Error with wrongUse().
    std::function<std::function<int(CommandContext&)>(CLI::App&)> declare;
};

/// All commands, in the order of commands.def.
const std::vector<const Command*>& commands();

/// The whole program: parses, runs, prints errors (as JSON with --json); SIGXFSZ is ignored from then on.
/// @return exit status: 0, 1, or 2 for
/// wrong use
int runCommandLine(int argc, const char* const* argv, std::ostream& out, std::ostream& err);

} // namespace embellie
