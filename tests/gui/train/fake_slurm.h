#pragma once

#include "core/base/file.h"

#include <QByteArray>

#include <filesystem>
#include <string>

namespace embellie::test {

/// Slurm's programs as small scripts in a folder that is put before the PATH: they keep what they were called
/// with, and squeue says what queue() was told. For windows on machines without a scheduler.
class FakeSlurm {
public:
    explicit FakeSlurm(const std::filesystem::path& folder) : m_folder(folder) {
        std::filesystem::create_directories(folder);
        script("sbatch", "printf '%s\\n' \"$@\" >> \"$d/sbatch.called\"; echo 4711");
        script("squeue", "cat \"$d/queue\" 2>/dev/null; exit 0");
        script("scancel", "printf '%s\\n' \"$@\" >> \"$d/scancel.called\"; "
                          "sed -i 's/|PENDING|/|CANCELLED|/' \"$d/queue\"");
        script("sinfo", "echo 'gpu*|8:00:00|4|gpu:rtx2080ti:2|16|64000|up'");
        script("scontrol", "exit 0");
        qputenv("PATH", QByteArray(folder.c_str()) + ":" + qgetenv("PATH"));
    }
    /// Lines of `squeue -o %i|%T|%P|%Q|%S|%M|%L|%N|%r`.
    void queue(const std::string& lines) const { writeFileAtomically(m_folder / "queue", lines); }
    /// The words that a program was called with so far, a line each; empty where it was not.
    std::string called(const std::string& program) const {
        const auto file = m_folder / (program + ".called");
        return std::filesystem::exists(file) ? readFile(file) : std::string();
    }

private:
    void script(const std::string& name, const std::string& body) {
        const auto file = m_folder / name;
        writeFileAtomically(file, "#!/bin/sh\nd=$(dirname \"$0\")\n" + body + "\n");
        std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    }
    std::filesystem::path m_folder;
};

inline constexpr const char* ToySite = R"(label = "Toy"
note = "A cluster of paper"
kind = "slurm"
poll_s = 1
[limits]
gpus_per_user = 1
[standard]
time = "1:00:00"
gpus = 1
[[partition]]
name = "gpu"
max_time = "8:00:00"
nodes = 4
gpus_per_node = 2
gpu_model = "RTX 2080 Ti"
gpu_memory_gb = 11
default = true
)";

} // namespace embellie::test
