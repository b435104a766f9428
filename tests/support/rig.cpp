#include "tests/support/rig.h"

#include "core/base/file.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <set>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <unistd.h>

namespace embellie::test {

namespace fs = std::filesystem;

namespace {

const char* const Path = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

std::string drive(const std::string& rig, const std::vector<std::string>& arguments) {
    ProcessRequest request;
    request.program = sourceFolder() / "tests/support/rig" / rig;
    request.arguments = arguments;
    const ProcessResult result = runProcess(request, std::chrono::minutes(2));
    if (result.status != 0)
        throw std::runtime_error(rig + " " + arguments.front() + ": " + result.errors + result.output);
    return result.output;
}

void driveQuietly(const std::string& rig, const std::vector<std::string>& arguments) {
    try {
        drive(rig, arguments);
    } catch (const std::exception& error) { // a destructor: said, and no more
        std::fprintf(stderr, "%s\n", error.what());
    }
}

std::vector<std::string> lines(const std::string& text) {
    std::vector<std::string> found;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        if (!line.empty())
            found.push_back(line);
    return found;
}

std::optional<pid_t> number(const std::string& text) {
    pid_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::vector<pid_t> numbers(const std::string& text) {
    std::vector<pid_t> found;
    for (const std::string& line : lines(text))
        if (const auto value = number(line))
            found.push_back(*value);
    return found;
}

std::vector<pid_t> allProcesses() {
    std::vector<pid_t> found;
    for (const auto& entry : fs::directory_iterator("/proc"))
        if (const auto value = number(entry.path().filename().string()))
            found.push_back(*value);
    return found;
}

std::string contentOf(const fs::path& file) {
    std::string content;
    if (std::FILE* stream = std::fopen(file.c_str(), "rb")) {
        std::array<char, 4096> block{};
        while (const std::size_t count = std::fread(block.data(), 1, block.size(), stream))
            content.append(block.data(), count);
        std::fclose(stream);
    }
    return content;
}

} // namespace

bool becomes(const std::function<bool()>& condition, std::chrono::milliseconds within) {
    const auto end = std::chrono::steady_clock::now() + within;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return true;
}

bool areInstalled(const std::vector<std::string>& programs) {
    return std::all_of(programs.begin(), programs.end(), [](const std::string& program) {
        std::istringstream folders(Path);
        for (std::string folder; std::getline(folders, folder, ':');)
            if (::access((fs::path(folder) / program).c_str(), X_OK) == 0)
                return true;
        return false;
    });
}

bool canHideFolders() {
    if (::geteuid() != 0 || !areInstalled({"unshare", "mount"}))
        return false;
    ProcessRequest attempt; // in a mount space of its own: /tmp itself stays as it is
    attempt.program = "unshare";
    attempt.arguments = {"--mount", "mount", "-t", "tmpfs", "none", "/tmp"};
    return runProcess(attempt).status == 0;
}

SlurmRig::SlurmRig(const Options& options) {
    std::vector<std::string> words{
        "up",         m_folder.path().string(),       "--nodes", std::to_string(options.nodes),
        "--gpus",     std::to_string(options.gpus),   "--cpus",  std::to_string(options.cpus),
        "--max-time", std::to_string(options.minutes)};
    for (const std::string& line : options.lines)
        words.insert(words.end(), {"--line", line});
    if (!options.hidden.empty())
        words.insert(words.end(), {"--hide", options.hidden.string()});
    drive("slurm", words);
}

SlurmRig::~SlurmRig() {
    driveQuietly("slurm", {"down", m_folder.path().string()});
}

std::map<std::string, std::string> SlurmRig::variables() const {
    return {{"SLURM_CONF", (m_folder / "slurm.conf").string()}};
}

void SlurmRig::crashNode(const std::string& node) {
    drive("slurm", {"crash-node", m_folder.path().string(), node});
}

void SlurmRig::killController() {
    drive("slurm", {"kill-controller", m_folder.path().string()});
}

void SlurmRig::start(const std::string& daemon) {
    drive("slurm", {"start", m_folder.path().string(), daemon});
}

std::vector<pid_t> SlurmRig::left() const {
    return numbers(drive("slurm", {"left", m_folder.path().string()}));
}

std::string SlurmRig::ask(const std::string& program, const std::vector<std::string>& arguments) const {
    ProcessRequest request;
    request.program = "/usr/bin/env";
    request.arguments = {program};
    request.arguments.insert(request.arguments.end(), arguments.begin(), arguments.end());
    request.environment = variables();
    const ProcessResult result = runProcess(request, std::chrono::seconds(60));
    if (result.status != 0)
        throw std::runtime_error(program + ": " + result.errors);
    std::string output = result.output;
    while (!output.empty() && output.back() == '\n')
        output.pop_back();
    return output;
}

std::string SlurmRig::field(const std::string& job, const std::string& name) const {
    std::string shown;
    try {
        shown = ask("scontrol", {"show", "job", job, "--oneliner"});
    } catch (const std::exception&) { // forgotten, or the controller is down
        return {};
    }
    const std::size_t at = shown.find(" " + name + "=");
    if (at == std::string::npos)
        return {};
    const std::size_t from = at + name.size() + 2;
    return shown.substr(from, shown.find(' ', from) - from);
}

std::string SlurmRig::state(const std::string& job) const {
    return field(job, "JobState");
}

std::vector<std::string> SlurmRig::jobs() const {
    return lines(ask("squeue", {"-h", "-r", "-o", "%i"}));
}

SshdRig::SshdRig(const std::map<std::string, std::string>& variables, const fs::path& hidden) {
    std::vector<std::string> words{"up", m_folder.path().string()};
    for (const auto& [name, value] : variables)
        words.insert(words.end(), {"--variable", name + "=" + value});
    if (!hidden.empty())
        words.insert(words.end(), {"--hide", hidden.string()});
    drive("sshd", words);
}

SshdRig::~SshdRig() {
    driveQuietly("sshd", {"down", m_folder.path().string()});
}

fs::path SshdRig::config() const {
    return m_folder / "config";
}
fs::path SshdRig::home() const {
    return m_folder / "home";
}
void SshdRig::cut() {
    drive("sshd", {"cut", m_folder.path().string()});
}
void SshdRig::freeze() {
    drive("sshd", {"freeze", m_folder.path().string()});
}
void SshdRig::thaw() {
    drive("sshd", {"thaw", m_folder.path().string()});
}
int SshdRig::logins() const {
    return numbers(drive("sshd", {"logins", m_folder.path().string()})).at(0);
}
std::vector<pid_t> SshdRig::connections() const {
    return numbers(drive("sshd", {"connections", m_folder.path().string()}));
}
std::vector<pid_t> SshdRig::left() const {
    return numbers(drive("sshd", {"left", m_folder.path().string()}));
}

Person::Person(fs::path home, std::map<std::string, std::string> variables)
    : m_home(std::move(home)), m_variables(std::move(variables)) {
    fs::create_directories(m_home / ".config");
    fs::create_directories(m_home / "runs");
    fs::create_directories(m_home / "tmp");
    fs::permissions(m_home / "tmp", fs::perms::owner_all);
    m_variables.insert({{"HOME", m_home.string()},
                        {"PATH", Path},
                        {"LANG", "C.UTF-8"},
                        {"USER", "somebody"},
                        {"XDG_RUNTIME_DIR", (m_home / "tmp").string()},
                        {"EMBELLIE_RUNS", (m_home / "runs").string()},
                        {"EMBELLIE_BIN", programFolder().string()},
                        {"EMBELLIE_RESOURCES", (sourceFolder() / "resources").string()},
                        {"QT_QPA_PLATFORM", "offscreen"}});
}

void Person::addSite(const std::string& id, const std::string& toml) const {
    const fs::path folder = m_home / ".config/embellie/sites";
    fs::create_directories(folder);
    writeFileAtomically(folder / (id + ".toml"), toml);
}

ProcessRequest Person::request(const std::string& program, const std::vector<std::string>& arguments) const {
    ProcessRequest request;
    request.program = "/usr/bin/env"; // leaves the test's own environment behind
    request.arguments = {"-i"};
    for (const auto& [name, value] : m_variables)
        request.arguments.push_back(name + "=" + value);
    request.arguments.push_back((programFolder() / program).string());
    request.arguments.insert(request.arguments.end(), arguments.begin(), arguments.end());
    request.workingFolder = m_home;
    return request;
}

ProcessResult Person::cli(const std::vector<std::string>& arguments, std::chrono::seconds timeout) const {
    return runProcess(request("embellie-cli", arguments), timeout);
}

pid_t Person::start(const std::string& program, const std::vector<std::string>& arguments,
                    const fs::path& log) const {
    ProcessRequest made = request(program, arguments);
    made.log = log;
    return startProcess(made);
}

fs::path Person::makeScene(const std::string& name, int seed) const {
    const fs::path scene = m_home / name;
    const ProcessResult made = cli({"simulate", "--output", scene.string(), "--seed", std::to_string(seed),
                                    "--sim.times", "2", "--sim.elevations", "0.5,1.5", "--sim.rays", "90",
                                    "--sim.gates", "64", "--sim.gate_length", "2000"});
    if (made.status != 0)
        throw std::runtime_error("simulate: " + made.errors);
    return scene;
}

std::vector<std::string> smallTraining(const fs::path& scene, const fs::path& run, int epochs, int steps) {
    return {"train",
            "--task",
            "denoise",
            "--network",
            "unet",
            "--data",
            "scene=" + scene.string(),
            "--run",
            run.string(),
            "--train.epochs",
            std::to_string(epochs),
            "--train.steps",
            std::to_string(steps),
            "--train.threads",
            "1",
            "--train.workers",
            "1",
            "--denoise.gate_meters",
            "2000",
            "--denoise.gates",
            "64",
            "--unet.width",
            "4",
            "--unet.depth",
            "2"};
}

std::vector<std::string> listensOn(pid_t process) {
    std::set<std::string> sockets;
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator("/proc/" + std::to_string(process) + "/fd", problem)) {
        const std::string target = fs::read_symlink(entry.path(), problem).string();
        if (target.starts_with("socket:["))
            sockets.insert(target.substr(8, target.size() - 9));
    }
    std::vector<std::string> found;
    for (const char* table : {"/proc/net/tcp", "/proc/net/tcp6"}) {
        for (const std::string& line : lines(contentOf(table))) {
            std::istringstream words(line);
            std::string slot, local, remote, state, queues, timer, retransmits, user, timeout, inode;
            words >> slot >> local >> remote >> state >> queues >> timer >> retransmits >> user >> timeout >>
                inode;
            if (state == "0A" && sockets.contains(inode)) // LISTEN
                found.push_back(local);
        }
    }
    return found;
}

std::vector<pid_t> processesOf(const std::string& program) {
    std::vector<pid_t> found;
    for (const pid_t process : allProcesses()) {
        std::error_code problem;
        if (fs::read_symlink("/proc/" + std::to_string(process) + "/exe", problem).filename() == program)
            found.push_back(process);
    }
    return found;
}

std::vector<pid_t> processesWith(const std::string& variable, const std::string& value) {
    std::vector<pid_t> found;
    for (const pid_t process : allProcesses()) {
        const std::string environment = contentOf("/proc/" + std::to_string(process) + "/environ");
        const std::string entry = variable + "=" + value;
        std::size_t from = 0;
        while (from < environment.size()) {
            const std::size_t end = std::min(environment.find('\0', from), environment.size());
            if (environment.compare(from, end - from, entry) == 0) {
                found.push_back(process);
                break;
            }
            from = end + 1;
        }
    }
    return found;
}

} // namespace embellie::test
