#include "core/base/file.h"
#include "core/base/process.h"
#include "core/command/command.h"
#include "core/command/json_text.h"
#include "core/launch/devices.h"
#include "core/launch/site.h"
#include "core/map/projection.h"
#include "core/run/shipped_model.h"
#include "core/task/task.h"

#include <cmath>
#include <cstdlib>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace embellie {

namespace fs = std::filesystem;

namespace {

enum class Verdict { Fine, Note, Problem };

/// What was looked at, and how it is.
struct Finding {
    Verdict verdict = Verdict::Fine;
    std::string what, how, remedy;
};

const char* wordOf(Verdict verdict) {
    return verdict == Verdict::Fine ? "ok" : verdict == Verdict::Note ? "note" : "problem";
}

class Examination {
public:
    explicit Examination(std::vector<fs::path> folders) : m_folders(std::move(folders)) {}

    std::vector<Finding> all() {
        program();
        projections();
        learner();
        devices();
        settings();
        sites();
        for (const fs::path& folder : m_folders)
            writable("folder " + folder.string(), folder, Verdict::Problem);
        tools();
        display();
        return std::move(m_findings);
    }

private:
    void add(Verdict verdict, std::string what, std::string how, std::string remedy = {}) {
        m_findings.push_back({verdict, std::move(what), std::move(how), std::move(remedy)});
    }
    void fine(std::string what, std::string how) { add(Verdict::Fine, std::move(what), std::move(how)); }

    void program() {
        fine("program", "embellie " EMBELLIE_VERSION " in " + programFolder().string());
        try {
            const fs::path resources = resourceFolder();
            const std::size_t models = shippedModels().size();
            if (models > 0)
                fine("resources", resources.string() + ", trained models: " + std::to_string(models));
            else
                add(Verdict::Problem, "resources", "no trained model in " + (resources / "models").string(),
                    "install resources/models beside the program, or name the folder in EMBELLIE_RESOURCES");
        } catch (const Error& error) {
            add(Verdict::Problem, "resources", error.what());
        }
    }

    void projections() {
        const std::string remedy = "look at PROJ_DATA and PROJ_LIB: conda's are of another version";
        try {
            // The origin of Europe's equal-area grid, by its definition.
            const Projection::Point point = Projection("EPSG:3035").forward({52, 10});
            if (std::abs(point.x - 4321000) < 1 && std::abs(point.y - 3210000) < 1)
                fine("projections", "EPSG:3035 is where it should be");
            else
                add(Verdict::Problem, "projections", "EPSG:3035 lies elsewhere", remedy);
        } catch (const Error&) {
            add(Verdict::Problem, "projections", "PROJ finds no database", remedy);
        }
    }

    void learner() {
        const fs::path program = programFolder() / "embellie-learn";
        std::error_code ignored;
        if (!fs::exists(program, ignored))
            return add(Verdict::Problem, "learner", "there is no " + program.string(),
                       "install embellie-learn beside this program: without it nothing trains or predicts");
        const ProcessResult about =
            runProcess({.program = program, .arguments = {"about"}}, std::chrono::seconds(60));
        if (about.status != 0)
            return add(Verdict::Problem, "learner",
                       about.timedOut ? "it does not answer" : "it does not start: " + about.errors,
                       "run ldd " + program.string() + " and look for what is not found");
        fine("learner", about.output.substr(0, about.output.find('\n')));
        fine("processors", std::to_string(usableProcessors()));
    }

    void devices() {
        const Devices found = readDevices();
        if (!found.absence.empty())
            return add(Verdict::Note, "GPU", found.absence.english(),
                       "training and prediction use the processors, or a site's GPUs");
        for (const Gpu& gpu : found.gpus)
            fine("GPU", gpu.model + ", driver " + found.driver);
    }

    void settings() {
        try {
            SettingTable all = trainSettings();
            for (const TaskInfo* task : tasks())
                all.add(task->settings);
            Settings inForce(all);
            mergeSettingFiles(inForce, fs::current_path().string());
            fine("settings", "the files are understood");
        } catch (const Error& error) {
            add(Verdict::Problem, "settings", error.what());
        }
    }

    void sites() {
        for (const KnownSite& site : knownSites())
            if (site.problem)
                add(Verdict::Problem, "site " + site.id, site.problem->what());
            else
                fine("site " + site.id, site.site->label);
    }

