#include "core/command/command.h"
#include "core/command/json_text.h"
#include "core/command/sweep_lines.h"
#include "core/launch/lines.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace embellie {

const Command& command_sweep() {
    static const Command command{
        "sweep",
        EMBELLIE_TR("command", "Go on with a sweep that \"train --sweep\" made, list it, or stop it"),
        [](CLI::App& app) {
            struct Words {
                std::string folder;
                bool list = false, stop = false, discard = false;
            };
            auto words = std::make_shared<Words>();
            app.add_option("FOLDER", words->folder, "The folder of its runs")->required();
            app.add_flag("--list", words->list, "Only show how its runs stand, best first");
            app.add_flag("--stop", words->stop, "Ask all its runs to end and to keep their weights");
            app.add_flag("--discard", words->discard, "With --stop: throw their weights away");
            return [words](CommandContext& context) {
                if (words->discard && !words->stop)
                    throw Error(
                        text(EMBELLIE_TR("command", "--discard says what --stop does with the weights")))
                        .expected(text(EMBELLIE_TR("command", "--stop --discard")))
                        .wrongUse();
                const RunSweep sweep = readSweep(words->folder);
                Lines lines;
                if (words->stop)
                    SweepDriver(sweep, siteOf(sweep.site), &lines).stop(words->discard, context.feedback);
                if (!words->stop && !words->list)
                    return driveSweep(sweep, siteOf(sweep.site), context, lines);
                const std::vector<SweepRow> rows = sweepTable(sweep);
                if (context.json)
                    context.out << jsonText(sweepJson(sweep, rows)) << '\n';
                else
                    printSweep(context.out, sweep, rows);
                return 0;
            };
        }};
    return command;
}

} // namespace embellie
