#include "core/io/source.h"
#include "core/learn/foreign.h"
#include "core/learn/script.h"
#include "core/learn/train_state.h"
#include "core/learn/safetensors.h"
#include "core/run/run_directory.h"
#include "tests/core/learn/python.h"
#include "tests/core/learn/training_runs.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <cmath>

using namespace embellie;
namespace fs = std::filesystem;

namespace {

/// A TorchScript file of a forward() of ours, as somebody else might write it.
void writeScript(const fs::path& file, const std::string& forward) {
    torch::jit::Module module("Somebody");
    module.register_attribute("training", c10::BoolType::get(), false);
    module.register_parameter("slope", torch::full({1}, 2.0f), false);
    module.register_buffer("count", torch::zeros({1}));
    module.define(forward);
    module.save(file.string());
}

/// embellie-cli with a folder of runs of its own.
ProcessResult cli(const fs::path& folder, const std::vector<std::string>& arguments) {
    ProcessRequest request;
    request.program = programFolder() / "embellie-cli";
    request.arguments = arguments;
    request.environment["EMBELLIE_RUNS"] = (folder / "runs").string();
    request.environment["XDG_CONFIG_HOME"] = folder.string();
    request.workingFolder = folder;
    return runProcess(request);
}

/// A simulated sweep in a file.
fs::path makeSweep(const fs::path& folder) {
    const ProcessResult made = cli(folder, {"simulate", "--output", (folder / "scene").string(),
                                            "--sim.times", "1", "--sim.elevations", "0.5,1.5", "--sim.rays",
                                            "90", "--sim.gates", "61", "--sim.gate_length", "2000"});
    if (made.status != 0)
        throw std::runtime_error(made.errors);
    for (const auto& entry : fs::directory_iterator(folder / "scene"))
        if (entry.path().extension() == ".h5")
            return entry.path();
    throw std::runtime_error("no sweep was made");
}

Field read(const fs::path& file, const std::string& array) {
    Feedback silent;
    return openSource(file)->read(array, {}, silent);
}

RunRequest scriptRequest(const fs::path& model, const std::map<std::string, std::string>& others) {
    RunRequest request = test::tinyRequest("denoise", others);
    Settings settings(settingsOf(taskOf("denoise"), networkOf("script")));
    Settings known(settingsOf(taskOf("denoise"), networkOf("unet")));
    known.mergeToml(request.settings, "request.toml");
    for (const Setting& setting : settings.table().all())
        if (known.table().find(setting.key))
            settings.set(setting.key, known.value(setting.key));
    settings.set("script.file", model.string());
    request.network = "script";
    request.settings = settings.toToml();
    return request;
}

} // namespace

