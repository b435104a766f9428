#include "core/command/command.h"
#include "core/command/json_text.h"
#include "core/launch/launch.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace embellie {

/// Of a run whose end was written since its trainer is dead. A mirror doesn't know yet.
static std::string whatIsLeft(const std::string& run, bool discard) {
    RunReader reader(run);
    reader.poll();
    if (reader.status() == RunStatus::Finished)
        return ": the run is kept as of its last checkpoint, and train --run " + run + " --resume goes on";
    if (reader.status() != RunStatus::Cancelled)
        return "";
    return discard ? "; its checkpoints and weights are gone" : ", and had written no checkpoint yet";
}

const Command& command_stop() {
    static const Command command{
        "stop", EMBELLIE_TR("command", "Ask a run to end after its batch and to keep its weights"),
        [](CLI::App& app) {
            struct Words {
                std::string run;
                bool discard = false;
            };
            auto words = std::make_shared<Words>();
            app.add_option("RUN", words->run, "The run's folder")->required();
            app.add_flag("--discard", words->discard, "Throw its checkpoints and weights away");
            return [words](CommandContext& context) {
                const Stopped stopped = stopRun(words->run, words->discard, nullptr, {&context.feedback});
                const bool waited = stopped == Stopped::TakenFromQueue;
                const bool wasDead = stopped == Stopped::WasDead;
                if (context.json)
                    context.out << jsonText(
                                       nlohmann::json{{"run", words->run},
                                                      {"asked", words->discard ? "discard" : "stop-keep"},
                                                      {"waited", waited},
                                                      {"was_dead", wasDead}})
                                << '\n';
                else if (wasDead)
                    context.out << "its trainer was dead" << whatIsLeft(words->run, words->discard) << '\n';
                else if (waited)
                    context.out << "it waited, and was taken out of the queue\n";
                else
                    context.out << (words->discard ? "asked to end and to discard its weights\n"
                                                   : "asked to end and to keep its weights\n");
                return 0;
            };
        }};
    return command;
}

} // namespace embellie
