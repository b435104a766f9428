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

    nlohmann::json call(std::vector<std::string> words) {
        ProcessRequest request;
        request.program = programFolder() / "embellie-cli";
        request.arguments = std::move(words);
        request.workingFolder = m_folder.path();
        request.environment["XDG_CACHE_HOME"] = (m_folder / "cache").string();
        request.environment["XDG_CONFIG_HOME"] = (m_folder / "config").string();
        const ProcessResult result = runProcess(request);
        if (result.status != 0)
            throw std::runtime_error(result.errors);
        return nlohmann::json::parse(result.output, nullptr, false);
    }

private Q_SLOTS:
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
        call({"simulate", "--output", "scene", "--seed", "4711", "--sim.times", "1", "--sim.elevations",
              "0.5,1.3", "--sim.moments", "false"});
        const std::string file = fs::directory_iterator(m_folder / "scene")->path().string();
        call({"predict", file, "--output", "cleaned"});
        const auto scores =
            call({"score", "--json", "--threshold", "0", "--raw-array", "TH", "--reference-array", "DBZH",
                  "--candidate-array", "DBZH", "--reference", file, "--candidate",
                  (m_folder / "cleaned" / fs::path(file).filename()).string()});
        const double raw = scores["raw"]["thresholds"][0]["csi"], clean = scores["thresholds"][0]["csi"];
        qInfo() << "CSI" << raw << "raw," << clean << "cleaned";
        QVERIFY(clean > raw + 0.1);
    }
};

QTEST_APPLESS_MAIN(TestShipped)
#include "tst_shipped.moc"
