#include "core/io/source.h"
#include "core/learn/safetensors.h"
#include "core/learn/train_state.h"
#include "core/run/predict_settings.h"
#include "core/run/run_writer.h"
#include "core/task/ensemble.h"
#include "tests/core/learn/training_runs.h"

#include <QtTest>

#include <cmath>

using namespace embellie;
namespace fs = std::filesystem;

namespace {

/// The run's learning half.
std::unique_ptr<TaskLearn> learnerOf(const RunRequest& request) {
    Settings settings(settingsOf(taskOf(request.task), networkOf(request.network)));
    settings.mergeToml(request.settings, "request.toml");
    return makeTaskLearn(taskOf(request.task), networkOf(request.network), settings);
}

/// A run, as if trained. @p answers by channel of its first head: what its network says everywhere; none: its
/// weights are random.
void makeRun(const fs::path& run, const std::string& task, const std::vector<float>& answers,
             const std::map<std::string, std::string>& settings = {}) {
    const RunRequest request = test::tinyRequest(task, settings);
    createRun(run, request);
    const auto learn = learnerOf(request);
    const torch::NoGradGuard noGradients;
    SafeTensors weights;
    weights.metadata["embellie.epoch"] = "1";
    for (auto& [name, tensor] : weightsOf(*learn)) {
        if (!answers.empty() && name.ends_with("head0.weight"))
            tensor.zero_();
        if (!answers.empty() && name.ends_with("head0.bias"))
            tensor.copy_(torch::tensor(answers));
        weights.tensors[name] = tensor;
    }
    writeSafeTensors(RunPaths{run}.weights(), weights);
    RunWriter(run).update([](RunState& state) {
        state.phase = RunPhase::Finished;
        state.bestEpoch = 1;
    });
}

float logit(double probability) {
    return static_cast<float>(std::log(probability / (1 - probability)));
}

Field read(const fs::path& file, const std::string& array) {
    Feedback silent;
    return openSource(file)->read(array, {}, silent);
}

} // namespace

/// Several networks that predict together.
class TestEnsemble : public QObject {
    Q_OBJECT
    test::ScratchFolder m_folder;
    fs::path m_sweep;

    ProcessResult cli(const std::vector<std::string>& arguments) {
        ProcessRequest request;
        request.program = programFolder() / "embellie-cli";
        request.arguments = arguments;
        request.environment["XDG_CONFIG_HOME"] = m_folder.path().string();
        request.workingFolder = m_folder.path();
        return runProcess(request);
    }
    /// A small volume. @throws std::runtime_error
    fs::path simulated(const std::string& folder, const std::string& elevations) {
        const ProcessResult made =
            cli({"simulate", "--output", (m_folder / folder).string(), "--sim.times", "1", "--sim.elevations",
                 elevations, "--sim.rays", "90", "--sim.gates", "61", "--sim.gate_length", "2000",
                 "--sim.moments", "false"});
        for (const auto& entry : fs::directory_iterator(m_folder / folder))
            if (entry.path().extension() == ".h5")
                return entry.path();
        throw std::runtime_error(made.errors);
    }
    /// The result of a file, of m_sweep where none is given, by these words of predict. @throws
    /// std::runtime_error
    fs::path predicted(std::vector<std::string> words, const std::string& output, fs::path file = {}) {
        if (file.empty())
            file = m_sweep;
        words.insert(words.begin(), "predict");
        words.insert(words.end(), {file.string(), "--output", (m_folder / output).string()});
        const ProcessResult done = cli(words);
        if (done.status != 0)
            throw std::runtime_error(done.errors);
        return m_folder / output / file.filename();
    }
    std::string run(const char* name) const { return (m_folder / "runs" / name).string(); }

