#include "core/command/command.h"
#include "core/command/run_lines.h"

#include <CLI/CLI.hpp>

namespace embellie {

const Command& command_follow() {
    static const Command command{
        "follow",
        EMBELLIE_TR("command", "Show what a run does until it ends; stopping this command leaves it alone"),
        [](CLI::App& app) {
            struct Words {
                std::string run;
                std::int64_t from = 0;
            };
            auto words = std::make_shared<Words>();
            app.add_option("RUN", words->run, "The run's folder")->required();
            app.add_option("--from", words->from, "Only events with a greater number");
            return [words](CommandContext& context) {
                demandFinished(words->run,
                               followRun(words->run, context, {.from = words->from, .jsonLines = true}));
                return 0;
            };
        }};
    return command;
}

} // namespace embellie