    void writable(const std::string& what, const fs::path& folder, Verdict otherwise) {
        const fs::path probe = folder / (".embellie-doctor-" + std::to_string(::getpid()));
        std::error_code error;
        try {
            fs::create_directories(folder);
            writeFileAtomically(probe, "x");
            fs::remove(probe, error);
            const fs::space_info space = fs::space(folder, error);
            const double free = error ? 0 : static_cast<double>(space.available) / 1e9;
            add(free < 1 ? otherwise : Verdict::Fine, what, numberText(free, 1) + " GB free",
                free < 1 ? "make room: checkpoints of a run take some MB to GB" : "");
        } catch (const std::exception& problem) {
            fs::remove(probe, error);
            add(otherwise, what, problem.what(), "choose a folder that you may write to");
        }
    }

    void tools() {
        const char* path = std::getenv("PATH");
        const auto find = [&](const std::string& name) {
            std::string rest = path ? path : "";
            while (!rest.empty()) {
                const std::size_t end = std::min(rest.find(':'), rest.size());
                const fs::path file = fs::path(rest.substr(0, end)) / name;
                if (::access(file.c_str(), X_OK) == 0)
                    return file.string();
                rest.erase(0, std::min(end + 1, rest.size()));
            }
            return std::string();
        };
        for (const auto& [tool, purpose] :
             {std::pair("ssh", "sites behind ssh can't be reached from here"),
              {"sbatch", "no Slurm here: its jobs are sent from a login node"}}) {
            const std::string file = find(tool);
            add(file.empty() ? Verdict::Note : Verdict::Fine, tool, file.empty() ? "not found" : file,
                file.empty() ? purpose : "");
        }
    }

    void display() {
        const fs::path probe = programFolder() / "embellie-glprobe";
        std::error_code ignored;
        if (!fs::exists(probe, ignored))
            return add(Verdict::Note, "window", "not installed (no embellie-glprobe beside this program)");
        for (const char* name : {"WAYLAND_DISPLAY", "DISPLAY"})
            if (const char* value = std::getenv(name); value && *value) {
                fine("display", std::string(name) + "=" + value);
                break;
            }
        const ProcessResult answer = runProcess({.program = probe}, std::chrono::seconds(10));
        const auto words = nlohmann::json::parse(answer.output, nullptr, false);
        if (words.is_object() && words.value("works", false))
            fine("3-D", words.value("renderer", ""));
        else
            add(Verdict::Note, "3-D", "OpenGL does not draw here without a display",
                "maps are drawn all the same; for 3-D install the Mesa drivers");
    }

    std::vector<fs::path> m_folders;
    std::vector<Finding> m_findings;
};

} // namespace

const Command& command_doctor() {
    static const Command command{
        "doctor",
        EMBELLIE_TR("command", "Look at this installation and machine, and say what is wrong and what helps"),
        [](CLI::App& app) {
            auto folders = std::make_shared<std::vector<std::string>>();
            app.add_option("--folder", *folders,
                           "Folders for runs and results that must be writable; may be repeated")
                ->type_name("FOLDER")
                ->allow_extra_args(false);
            return [folders](CommandContext& context) {
                const std::vector<Finding> findings = Examination({folders->begin(), folders->end()}).all();
                nlohmann::json list = nlohmann::json::array();
                std::size_t problems = 0, widest = 0;
                for (const Finding& finding : findings)
                    widest = std::max(widest, finding.what.size());
                for (const Finding& finding : findings) {
                    problems += finding.verdict == Verdict::Problem;
                    const std::string word = wordOf(finding.verdict);
                    if (context.json)
                        list.push_back({{"verdict", word},
                                        {"what", finding.what},
                                        {"how", finding.how},
                                        {"remedy", finding.remedy}});
                    else
                        context.out << word << std::string(9 - word.size(), ' ') << finding.what
                                    << std::string(widest + 2 - finding.what.size(), ' ') << finding.how
                                    << (finding.remedy.empty() ? "" : ": " + finding.remedy) << '\n';
                }
                if (context.json)
                    context.out << jsonText({{"findings", list}}) << '\n';
                return problems > 0 ? 1 : 0;
            };
        }};
    return command;
}

} // namespace embellie