    /// A field of @p file is the same number wherever there is an echo.
    void compareEverywhere(const fs::path& file, const std::string& array, double number) {
        const Field raw = read(m_sweep, "sweep_0/TH"), found = read(file, "sweep_0/" + array);
        std::size_t echoes = 0;
        for (std::size_t i = 0; i < raw.size(); ++i) {
            QCOMPARE(found.states()[i], raw.states()[i]); // noEcho and noData as there
            if (raw.states()[i] != State::Valid)
                continue;
            ++echoes;
            QVERIFY2(std::abs(double(found.values()[i]) - number) <= 0.0021, // stored in steps of 0.004
                     qPrintable(QString("%1, not %2").arg(found.values()[i]).arg(number)));
        }
        QVERIFY(echoes > 100);
    }
    std::size_t kept(const fs::path& file) {
        return summarise(read(file, "sweep_0/DBZH")).counts[std::size_t(State::Valid)];
    }

private Q_SLOTS:
    void initTestCase() {
        torch::set_num_threads(1);
        m_sweep = simulated("scene", "0.5");
        fs::create_directories(m_folder / "runs");
        const std::pair<const std::string, std::string> plain{"denoise.context", "0"}; // as the network says
        makeRun(run("a"), "denoise", {logit(0.9)}, {plain});
        makeRun(run("b"), "denoise", {logit(0.3)},
                {plain, {"unet.width", "6"}, {"denoise.threshold", "0.7"}});
        makeRun(run("c"), "denoise", {logit(0.45)}, {plain, {"unet.depth", "1"}});
    }

    void meanAndSpreadAreThoseOfTheBooks() {
        MemberMean all;
        all.add({2, 0.25f, 1});
        QCOMPARE(all.spread(), (std::vector<float>{0, 0, 0}));
        all.add({4, 0.25f, 0});
        all.add({9, 0.25f, 0});
        QCOMPARE(all.members(), std::size_t(3));
        QCOMPARE(all.mean()[0], 5.0f);
        QCOMPARE(all.spread()[0], float(std::sqrt(13.0))); // (9 + 1 + 16) / 2
        QCOMPARE(all.spread()[1], 0.0f);
        QCOMPARE(all.mean()[2], 1.0f / 3);
    }

    void membersOfOtherWidthsGiveTheirMeanAndSpread() {
        const fs::path two = predicted({"--run", run("a"), "--run", run("b")}, "two");
        compareEverywhere(two, "PROB", 0.6);
        compareEverywhere(two, "UNCERTAINTY", 0.6 / std::sqrt(2.0)); // of two: their distance ÷ √2
        const fs::path three = predicted({"--members", (m_folder / "runs").string()}, "three");
        compareEverywhere(three, "PROB", 0.55);
        compareEverywhere(three, "UNCERTAINTY", std::sqrt((0.35 * 0.35 + 0.25 * 0.25 + 0.1 * 0.1) / 2));
        ProcessRequest dump;
        dump.program = "h5dump";
        dump.arguments = {"-a", "/how/embellie_members", three.string()};
        const std::string said = runProcess(dump).output;
        for (const char* member : {"a (unet, epoch 1, ", "b (unet, epoch 1, ", "c (unet, epoch 1, "})
            QVERIFY2(said.find(member) != std::string::npos, said.c_str());
    }

    // In a volume of two sweeps the lower one has one above it, the upper one has none.
    void whoLacksAMomentSaysNothingWhereOthersLackNothing() {
        const fs::path volume = simulated("volume", "0.5,1.5");
        makeRun(m_folder / "above", "denoise", {logit(0.3)},
                {{"denoise.context", "0"}, {"denoise.moments", "aloft"}});
        const std::string above = (m_folder / "above").string();
        const auto probabilities = [&](const std::vector<std::string>& words, const std::string& output) {
            const fs::path file = predicted(words, output, volume);
            std::vector<double> found;
            for (const char* sweep : {"sweep_0/PROB", "sweep_1/PROB"})
                found.push_back(std::round(100 * summarise(read(file, sweep)).mean) / 100);
            return found;
        };
        QCOMPARE(probabilities({"--run", run("a"), "--run", above}, "one_sits_out"),
                 (std::vector<double>{0.6, 0.9}));
        QCOMPARE(probabilities({"--run", above}, "aloft"), (std::vector<double>{0.3, 0.3}));
    }

