#include "core/launch/job_script.h"

#include <algorithm>

namespace embellie {

std::string shellQuoted(const std::string& words) {
    if (words.find('\0') != std::string::npos)
        throw Error(text(EMBELLIE_TR("launch", "a text with a zero byte can't be given to a program")));
    // Between single quotes a shell changes nothing, not even a line break.
    std::string quoted = "'";
    for (const char letter : words)
        quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
    return quoted + "'";
}

std::string jobName(const std::filesystem::path& run) {
    std::string name = "embellie-";
    for (const char letter : run.filename().string()) {
        const bool plain = (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') ||
                           (letter >= 'a' && letter <= 'z') || letter == '.' || letter == '-' ||
                           letter == '_';
        name += plain ? letter : '_';
    }
    return name.substr(0, 64);
}

std::string jobScript(const LaunchSite& site, const Resources& resources,
                      const std::filesystem::path& learner, const std::string& word,
                      const std::vector<std::filesystem::path>& runs) {
    std::string script =
        "#!/bin/bash\n"
        "# Written by Embellie for one submission.\n"
        // A warning that comes before the learner listens must not end it; what is asked lies in the run.
        "trap '' USR1\n";
    // `module` is a function of login shells, which a job's shell is not.
    if (!site.modules.empty()) {
        script += "if ! type module >/dev/null 2>&1; then\n"
                  "  for file in \"${MODULESHOME:-/nonexistent}/init/bash\" "
                  "\"${LMOD_PKG:-/nonexistent}/init/bash\" \\\n"
                  "      /etc/profile.d/modules.sh /etc/profile.d/lmod.sh /usr/share/modules/init/bash; do\n"
                  "    if [ -r \"$file\" ]; then . \"$file\"; break; fi\n"
                  "  done\n"
                  "fi\n";
        for (const std::string& module : site.modules)
            script += "module load " + shellQuoted(module) + "\n";
    }
    for (const std::string& line : site.lines)
        script += line + "\n";
    const auto variable = [&](const std::string& name, const std::string& value) {
        script += "export " + name + "=" + shellQuoted(value) + "\n";
    };
    for (const auto& [name, value] : site.environment)
        variable(name, value);
    if (!site.environment.contains("OMP_WAIT_POLICY"))
        variable("OMP_WAIT_POLICY", "passive"); // threads that spin cost a busy machine most of its time
    if (!site.rankInterface.empty())
        variable("EMBELLIE_INTERFACE", site.rankInterface);
    if (runs.size() == 1) {
        script += "run=" + shellQuoted(runs.front().string()) + "\n";
    } else {
        script += "case $SLURM_ARRAY_TASK_ID in\n";
        for (std::size_t i = 0; i < runs.size(); ++i)
            script += std::to_string(i) + ") run=" + shellQuoted(runs[i].string()) + " ;;\n";
        script += "*) exit 2 ;;\nesac\n";
    }
    // The log's path may hold what Slurm's --output would replace; and each run of an array has its own.
    script += "exec >>\"$run/log.txt\" 2>&1\n";
    // By exec the trainer takes the place of this shell and gets the warning signal itself.
    if (resources.ranks > 1)
        script += "unset SLURM_EXPORT_ENV\n"
                  "exec srun --ntasks=" +
                  std::to_string(resources.ranks) +
                  // Some versions of srun don't take it over from the job.
                  (resources.cpus > 0 ? " --cpus-per-task=" + std::to_string(resources.cpus) : "") +
                  " --kill-on-bad-exit=0 --wait=0 --export=ALL " + shellQuoted(learner.string()) + " " +
                  word + " \"$run\"\n";
    else
        script += "exec " + shellQuoted(learner.string()) + " " + word + " \"$run\"\n";
    return script;
}

} // namespace embellie
