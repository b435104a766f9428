#include "core/io/odim/odim_writer.h"
#include "core/learn/train_state.h"
#include "core/task/scene_files.h"
#include "tests/core/learn/training_runs.h"

#include <QtTest>

#include <cmath>

using namespace embellie;
namespace fs = std::filesystem;

/// Networks that look at moments beside reflectivity.
class TestMoments : public QObject {
    Q_OBJECT
    SimulatedSweep m_sweep;

    static Settings settingsWith(const std::string& moments) {
        Settings settings(settingsOf(taskOf("denoise"), networkOf("unet")));
        for (const auto& [key, value] :
             {std::pair("unet.width", "4"), std::pair("unet.depth", "2"), std::pair("train.seed", "1"),
              std::pair("denoise.gate_meters", "500,1000")})
            settings.setText(key, value);
        settings.setText("denoise.moments", moments);
        return settings;
    }
    static std::unique_ptr<TaskLearn> learnerWith(const Settings& settings) {
        torch::manual_seed(5);
        auto learn = makeTaskLearn(taskOf("denoise"), networkOf("unet"), settings);
        for (const auto& [name, module] : learn->modules())
            module->eval();
        return learn;
    }
    Companions all() const { return {{"RHOHV", m_sweep.rhohv}, {"VRADH", m_sweep.vradh}}; }
    static double difference(const ResultField& a, const ResultField& b) {
        double most = 0;
        const Field &one = *a.quality.front(), &other = *b.quality.front();
        for (std::size_t i = 0; i < one.size(); ++i)
            if (one.states()[i] == State::Valid)
                most = std::max(most, std::abs(double(one.values()[i]) - double(other.values()[i])));
        return most;
    }

private Q_SLOTS:
    void initTestCase() {
        Settings scene(sceneSettings());
        for (const auto& [key, value] :
             {std::pair("sim.times", "1"), std::pair("sim.gates", "60"), std::pair("sim.elevations", "0.5")})
            scene.setText(key, value);
        m_sweep = SimulatedScene(scene).sweep(0, 0);
    }

    void aPredictionFollowsTheMomentsThatThereAre() {
        const auto learn = learnerWith(settingsWith("RHOHV,VRADH,height"));
        const ResultField with = learn->predict(m_sweep.th, all()).front(),
                          again = learn->predict(m_sweep.th, all()).front(),
                          one = learn->predict(m_sweep.th, {{"RHOHV", m_sweep.rhohv}}).front(),
                          none = learn->predict(m_sweep.th, {}).front();
        QCOMPARE(difference(with, again), 0.0);
        QVERIFY(difference(with, one) > 1e-3);
        QVERIFY(difference(one, none) > 1e-3);
        for (std::size_t i = 0; i < none.field->size(); ++i) // a missing moment breaks nothing
            if (m_sweep.th->states()[i] == State::Valid)
                QVERIFY(std::isfinite(none.quality.front()->values()[i]));
    }

    // What began with the weights of a network without moments says the same, whatever the moments are.
    void weightsWithoutMomentsAreABeginning() {
        const Settings plain = settingsWith(""), further = settingsWith("RHOHV,VRADH");
        const auto first = learnerWith(plain), second = learnerWith(further);
        SafeTensors start;
        for (const auto& [name, tensor] : weightsOf(*first))
            start.tensors[name] = tensor.detach().clone();
        start.metadata = {{"embellie.task", "denoise"}, {"embellie.settings", plain.toToml()}};
        setStartWeights(*second, taskOf("denoise"), further, start, "start.safetensors");
        const ResultField before = first->predict(m_sweep.th, {}).front();
        QVERIFY(difference(before, second->predict(m_sweep.th, all()).front()) < 1e-5);
        // The other way round, and from a network that looks at others in their place, there is none.
        const Settings others = settingsWith("ZDR,VRADH,height");
        const auto third = learnerWith(others);
        start.tensors.clear();
        for (const auto& [name, tensor] : weightsOf(*second))
            start.tensors[name] = tensor.detach().clone();
        start.metadata["embellie.settings"] = further.toToml();
        for (const auto& [learn, settings] : {std::pair(first.get(), plain), std::pair(third.get(), others)})
            QVERIFY_EXCEPTION_THROWN(
                setStartWeights(*learn, taskOf("denoise"), settings, start, "start.safetensors"), Error);
    }

    // Trained and predicted by the programs' own ways: a file with moments, the same as if it had none, and
    // the card that names the channels.
    void aRunLearnsFromMomentsAndCleansAFileThatHasThem() {
        test::ScratchFolder folder;
        Settings scene(sceneSettings());
        for (const auto& [key, value] : {std::pair("sim.times", "3"), std::pair("sim.gates", "40"),
                                         std::pair("sim.elevations", "0.5, 3")})
            scene.setText(key, value);
        Feedback feedback;
        const auto files = writeSceneFiles(SimulatedScene(scene), folder / "scene", feedback);
        const fs::path run = folder / "run";
        RunRequest request = test::tinyRequest("denoise", {{"denoise.moments", "RHOHV,SQI,height"},
                                                           {"train.epochs", "1"},
                                                           {"train.steps", "20"},
                                                           {"denoise.moment_dropout", "0"}});
        request.data = {{"scene", {(folder / "scene").string()}}};
        createRun(run, request);
        const ProcessResult trained = runProcess(test::learner("train", run));
        QVERIFY2(trained.status == 0, trained.errors.c_str());
        const std::string card = readFile(run / "card.md");
        for (const char* channel : {"- RHOHV: ", "- RHOHV mask: ", "- SQI: ", "- height: "})
            QVERIFY2(card.find(channel) != std::string::npos, channel);

        std::vector<std::vector<float>> probabilities;
        for (const char* without : {"", "RHOHV, SQI"}) {
            PredictionRequest wanted;
            wanted.files = {files.front().string()};
            wanted.output = (folder / (std::string("out") + (*without ? "2" : "1"))).string();
            if (*without)
                wanted.settings["denoise.without"] = without;
            createPrediction(run, wanted);
            const ProcessResult predicted = runProcess(test::learner("predict", run));
            QVERIFY2(predicted.status == 0, predicted.errors.c_str());
            const auto source = openSource(fs::path(wanted.output) / files.front().filename());
            const Field field = source->read("sweep_0/PROB", {}, feedback);
            probabilities.emplace_back(field.values().begin(), field.values().end());
        }
        double most = 0;
        for (std::size_t i = 0; i < probabilities[0].size(); ++i)
            if (std::isfinite(probabilities[0][i]))
                most = std::max(most, std::abs(double(probabilities[0][i]) - double(probabilities[1][i])));
        QVERIFY2(most > 0.01, qPrintable(QString::number(most)));
    }
};

QTEST_APPLESS_MAIN(TestMoments)
#include "tst_moments.moc"
