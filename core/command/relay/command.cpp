#include "core/command/command.h"
#include "core/launch/relay_server.h"

#include <CLI/CLI.hpp>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace embellie {

const Command& command_relay() {
    static const Command command{
        "relay",
        EMBELLIE_TR("command", "Answer a distant Embellie through ssh until it hangs up; started by it"),
        [](CLI::App& app) {
            const auto stdio = std::make_shared<bool>(false);
            app.add_flag("--stdio", *stdio, "Questions on standard input, answers on standard output")
                ->required();
            return [](CommandContext& context) {
                // What a library prints by itself must not come between the answers.
                const int output = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
                if (output < 0 || ::dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
                    throw systemError(EMBELLIE_TR("command", "the output can't be written"), "stdout", errno);
                ::signal(SIGPIPE, SIG_IGN); // a line that is lost is an end like another
                RelayServer(STDIN_FILENO, output).serve(context.feedback.stopToken());
                ::close(output);
                return 0;
            };
        }};
    return command;
}

} // namespace embellie
