#include "core/base/file.h"
#include "core/base/process.h"
#include "core/learn/batches.h"
#include "core/learn/safetensors.h"
#include "core/learn/supervised.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <chrono>
#include <cmath>
#include <thread>

using namespace embellie;
namespace fs = std::filesystem;

namespace {

Settings unetSettings(std::initializer_list<std::pair<const char*, const char*>> values) {
    Settings settings(networkOf("unet").settings);
    for (const auto& [key, value] : values)
        settings.setText(key, value);
    return settings;
}

/// Gives numbered samples after a while that depends on the number.
class SlowMaker : public SampleMaker {
public:
    Sample make(std::int64_t epoch, std::int64_t index) const override {
        if (epoch == 3)
            throw Error(text(EMBELLIE_TR("test", "the file is gone")));
        std::this_thread::sleep_for(std::chrono::milliseconds((epoch * 7 + index * 5) % 4));
        return {{"input", {{1}, {static_cast<float>(100 * epoch + index)}}}};
    }
    const std::vector<ValidationCase>& validation() const override { return m_cases; }
    const std::vector<UsedFile>& files() const override { return m_files; }

private:
    std::vector<ValidationCase> m_cases;
    std::vector<UsedFile> m_files;
};

/// A task whose loss is the squared answer, so that sums and counts can be checked by hand.
class SquareTask : public SupervisedTask {
public:
    SquareTask(const Settings& settings) : SupervisedTask(taskOf("denoise"), networkOf("unet"), settings) {}
    Validation validate(const SampleMaker&, Feedback&) override { return {}; }
    std::map<std::string, double> baseline(const SampleMaker&) override { return {}; }
    std::vector<ResultField> predict(const FieldPtr&) override { return {}; }
    std::vector<LossPart> losses(const std::vector<torch::Tensor>&, const Batch& batch) const override {
        const torch::Tensor& weight = batch.at("weight");
        return {{"entropy", (weight * batch.at("input")).sum(), weight.sum(), 1.0}};
    }
};

class NoCorrection : public StepTools {
public:
    torch::Device device() const override { return torch::kCPU; }
    torch::Tensor summed(torch::Tensor count) override { return count; }
    void inPrecision(const std::function<void()>& forward) override { forward(); }
    void correct(torch::optim::Optimizer&, const torch::Tensor&) override {}
};

} // namespace