class TestForeign : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void aFaultyDescriptionIsOneSentence_data() {
        QTest::addColumn<QString>("toml");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* name, const char* toml, const char* said) {
            QTest::newRow(name) << toml << said;
        };
        row("no TOML", "file = ", "no TOML");
        row("no file", "name = \"x\"", "\"file\" is missing");
        row("file that is away", "file = \"away.pt\"", "is not there");
        row("file elsewhere", "file = \"../x.pt\"", "is not beside");
        row("slip", "file = \"x.pt\"\nmultipel = 8", "perhaps multiple is meant");
        row("kind", "file = \"x.pt\"\nmultiple = \"8\"", "of another kind");
        row("newer", "file = \"x.pt\"\nformat = 2", "newer");
        row("meaning", "file = \"x.pt\"\n[[output]]\nmeaning = \"snow\"", "one of rain, classes, field");
        row("own output for the task's input", "file = \"x.pt\"\n[[input]]\nchannels = [0]\n[[output]]",
            "do not go together");
        row("empty input", "file = \"x.pt\"\n[[input]]\n[[output]]", "\"channel\" is missing");
        row("no scale",
            "file = \"x.pt\"\n[[output]]\n[[input]]\n[[input.channel]]\nquantity = \"TH\"\nscale = 0",
            "not 0");
        row("class without names", "file = \"x.pt\"\n[[output]]\nmeaning = \"classes\"", "\"classes\"");
    }
    void aFaultyDescriptionIsOneSentence() {
        QFETCH(QString, toml);
        QFETCH(QString, said);
        const test::ScratchFolder folder;
        writeFileAtomically(folder / "x.pt", "");
        writeFileAtomically(folder / "x.toml", toml.toStdString());
        try {
            readScriptModel(folder / "x.toml");
            QFAIL("no error");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains(said), error.what());
            QVERIFY(error.file().find((folder.path()).string()) == 0);
        }
    }

    void numbersOfAFileAreCountedWithoutLibTorch() {
        const test::ScratchFolder folder;
        writeScript(folder / "x.pt", "def forward(self, x: Tensor) -> Tensor:\n    return x * self.slope\n");
        QCOMPARE(scriptNumbers(folder / "x.pt"), std::int64_t(2)); // slope and count
        writeFileAtomically(folder / "no.pt", std::string(200, 'P'));
        QVERIFY_EXCEPTION_THROWN(scriptNumbers(folder / "no.pt"), Error);
        std::string bytes = readFile(folder / "x.pt");
        writeFileAtomically(folder / "cut.pt", bytes.substr(0, bytes.size() / 2));
        QVERIFY_EXCEPTION_THROWN(scriptNumbers(folder / "cut.pt"), Error);
    }

    // A model of two inputs whose rule is known: rain is what has more than 20 dBZ within 60 km. The result
    // is checked cell by cell against the file.
    void aModelWithItsOwnChannelsCleans() {
        const test::ScratchFolder folder;
        const fs::path sweep = makeSweep(folder.path());
        writeScript(folder / "far.pt",
                    "def forward(self, z: Tensor, place: Tensor) -> Tuple[Tensor, Tensor]:\n"
                    "    rain = (z[:, 0:1] - 2.0) * 100.0 - torch.relu(place[:, 0:1] - 60.0) * 10000.0\n"
                    "    return (torch.cat([-rain, rain], 1), place[:, 1:2])\n");
        writeFileAtomically(folder / "far.toml", R"(
            file = "far.pt"
            name = "near and strong"
            multiple = 16
            [settings]
            denoise.threshold = 0.5
            [[input]]
            [[input.channel]]
            quantity = ["absent", "TH"]
            unit = "dBZ"
            scale = 10
            missing = -3
            [[input]]
            [[input.channel]]
            computed = "range"
            scale = 1000
            [[input.channel]]
            computed = "azimuth"
            [[output]]
            meaning = "rain"
            form = "softmax"
            channel = 1
            [[output]]
            meaning = "field"
            answer = 1
            quantity = "AZ"
            unit = "degree"
        )");
        const ProcessResult done =
            cli(folder.path(), {"predict", "--model", (folder / "far.toml").string(), sweep.string(),
                                "--output", (folder / "out").string()});
        QVERIFY2(done.status == 0, done.errors.c_str());
        const Field raw = read(sweep, "sweep_1/TH"),
                    clean = read(folder / "out" / sweep.filename().string(), "sweep_1/DBZH");
        const Sweep& geometry = *raw.sweep();
        int kept = 0, removed = 0;
        for (std::size_t i = 0; i < raw.size(); ++i) {
            if (raw.states()[i] != State::Valid)
                continue;
            const double range =
                geometry.firstGateMeters + static_cast<double>(i % geometry.gates) * geometry.gateMeters;
            const bool isRain = raw.values()[i] > 20.001 && range <= 60000;
            if (std::abs(raw.values()[i] - 20) < 0.01)
                continue;
            (isRain ? kept : removed) += 1;
            QVERIFY2((clean.states()[i] == State::Valid) == isRain,
                     qPrintable(QString("cell %1: %2 dBZ at %3 m").arg(i).arg(raw.values()[i]).arg(range)));
            if (isRain)
                QVERIFY(std::abs(clean.values()[i] - raw.values()[i]) < 0.26);
        }
        QVERIFY(kept > 20 && removed > 100);
        const Field azimuth = read(folder / "out" / sweep.filename().string(), "sweep_1/AZ");
        for (std::size_t i = 0; i < raw.size(); ++i)
            if (raw.states()[i] == State::Valid)
                QVERIFY(std::abs(azimuth.values()[i] - geometry.rays[i / geometry.gates].azimuth()) < 0.05);

        // Judge finds it as a run; a second time the same one serves.
        const std::vector<RunSummary> runs = listRuns(folder / "runs");
        QCOMPARE(runs.size(), std::size_t(1));
        QVERIFY(runs[0].status == RunStatus::Finished);
        QVERIFY(fs::exists(RunPaths{runs[0].run}.weights()) && fs::exists(RunPaths{runs[0].run}.card()));
        fs::rename(folder / "far.pt", folder / "gone.pt"); // the run has its own copy
        const ProcessResult again =
            cli(folder.path(), {"predict", "--run", runs[0].run.string(), sweep.string(), "--output",
                                (folder / "again").string(), "--denoise.threshold", "1"});
        QVERIFY2(again.status == 0, again.errors.c_str());
        QCOMPARE(summarise(read(folder / "again" / sweep.filename().string(), "sweep_1/DBZH")).counts[0],
                 std::size_t(0));
        fs::rename(folder / "gone.pt", folder / "far.pt");
        cli(folder.path(), {"predict", "--model", (folder / "far.toml").string(), sweep.string(), "--output",
                            (folder / "out").string()});
        QCOMPARE(listRuns(folder / "runs").size(), std::size_t(1));
    }

    void classesGetTheirNames() {
        const test::ScratchFolder folder;
        const fs::path sweep = makeSweep(folder.path());
        writeScript(folder / "names.pt",
                    "def forward(self, z: Tensor) -> Tensor:\n"
                    "    return torch.cat([torch.zeros_like(z), z - 10.0, 3.0 * z - 70.0], 1)\n");
        writeFileAtomically(folder / "names.toml",
                            "file = \"names.pt\"\ntask = \"segment\"\n[[input]]\n[[input.channel]]\n"
                            "quantity = \"TH\"\n[[output]]\nmeaning = \"classes\"\n"
                            "classes = [\"weak\", \"rain\", \"hail\"]\nvalues = [1, 2, 5]\n");
        const ProcessResult done =
            cli(folder.path(), {"predict", "--model", (folder / "names.toml").string(), sweep.string(),
                                "--output", (folder / "out").string()});
        QVERIFY2(done.status == 0, done.errors.c_str());
        const Field raw = read(sweep, "sweep_0/TH"),
                    classes = read(folder / "out" / sweep.filename().string(), "sweep_0/CLASS");
        for (std::size_t i = 0; i < raw.size(); ++i)
            if (raw.states()[i] == State::Valid) {
                const double z = raw.values()[i];
                QCOMPARE(classes.values()[i], z > 30 ? 5.0f : z > 10 ? 2.0f : 1.0f);
            }
    }

    void aModelThatDoesNotFitIsRefusedAndLeavesNoRun_data() {
        QTest::addColumn<QString>("forward");
        QTest::addColumn<QString>("said");
        QTest::newRow("too few channels") << "    return x\n"
                                          << "[1, 2, ";
        QTest::newRow("no tensor") << "    return 3\n"
                                   << "something else than tensors";
        QTest::newRow("fails") << "    return x.reshape([7])\n"
                               << "own code fails: RuntimeError: shape";
    }
    void aModelThatDoesNotFitIsRefusedAndLeavesNoRun() {
        QFETCH(QString, forward);
        QFETCH(QString, said);
        const test::ScratchFolder folder;
        writeScript(folder / "x.pt", "def forward(self, x: Tensor):\n" + forward.toStdString());
        writeFileAtomically(folder / "x.toml", "file = \"x.pt\"\n[[input]]\n[[input.channel]]\nquantity = "
                                               "\"TH\"\n[[output]]\nmeaning = \"rain\"\nchannel = 1\n");
        const ProcessResult refused = cli(folder.path(), {"predict", "--model", (folder / "x.toml").string(),
                                                          "y.h5", "--output", (folder / "out").string()});
        QCOMPARE(refused.status, 1);
        QVERIFY2(QString::fromStdString(refused.errors).contains(said), refused.errors.c_str());
        std::error_code ignored;
        QVERIFY(!fs::exists(folder / "runs", ignored) || listRuns(folder / "runs").empty());
    }

    // Our own network, written and taken back as somebody else's: the same answer to the last bit of the
    // file, and the same training as ours from the same numbers.
    void whatWeExportComesBackAndLearnsOn() {
        const test::ScratchFolder folder;
        const fs::path sweep = makeSweep(folder.path()), first = folder / "runs" / "first";
        fs::create_directories(folder / "runs");
        createRun(first, test::tinyRequest("denoise", {{"train.epochs", "1"},
                                                       {"train.steps", "4"},
                                                       {"denoise.validation_fields", "1"}}));
        QCOMPARE(runProcess(test::learner("train", first)).status, 0);
        const std::string model = (folder / "ours.pt").string(),
                          description = (folder / "ours.toml").string();
        const ProcessResult exported =
            cli(folder.path(), {"export", "--run", first.string(), "--to", "torchscript", "--output", model});
        QVERIFY2(exported.status == 0, exported.errors.c_str());
        for (const auto& [which, value, out] :
             {std::tuple("--run", first.string(), "a"), {"--model", description, "b"}}) {
            const ProcessResult done = cli(folder.path(), {"predict", which, value, sweep.string(),
                                                           "--output", (folder / out).string()});
            QVERIFY2(done.status == 0, done.errors.c_str());
        }
        const Field a = read(folder / "a" / sweep.filename().string(), "sweep_0/DBZH"),
                    b = read(folder / "b" / sweep.filename().string(), "sweep_0/DBZH");
        QVERIFY(std::equal(a.states().begin(), a.states().end(), b.states().begin()));
        QVERIFY(summarise(a).counts[0] > 0);

        // One more training from these numbers, with a stop in between; the file may then go.
        const fs::path second = folder / "runs" / "second";
        createRun(second, scriptRequest(model, {{"train.epochs", "1"},
                                                {"train.steps", "4"},
                                                {"denoise.validation_fields", "1"}}));
        const ProcessResult learnt = runProcess(test::learner("train", second));
        QVERIFY2(learnt.status == 0, learnt.errors.c_str());
        fs::remove(model);
        const auto before = readSafeTensors(RunPaths{first}.weights()).tensors,
                   after = readSafeTensors(RunPaths{second}.weights()).tensors;
        int changed = 0;
        for (const auto& [name, tensor] : after) {
            const auto was = before.find("network." + name.substr(std::string("network.model.").size()));
            QVERIFY2(was != before.end(), name.c_str());
            changed += !torch::equal(was->second, tensor);
        }
        QVERIFY(changed > 10); // weights and running numbers
        const ProcessResult used = cli(folder.path(), {"predict", "--run", second.string(), sweep.string(),
                                                       "--output", (folder / "c").string()});
        QVERIFY2(used.status == 0, used.errors.c_str());
        const ProcessResult once =
            cli(folder.path(), {"export", "--run", second.string(), "--to", "torchscript", "--output",
                                (folder / "twice.pt").string()});
        QVERIFY2(once.status == 0, once.errors.c_str());
        QVERIFY(readScriptModel(folder / "twice.toml").isOfTask());
    }

    // An architecture of three lines from Python, trained by us.
    void anArchitectureFromPythonIsTrained() {
        EMBELLIE_NEEDS_PYTORCH(python);
        const test::ScratchFolder folder;
        const int channels = static_cast<int>(
            taskOf("denoise").channels(Settings(settingsOf(taskOf("denoise"), networkOf("unet")))).size());
        const ProcessResult made =
            test::runPython(*python,
                            "import sys, torch\n"
                            "from torch import nn\n"
                            "class Mine(nn.Module):\n"
                            "    def __init__(self, channels: int):\n"
                            "        super().__init__()\n"
                            "        self.body = nn.Sequential(nn.Conv2d(channels - 1, 8, 3, padding=1), "
                            "nn.BatchNorm2d(8), nn.ReLU())\n"
                            "        self.head = nn.Conv2d(9, 2, 1)\n"
                            "    def forward(self, echoes, place):\n"
                            "        return self.head(torch.cat([self.body(echoes), place], 1))\n"
                            "torch.manual_seed(1)\n"
                            "torch.jit.script(Mine(int(sys.argv[1]))).save('mine.pt')\n",
                            {std::to_string(channels)}, folder.path());
        QVERIFY2(made.status == 0, made.errors.c_str());
        std::string others;
        for (int channel = 0; channel < channels - 1; ++channel)
            others += (channel > 0 ? ", " : "") + std::to_string(channel);
        writeFileAtomically(folder / "mine.toml",
                            "file = \"mine.pt\"\nmultiple = 8\n[[input]]\nchannels = [" + others +
                                "]\n[[input]]\nchannels = [" + std::to_string(channels - 1) + "]\n");
        const fs::path run = folder / "run";
        createRun(run, scriptRequest(folder / "mine.toml", {{"denoise.validation_fields", "1"}}));
        const ProcessResult learnt = runProcess(test::learner("train", run));
        QVERIFY2(learnt.status == 0, learnt.errors.c_str());
        std::vector<double> losses;
        const RunReader reader = test::followed(run);
        for (const RunEvent& event : reader.events())
            if (event.kind == "epoch")
                losses.push_back(event.values.at("validation_loss"));
        QCOMPARE(losses.size(), std::size_t(3));
        QVERIFY2(losses[2] < losses[0], qPrintable(QString("%1 %2").arg(losses[0]).arg(losses[2])));
        const auto tensors = readSafeTensors(RunPaths{run}.weights()).tensors;
        QVERIFY(tensors.contains("network.model.body.1.running_mean"));
        QVERIFY(tensors.at("network.model.body.1.num_batches_tracked").item<std::int64_t>() > 0);
    }

    // A head too few, or none that learns: said before anything is computed for long.
    void anArchitectureWithOtherHeadsIsRefused() {
        const test::ScratchFolder folder;
        writeScript(folder / "x.pt",
                    "def forward(self, x: Tensor) -> Tensor:\n    return x[:, 0:1] * self.slope\n");
        createRun(folder / "run", scriptRequest(folder / "x.pt", {{"train.epochs", "1"}}));
        const ProcessResult refused = runProcess(test::learner("train", folder / "run"));
        QCOMPARE(refused.status, 1);
        QVERIFY2(refused.errors.find("1 + 1 channels together or one tensor each") != std::string::npos,
                 refused.errors.c_str());
    }
};

QTEST_GUILESS_MAIN(TestForeign)
#include "tst_foreign.moc"