    void eachCellHasItsOwnMean() {
        const std::pair<const std::string, std::string> plain{"denoise.own_cut",
                                                              "0"}; // it comes after the mean
        makeRun(m_folder / "d", "denoise", {}, {plain, {"train.seed", "3"}});
        makeRun(m_folder / "e", "denoise", {}, {plain, {"unet.width", "6"}});
        const std::string d = (m_folder / "d").string(), e = (m_folder / "e").string();
        const Field one = read(predicted({"--run", d}, "d_alone"), "sweep_0/PROB"),
                    other = read(predicted({"--run", e}, "e_alone"), "sweep_0/PROB");
        const fs::path both = predicted({"--run", d, "--run", e}, "both");
        const Field mean = read(both, "sweep_0/PROB"), spread = read(both, "sweep_0/UNCERTAINTY");
        float least = 1, most = 0;
        for (std::size_t i = 0; i < mean.size(); ++i) {
            if (mean.states()[i] != State::Valid)
                continue;
            const float a = one.values()[i], b = other.values()[i];
            QVERIFY(std::abs(mean.values()[i] - (a + b) / 2) < 0.0042f); // steps of 0.004
            QVERIFY(std::abs(spread.values()[i] - std::abs(a - b) / std::sqrt(2.0f)) < 0.0052f);
            least = std::min(least, spread.values()[i]);
            most = std::max(most, spread.values()[i]);
        }
        QVERIFY2(most > least + 0.02f, "the cells do not differ");
    }

    void classesAreNamedByTheMeanToo() {
        const std::size_t classes = static_cast<std::size_t>(
            taskOf("segment").heads(Settings(taskOf("segment").settings))[0].channels);
        std::vector<float> f(classes, 0), g(classes, 0);
        f[1] = 2;
        g[2] = 3;
        makeRun(m_folder / "f", "segment", f);
        makeRun(m_folder / "g", "segment", g);
        const auto chance = [&](const std::vector<float>& logits, std::size_t name) {
            double sum = 0;
            for (const float one : logits)
                sum += std::exp(double(one));
            return std::exp(double(logits[name])) / sum;
        };
        const fs::path file =
            predicted({"--run", (m_folder / "f").string(), "--run", (m_folder / "g").string()}, "classes");
        const Field named = read(file, "sweep_0/CLASS"),
                    alone = read(predicted({"--run", (m_folder / "g").string()}, "alone"), "sweep_0/CLASS");
        QVERIFY(std::equal(named.states().begin(), named.states().end(), alone.states().begin()));
        for (std::size_t i = 0; i < named.size(); ++i)
            if (named.states()[i] == State::Valid)
                QCOMPARE(named.values()[i], alone.values()[i]); // the surer one wins
        compareEverywhere(file, "UNCERTAINTY", std::abs(chance(f, 2) - chance(g, 2)) / std::sqrt(2.0));
        const ProcessResult mixed = cli({"predict", "--run", run("a"), "--run", (m_folder / "f").string(),
                                         m_sweep.string(), "--output", (m_folder / "mixed").string()});
        QCOMPARE(mixed.status, 2);
        QVERIFY2(mixed.errors.find("different tasks") != std::string::npos, mixed.errors.c_str());
    }

    void aFolderOfOneRunIsNoEnsemble() {
        makeRun(m_folder / "single" / "x", "denoise", {0});
        const ProcessResult refused = cli({"predict", "--members", (m_folder / "single").string(),
                                           m_sweep.string(), "--output", (m_folder / "none").string()});
        QCOMPARE(refused.status, 1);
        QVERIFY2(refused.errors.find("too few runs for an ensemble") != std::string::npos,
                 refused.errors.c_str());
    }

    void theThresholdIsTheFirstOnes() {
        const std::size_t echoes = summarise(read(m_sweep, "sweep_0/TH")).counts[std::size_t(State::Valid)];
        QCOMPARE(kept(predicted({"--run", run("a"), "--run", run("b")}, "first")),
                 echoes); // 0.6 is above its own
        QCOMPARE(kept(predicted({"--run", run("b"), "--run", run("a")}, "second")), std::size_t(0));
        QCOMPARE(kept(predicted({"--run", run("b"), "--members", (m_folder / "runs").string()}, "folder")),
                 std::size_t(0)); // b is in the folder, too
        writePredictSettings(run("a"), {{"denoise.threshold", "0.65"}});
        QCOMPARE(kept(predicted({"--run", run("a"), "--run", run("b")}, "chosen")), std::size_t(0));
        writePredictSettings(run("a"), {});
    }
};

QTEST_APPLESS_MAIN(TestEnsemble)
#include "tst_ensemble.moc"