class TestLearn : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void safetensorsReadBackBitForBit() {
        const test::ScratchFolder folder;
        torch::manual_seed(3);
        SafeTensors content;
        content.tensors = {
            {"a.weight", torch::randn({3, 4, 2})}, {"b", torch::randn({5}).to(torch::kBFloat16)},
            {"empty", torch::zeros({0, 3})},       {"n", torch::tensor(std::int64_t(1) << 40)},
            {"turned", torch::randn({4, 6}).t()},  {"é \"q\"", torch::tensor({1, 0, 1}, torch::kUInt8)}};
        content.metadata = {{"format", "pt"}, {"note", "a\nb"}};
        writeSafeTensors(folder / "w.safetensors", content);
        const SafeTensors read = readSafeTensors(folder / "w.safetensors");
        QVERIFY(read.metadata == content.metadata);
        QCOMPARE(read.tensors.size(), content.tensors.size());
        for (const auto& [name, tensor] : content.tensors) {
            QVERIFY(read.tensors.at(name).scalar_type() == tensor.scalar_type());
            QVERIFY2(torch::equal(read.tensors.at(name), tensor), name.c_str());
        }
    }

    // Ten lines of the format's own description in plain Python: another program agrees on names, shapes and
    // numbers.
    void pythonReadsOurSafetensors() {
        const test::ScratchFolder folder;
        writeSafeTensors(folder / "w.safetensors",
                         {{{"w", torch::arange(6, torch::kFloat32).reshape({2, 3}) / 4},
                           {"n", torch::tensor(7, torch::kInt64)}},
                          {{"format", "pt"}}});
        const std::string script =
            "import json, struct, sys\n"
            "data = open(sys.argv[1], 'rb').read()\n"
            "size = struct.unpack('<Q', data[:8])[0]\n"
            "head = json.loads(data[8:8 + size])\n"
            "assert head.pop('__metadata__') == {'format': 'pt'}\n"
            "for name, t in sorted(head.items()):\n"
            "    a, b = t['data_offsets']\n"
            "    code = {'F32': 'f', 'I64': 'q'}[t['dtype']]\n"
            "    values = struct.unpack('<%d%s' % ((b - a) // struct.calcsize(code), code), data[8 + size + "
            "a:8 + size + b])\n"
            "    print(name, t['shape'], list(values))\n"
            "assert max(t['data_offsets'][1] for t in head.values()) == len(data) - 8 - size\n";
        ProcessRequest python;
        python.program = "python3";
        python.arguments = {"-c", script, (folder / "w.safetensors").string()};
        const ProcessResult result = runProcess(python);
        QVERIFY2(result.status == 0, result.errors.c_str());
        QCOMPARE(result.output, std::string("n [] [7]\nw [2, 3] [0.0, 0.25, 0.5, 0.75, 1.0, 1.25]\n"));
    }

    void damagedSafetensorsAreRefused_data() {
        QTest::addColumn<QByteArray>("bytes");
        const auto file = [](const QByteArray& header, const QByteArray& data, qulonglong length) {
            QByteArray bytes(reinterpret_cast<const char*>(&length), 8);
            return bytes + header + data;
        };
        const QByteArray good = R"({"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})";
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("header longer than the file") << file(good, QByteArray(8, 0), 1ull << 60);
        QTest::newRow("no JSON") << file("{hello", {}, 6);
        QTest::newRow("data missing") << file(good, QByteArray(4, 0), good.size());
        const QByteArray negative = R"({"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}})";
        QTest::newRow("negative shape") << file(negative, QByteArray(8, 0), negative.size());
        const QByteArray wrapped =
            R"({"w":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}})";
        QTest::newRow("shape that wraps around") << file(wrapped, {}, wrapped.size());
        const QByteArray type = R"({"w":{"dtype":"P9","shape":[2],"data_offsets":[0,8]}})";
        QTest::newRow("unknown type") << file(type, QByteArray(8, 0), type.size());
        const QByteArray place = R"({"w":{"dtype":"F32","shape":[2]}})";
        QTest::newRow("no place") << file(place, QByteArray(8, 0), place.size());
    }
    void damagedSafetensorsAreRefused() {
        QFETCH(QByteArray, bytes);
        const test::ScratchFolder folder;
        writeFileAtomically(folder / "w",
                            std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
        QVERIFY_EXCEPTION_THROWN(readSafeTensors(folder / "w"), Error);
    }

    void aTurnedSweepGivesTheTurnedAnswer_data() {
        QTest::addColumn<QString>("normalisation");
        for (const char* name : {"none", "batch", "group"})
            QTest::newRow(name) << name;
    }
    // Pooling allows turns by multiples of 4 with three stages; across north there must be no seam.
    void aTurnedSweepGivesTheTurnedAnswer() {
        QFETCH(QString, normalisation);
        torch::manual_seed(1);
        const auto network = networkLearnOf("unet").make(
            unetSettings({{"unet.width", "8"},
                          {"unet.depth", "3"},
                          {"unet.normalisation", normalisation.toUtf8().constData()}}),
            {3, {1, 2}});
        network->eval();
        const torch::NoGradGuard noGradients;
        const torch::Tensor input = torch::randn({1, 3, 36, 20});
        const auto straight = network->forward(input), turned = network->forward(input.roll(8, 2));
        QCOMPARE(straight.size(), std::size_t(2));
        for (std::size_t head = 0; head < 2; ++head)
            QVERIFY((straight[head].roll(8, 2) - turned[head]).abs().max().item<double>() < 1e-4);
    }

    void anySizeComesBackAsItWent_data() {
        QTest::addColumn<int>("rays");
        QTest::addColumn<int>("gates");
        for (const auto& [rays, gates] : {std::pair(360, 17), {361, 20}, {7, 1}, {1, 33}})
            QTest::addRow("%d x %d", rays, gates) << rays << gates;
    }
    void anySizeComesBackAsItWent() {
        QFETCH(int, rays);
        QFETCH(int, gates);
        const auto network = networkLearnOf("unet").make(
            unetSettings({{"unet.width", "4"}, {"unet.depth", "4"}}), {5, {1, 3}});
        network->eval();
        const torch::NoGradGuard noGradients;
        const auto answers = network->forward(torch::randn({2, 5, rays, gates}));
        QVERIFY(answers[0].sizes() == torch::IntArrayRef({2, 1, rays, gates}));
        QVERIFY(answers[1].sizes() == torch::IntArrayRef({2, 3, rays, gates}));
        QVERIFY(answers[0].isfinite().all().item<bool>());
    }

    void moduleAndDescriptionCountTheSameWeights() {
        for (const char* normalisation : {"none", "batch", "group"}) {
            const Settings settings = unetSettings(
                {{"unet.width", "16"}, {"unet.depth", "4"}, {"unet.normalisation", normalisation}});
            const NetworkShape shape{3, {1, 1}};
            std::int64_t count = 0;
            for (const torch::Tensor& parameter : networkLearnOf("unet").make(settings, shape)->parameters())
                count += parameter.numel();
            QCOMPARE(count, networkOf("unet").weightCount(settings, shape));
        }
    }

    // Central differences in float64 along a random direction of all weights: the slope that backward()
    // gives.
    void gradientsAgreeWithFiniteDifferences() {
        torch::manual_seed(5);
        const auto network = networkLearnOf("unet").make(
            unetSettings({{"unet.width", "4"}, {"unet.depth", "2"}, {"unet.normalisation", "batch"}}),
            {2, {1}});
        network->to(torch::kFloat64);
        network->train();
        const torch::Tensor input = torch::randn({2, 2, 8, 6}, torch::kFloat64),
                            mask = torch::rand({2, 1, 8, 6}, torch::kFloat64);
        const auto loss = [&] {
            return (network->forward(input)[0].to(torch::kFloat64) * mask).pow(2).sum();
        };
        // Answers are float32: the answer's rounding limits the difference to about 1e-3.
        loss().backward();
        std::vector<torch::Tensor> direction;
        double slope = 0;
        for (const torch::Tensor& parameter : network->parameters()) {
            direction.push_back(torch::randn_like(parameter));
            slope += (parameter.grad() * direction.back()).sum().item<double>();
        }
        const double step = 1e-4;
        const auto moved = [&](double by) {
            const torch::NoGradGuard noGradients;
            std::size_t i = 0;
            for (torch::Tensor& parameter : network->parameters())
                parameter.add_(direction[i++], by);
            return loss().item<double>();
        };
        const double up = moved(step), down = moved(-2 * step);
        QVERIFY2(std::abs((up - down) / (2 * step) - slope) < 0.02 * std::abs(slope) + 1e-3,
                 qPrintable(QString("%1 against %2").arg((up - down) / (2 * step)).arg(slope)));
    }

    // Two fields with 1 and 3 valid cells of losses 8 and 0: 8 / 4, not the mean of 8 and 0.
    void theLossIsPerValidCellOfTheWholeBatch() {
        Settings settings(settingsOf(taskOf("denoise"), networkOf("unet")));
        settings.setText("unet.width", "4");
        settings.setText("unet.depth", "1");
        SquareTask task(settings);
        NoCorrection tools;
        Batch batch;
        batch["input"] = torch::zeros({2, 3, 2, 2});
        batch["input"][0] = 8.0f / 3;
        batch["weight"] = torch::zeros({2, 1, 2, 2});
        batch["weight"][0][0][0][0] = 1;
        batch["weight"][1][0].view({-1}).narrow(0, 0, 3).fill_(1);
        QVERIFY(std::abs(task.step(batch, tools).at("loss") - 8.0 / 4) < 1e-5);
        batch["weight"].zero_();
        QCOMPARE(task.step(batch, tools).at("loss"), 0.0);
    }

    void batchesComeInOrderFromAnyNumberOfWorkers() {
        const SlowMaker maker;
        for (const int workers : {1, 3}) {
            BatchesAhead batches(maker, {.steps = 5, .batch = 2, .from = 3, .to = 10, .workers = workers});
            for (std::int64_t step = 3; step < 10; ++step) {
                const auto batch = batches.next();
                QCOMPARE(batch.size(), std::size_t(2));
                for (std::int64_t i = 0; i < 2; ++i)
                    QCOMPARE(batch[static_cast<std::size_t>(i)].at("input").values[0],
                             static_cast<float>(100 * (step / 5) + step % 5 * 2 + i));
            }
        }
    }

    void aMakersFailureArrivesWhereTheBatchWasWanted() {
        const SlowMaker maker;
        BatchesAhead batches(maker, {.steps = 1, .batch = 1, .from = 2, .to = 9, .workers = 2});
        QVERIFY_EXCEPTION_THROWN(for (int i = 0; i < 5; ++i) batches.next(), Error);
    }
};

QTEST_APPLESS_MAIN(TestLearn)
#include "tst_learn.moc"
