#pragma once

#include "core/base/process.h"
#include "tests/support/test_support.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace embellie::test {

/// Waits, looking twenty times a second. @return whether it came true in time
bool becomes(const std::function<bool()>& condition, std::chrono::milliseconds within);

/// All of these are installed (looked for in $PATH and the folders of administrators' programs).
bool areInstalled(const std::vector<std::string>& programs);

/// The rigs can hide a folder from the far side: as root, where the system allows a mount of one's own.
bool canHideFolders();

/// A Slurm of our own (tests/support/rig/slurm), up while this lives, in a folder of its own. All functions
/// throw std::runtime_error with what the rig said where it fails.
class SlurmRig {
public:
    struct Options {
        int nodes = 1, gpus = 2, cpus = 4, minutes = 60;
        std::vector<std::string> lines{}; ///< added to slurm.conf
        std::filesystem::path hidden{};   ///< a folder that jobs shall not see (canHideFolders())
    };
    explicit SlurmRig(const Options& options);
    ~SlurmRig();
    SlurmRig(const SlurmRig&) = delete;
    SlurmRig& operator=(const SlurmRig&) = delete;

    /// What Slurm's clients need to find it.
    std::map<std::string, std::string> variables() const;

    void crashNode(const std::string& node);
    void killController();
    void start(const std::string& daemon);
    std::vector<pid_t> left() const; ///< processes of jobs

    /// One of Slurm's programs; its output without the last line's end.
    std::string ask(const std::string& program, const std::vector<std::string>& arguments) const;
    /// "PENDING", "RUNNING", …; empty where Slurm knows no such job.
    std::string state(const std::string& job) const;
    /// One field of `scontrol show job`: "Reason", "Restarts"; empty where there is none.
    std::string field(const std::string& job, const std::string& name) const;
    /// Numbers of all jobs that wait or work.
    std::vector<std::string> jobs() const;

private:
    ScratchFolder m_folder;
};

/// An sshd of our own (tests/support/rig/sshd) that plays the machine "far".
class SshdRig {
public:
    /// @param variables of every session @param hidden a folder that sessions shall not see
    /// (canHideFolders())
    explicit SshdRig(const std::map<std::string, std::string>& variables,
                     const std::filesystem::path& hidden = {});
    ~SshdRig();
    SshdRig(const SshdRig&) = delete;
    SshdRig& operator=(const SshdRig&) = delete;

    std::filesystem::path config() const; ///< for ssh -F
    std::filesystem::path home() const;   ///< over there

    void cut();
    void freeze();
    void thaw();
    int logins() const; ///< since it is up
    std::vector<pid_t> connections() const;
    std::vector<pid_t> left() const; ///< what sessions started and did not take along

private:
    ScratchFolder m_folder;
};

/// A person at a machine: a HOME with their own configuration, runs below HOME/runs, and nothing of the
/// test's environment.
class Person {
public:
    /// @param variables added to the environment, such as those of SlurmRig
    explicit Person(std::filesystem::path home, std::map<std::string, std::string> variables = {});
    const std::filesystem::path& home() const { return m_home; }
    std::filesystem::path runs() const { return m_home / "runs"; }
    const std::map<std::string, std::string>& environment() const { return m_variables; }
    /// A file of a site: ~/.config/embellie/sites/ID.toml.
    void addSite(const std::string& id, const std::string& toml) const;

    /// How one of our programs is started by this person, in HOME.
    ProcessRequest request(const std::string& program, const std::vector<std::string>& arguments) const;
    ProcessResult cli(const std::vector<std::string>& arguments,
                      std::chrono::seconds timeout = std::chrono::seconds(90)) const;
    /// In the background; its output goes to @p log.
    pid_t start(const std::string& program, const std::vector<std::string>& arguments,
                const std::filesystem::path& log) const;

    /// Makes a small scene with a known truth in HOME/NAME: two volumes of two sweeps a piece. @return folder
    std::filesystem::path makeScene(const std::string& name = "scene", int seed = 1) const;

private:
    std::filesystem::path m_home;
    std::map<std::string, std::string> m_variables;
};

/// Arguments of `embellie-cli train` for a network that learns in a second or two on one core.
std::vector<std::string> smallTraining(const std::filesystem::path& scene, const std::filesystem::path& run,
                                       int epochs = 2, int steps = 10);

/// The addresses that a process listens on over TCP, "127.0.0.1:4711", by /proc.
std::vector<std::string> listensOn(pid_t process);
/// Processes whose program's file has this name, whoever started them.
std::vector<pid_t> processesOf(const std::string& program);
/// Processes that carry a variable of this value in their environment.
std::vector<pid_t> processesWith(const std::string& variable, const std::string& value);

} // namespace embellie::test

/// Skips the whole test, aloud, where Slurm is not installed.
#define EMBELLIE_NEEDS_SLURM()                                                                               \
    if (!embellie::test::areInstalled({"slurmctld", "slurmd", "sbatch", "munged"}))                          \
    QSKIP("needs an installed Slurm (packaging/test --all)")
#define EMBELLIE_NEEDS_SSHD()                                                                                \
    if (!embellie::test::areInstalled({"sshd", "ssh", "ssh-keygen"}))                                        \
    QSKIP("needs an installed sshd (packaging/test --all)")
