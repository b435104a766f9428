#include "core/run/start_weights.h"
#include "tests/core/learn/training_runs.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstring>

using namespace embellie;
namespace fs = std::filesystem;

using test::followed;
using test::learner;
using test::tinyRequest;

/// Trainings that begin with the weights of another one.
class TestFineTuning : public QObject {
    Q_OBJECT
    test::ScratchFolder m_folder;
    fs::path m_first;

    fs::path newRun(const std::string& name, const std::string& start,
                    const std::map<std::string, std::string>& settings = {}) {
        RunRequest request = tinyRequest("denoise", settings);
        startFrom(request, start);
        createRun(m_folder / name, request);
        return m_folder / name;
    }

    /// Largest difference of a convolution's weight from the first run's.
    double farthest(const fs::path& run) const {
        const auto weights = convolutions(run), start = convolutions(m_first);
        double most = weights.size() == start.size() && weights.size() > 100 ? 0 : 1e9;
        for (std::size_t i = 0; most < 1e9 && i < weights.size(); ++i)
            most = std::max(most, std::abs(double(weights[i]) - double(start[i])));
        return most;
    }
    /// Of weights.safetensors: 8 bytes length, a JSON header, the data.
    static std::vector<float> convolutions(const fs::path& run) {
        const std::string bytes = readFile(run / "weights.safetensors");
        std::uint64_t length = 0;
        std::memcpy(&length, bytes.data(), sizeof length);
        std::vector<float> all;
        const auto header = nlohmann::json::parse(bytes.substr(8, length));
        for (const auto& [name, tensor] : header.items()) {
            if (!name.ends_with("conv.weight"))
                continue;
            const std::uint64_t begin = tensor.at("data_offsets").at(0),
                                end = tensor.at("data_offsets").at(1);
            const std::size_t known = all.size();
            all.resize(known + (end - begin) / sizeof(float));
            std::memcpy(all.data() + known, bytes.data() + 8 + length + begin, end - begin);
        }
        return all;
    }

private Q_SLOTS:
    void initTestCase() {
        m_first = newRun("first", "");
        const ProcessResult result = runProcess(learner("train", m_first));
        QVERIFY2(result.status == 0, result.errors.c_str());
    }

    void itBeginsWhereTheOtherOneEnded() {
        const std::map<std::string, std::string> still{
            {"train.epochs", "1"}, {"train.steps", "1"}, {"train.learning_rate", "1e-7"}};
        const fs::path fresh = newRun("fresh", "", still), from = newRun("from", m_first.string(), still);
        for (const fs::path& run : {fresh, from}) {
            const ProcessResult result = runProcess(learner("train", run));
            QVERIFY2(result.status == 0, result.errors.c_str());
        }
        // One step of 1e-7 leaves the convolutions where they were.
        QVERIFY(farthest(from) < 1e-5);
        QVERIFY(farthest(fresh) > 0.1);
    }

    void weightsOfAnotherNetworkAreRefusedWithASentence() {
        const fs::path run = newRun("wider", m_first.string(), {{"unet.width", "6"}});
        const ProcessResult result = runProcess(learner("train", run));
        QVERIFY(result.status != 0);
        const std::string reason = followed(run).state()->reason;
        QVERIFY2(reason.find("do not belong to this network") != std::string::npos, reason.c_str());
        QVERIFY2(reason.find("first/weights.safetensors") != std::string::npos, reason.c_str());
    }

    void aRunWithoutWeightsIsNoBeginning() {
        const fs::path empty = newRun("empty", "");
        RunRequest request = tinyRequest();
        QVERIFY_EXCEPTION_THROWN(startFrom(request, empty.string()), Error);
    }
};

QTEST_APPLESS_MAIN(TestFineTuning)
#include "tst_fine_tuning.moc"
