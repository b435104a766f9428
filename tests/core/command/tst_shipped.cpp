#include "core/base/file.h"
#include "core/base/process.h"
#include "core/run/shipped_model.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using namespace embellie;
namespace fs = std::filesystem;

/// The model that comes with the program, on scenes that its training never saw.
class TestShipped : public QObject {
    Q_OBJECT
    test::ScratchFolder m_folder;

    nlohmann::json call(std::vector<std::string> words, std::map<std::string, std::string> more = {}) {
        ProcessRequest request;
        request.program = programFolder() / "embellie-cli";
        request.arguments = std::move(words);
        request.workingFolder = m_folder.path();
        request.environment["XDG_CACHE_HOME"] = (m_folder / "cache").string();
        request.environment["XDG_CONFIG_HOME"] = (m_folder / "config").string();
        for (auto& [name, value] : more)
            request.environment[name] = std::move(value);
        const ProcessResult result = runProcess(request);
        if (result.status != 0)
            throw std::runtime_error(result.errors);
        return nlohmann::json::parse(result.output, nullptr, false);
    }

    std::string sceneFile() { return fs::directory_iterator(m_folder / "scene")->path().string(); }

private Q_SLOTS:
    void initTestCase() {
        call({"simulate", "--output", "scene", "--seed", "4711", "--sim.times", "1", "--sim.elevations",
              "0.5,1.3", "--sim.moments", "false"});
    }

    void itIsSmallAndSaysWhatItLearntFrom() {
        const auto model = shippedModel("denoise");
        QVERIFY(model);
        QVERIFY(fs::file_size(*model / "weights.safetensors") < 1'900'000);
        const std::string card = readFile(*model / "card.md");
        QVERIFY(card.find("varied scene") != std::string::npos);
        for (const auto& entry : fs::directory_iterator(*model))
            if (entry.path().extension() != ".safetensors")
                QVERIFY2(readFile(entry.path()).find("/tmp/") == std::string::npos, entry.path().c_str());
    }

    void aFileIsCleanedWithoutAnyTraining() {
        const std::string file = sceneFile();
        call({"predict", file, "--output", "cleaned"});
        const auto scores =
            call({"score", "--json", "--threshold", "0", "--raw-array", "TH", "--reference-array", "DBZH",
                  "--candidate-array", "DBZH", "--reference", file, "--candidate",
                  (m_folder / "cleaned" / fs::path(file).filename()).string()});
        const double raw = scores["raw"]["thresholds"][0]["csi"], clean = scores["thresholds"][0]["csi"];
        qInfo() << "CSI" << raw << "raw," << clean << "cleaned";
        QVERIFY(clean > raw + 0.1);
    }

    // Latin-1, as old folders are named.
    void aNameThatIsNoUtf8IsCleanedAndLearntFrom() {
        const fs::path file = m_folder / "donn\xe9\x65s" / "d\xe9\x62ut.h5";
        fs::create_directories(file.parent_path());
        fs::copy_file(sceneFile(), file);
        const std::string output = (m_folder / "nettoy\xe9").string();
        call({"predict", file.string(), "--output", output});
        QVERIFY(fs::exists(fs::path(output) / file.filename()));
        call({"train", "--task", "denoise", "--network", "unet", "--run", "of_latin", "--data",
              "scene=" + file.parent_path().string(), "--train.epochs", "1", "--train.steps", "1",
              "--unet.width", "4"});
        QVERIFY(fs::exists(m_folder / "of_latin" / "weights.safetensors"));
    }

    void aHomeOnANetworkDiskIsNoHindrance() {
        const std::string file = sceneFile();
        call({"predict", file, "--output", "from_nfs"}, {{"XDG_CACHE_HOME", (m_folder / "nfs").string()},
                                                         {"LD_PRELOAD", EMBELLIE_ROUGH_DISK},
                                                         {"EMBELLIE_ROUGH_FOLDER", m_folder.path().string()},
                                                         {"EMBELLIE_ROUGH_NFS", "1"}});
        QVERIFY(fs::exists(m_folder / "from_nfs" / fs::path(file).filename()));
    }

    // One that knows nothing yet gives other probabilities: the mean lies between, the spread says so.
    void itHasANameAndPredictsTogetherWithARun() {
        const std::string file = sceneFile();
        call({"train", "--task", "denoise", "--network", "unet", "--run", "own", "--denoise.scenes", "1",
              "--train.epochs", "1", "--train.steps", "1", "--unet.width", "4"});
        const std::vector<std::string> own{"--run", "own"}, shipped{"--run", "shipped"},
            both{"--run", "own", "--run", "shipped"};
        const auto mean = [&](const std::vector<std::string>& runs, const std::string& array) {
            std::vector<std::string> words{"predict", file, "--denoise.own_cut", "0", "--output", "of_runs"};
            words.insert(words.end(), runs.begin(), runs.end());
            call(words);
            const auto answer =
                call({"info", "--json", (m_folder / "of_runs" / fs::path(file).filename()).string()});
            fs::remove_all(m_folder / "of_runs");
            for (const auto& one : answer["arrays"])
                if (one["id"] == "sweep_0/" + array)
                    return one["mean"].get<double>();
            return -1.0;
        };
        const double ofOwn = mean(own, "PROB"), ofShipped = mean(shipped, "PROB"),
                     ofBoth = mean(both, "PROB");
        QVERIFY2(std::abs(ofOwn - ofShipped) > 0.02, qPrintable(QString::number(ofOwn)));
        QVERIFY2(std::abs(ofBoth - (ofOwn + ofShipped) / 2) < 0.003, qPrintable(QString::number(ofBoth)));
        QVERIFY(mean(both, "UNCERTAINTY") > 0.01);
        QCOMPARE(mean({}, "PROB"), ofShipped);
    }
};

QTEST_APPLESS_MAIN(TestShipped)
#include "tst_shipped.moc"
