#include "core/base/file.h"
#include "core/base/process.h"
#include "core/learn/batches.h"
#include "core/learn/device.h"
#include "core/learn/joint_norm.h"
#include "core/learn/loss_scale.h"
#include "core/learn/recompute.h"
#include "core/learn/safetensors.h"
#include "core/learn/supervised.h"
#include "core/task/memory.h"
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
    std::vector<ResultField> predict(const FieldPtr&, const Companions&) override { return {}; }
    std::vector<LossPart> losses(const std::vector<torch::Tensor>&, const Batch& batch) const override {
        return {{"entropy", (batch.at("weight") * batch.at("input")).sum(), 1.0}};
    }
    std::vector<torch::Tensor> counts(const Batch& batch) const override {
        return {batch.at("weight").sum()};
    }
    using SupervisedTask::answers;
};

/// Computes a batch in parts and changes nothing.
class NoCorrection : public StepTools {
public:
    torch::Tensor summed(torch::Tensor count) override { return count; }
    void inPrecision(const std::function<void()>& forward) override { forward(); }
    void correct(torch::optim::Optimizer& optimizer, const Batch& batch, const LossOf& lossOf) override {
        optimizer.zero_grad();
        for (const Batch& part : cut(batch, parts))
            if (const torch::Tensor loss = lossOf(part); loss.requires_grad())
                loss.backward();
    }
    std::int64_t parts = 1;
};

/// Counts what the allocator of the CPU gives and takes back while it is set.
class MemoryCount : public c10::MemoryReportingInfoBase {
public:
    void reportMemoryUsage(void*, std::int64_t size,
#if TORCH_VERSION_MAJOR >= 2
                           std::size_t, std::size_t,
#else
                           std::int64_t, std::int64_t,
#endif
                           c10::Device) override {
        now += size;
        most = std::max(most, now);
    }
    bool memoryProfilingEnabled() const override {
        return true;
    }
    std::int64_t now = 0, most = 0;
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

    // LibTorch 1.13 has layouts in which gradients of 16-bit floats come out wrong without a word, from some
    // size on.
    void gradientsOf16BitFloatsPointWhereThoseOf32Do_data() {
        QTest::addColumn<QString>("normalisation");
        QTest::addColumn<int>("heads");
        QTest::newRow("batch, one head") << "batch" << 1;
        QTest::newRow("batch, two heads") << "batch" << 2;
        QTest::newRow("group, two heads") << "group" << 2;
        QTest::newRow("none, two heads") << "none" << 2;
    }
    void gradientsOf16BitFloatsPointWhereThoseOf32Do() {
        QFETCH(QString, normalisation);
        QFETCH(int, heads);
        std::vector<std::vector<torch::Tensor>> gradients;
        for (const char* precision : {"fp32", "bf16"}) {
            torch::manual_seed(11);
            const auto network = networkLearnOf("unet").make(
                unetSettings({{"unet.width", "16"},
                              {"unet.depth", "2"},
                              {"unet.normalisation", normalisation.toUtf8().constData()}}),
                {3, std::vector<int>(static_cast<std::size_t>(heads), 1)});
            network->train();
            const torch::Tensor input = torch::randn({2, 3, 360, 256}),
                                wanted = torch::randn({2, 1, 360, 256});
            torch::Tensor loss = torch::zeros({});
            const Precision chosen = choosePrecision(precision, torch::kCPU);
            const torchcompat::Autocast autocast(chosen.autocast);
            for (const torch::Tensor& answer : network->forward(input))
                loss = loss + (answer - wanted).pow(2).mean();
            loss.backward();
            gradients.emplace_back();
            for (const torch::Tensor& parameter : network->parameters())
                gradients.back().push_back(parameter.grad().flatten());
        }
        for (std::size_t i = 0; i < gradients[0].size(); ++i) {
            const double cosine =
                torch::cosine_similarity(gradients[0][i], gradients[1][i], 0).item<double>();
            QVERIFY2(cosine > 0.9, qPrintable(QString("parameter %1: %2").arg(i).arg(cosine)));
        }
    }

    // Two fields with 1 and 3 valid cells of losses 8 and 0: 8 / 4, not the mean of 8 and 0.
    void theLossIsPerValidCellOfTheWholeBatch() {
        Settings settings(settingsOf(taskOf("denoise"), networkOf("unet")));
        settings.setText("unet.width", "4");
        settings.setText("unet.depth", "1");
        settings.setText("denoise.moments", "");
        SquareTask task(settings);
        NoCorrection tools;
        Batch batch;
        batch["input"] = torch::zeros({2, 3, 2, 2});
        batch["input"][0] = 8.0f / 3;
        batch["weight"] = torch::zeros({2, 1, 2, 2});
        batch["weight"][0][0][0][0] = 1;
        batch["weight"][1][0].view({-1}).narrow(0, 0, 3).fill_(1);
        for (const std::int64_t parts : {1, 2}) {
            tools.parts = parts;
            QVERIFY(std::abs(task.step(batch, tools).at("loss") - 8.0 / 4) < 1e-5);
        }
        batch["weight"].zero_();
        QCOMPARE(task.step(batch, tools).at("loss"), 0.0);
    }

    // 3 parts and more with their rims; the far end is no multiple of anything.
    void aLargeFieldInPartsGivesTheSameAnswer() {
        Settings settings(settingsOf(taskOf("denoise"), networkOf("unet")));
        settings.setText("unet.width", "4");
        settings.setText("unet.depth", "3");
        torch::manual_seed(6);
        SquareTask task(settings);
        const auto channels = static_cast<std::int64_t>(taskOf("denoise").channels(settings).size());
        const torch::Tensor input = torch::randn({1, channels, 24, 301});
        const auto whole = task.answers(input), parts = task.answers(input, 1e6);
        QCOMPARE(parts.size(), whole.size());
        for (std::size_t head = 0; head < whole.size(); ++head) {
            QVERIFY(parts[head].sizes() == whole[head].sizes());
            QVERIFY((parts[head] - whole[head]).abs().max().item<double>() < 1e-4);
        }
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

    void normalisationAloneIsThatOfLibTorchToTheBit() {
        torch::manual_seed(11);
        JointBatchNorm ours(5);
        torch::nn::BatchNorm2d theirs(5);
        const torch::Tensor input = 3 * torch::randn({4, 5, 6, 7}) + 100;
        for (int step = 0; step < 3; ++step) {
            torch::Tensor a = input.clone().requires_grad_(), b = input.clone().requires_grad_();
            const torch::Tensor x = ours->forward(a), y = theirs->forward(b);
            QVERIFY(torch::equal(x, y));
            (x * x).sum().backward();
            (y * y).sum().backward();
            QVERIFY(torch::equal(a.grad(), b.grad()));
        }
        const auto mine = ours->named_buffers(), known = theirs->named_buffers();
        QCOMPARE(mine.size(), known.size());
        for (const auto& buffer : known)
            QVERIFY2(torch::equal(mine[buffer.key()], buffer.value()), buffer.key().c_str());
        ours->eval();
        theirs->eval();
        QVERIFY(torch::equal(ours->forward(input), theirs->forward(input)));
    }

    void stagesComputedTwiceGiveTheSameGradients_data() {
        QTest::addColumn<QString>("normalisation");
        for (const char* name : {"batch", "group"})
            QTest::newRow(name) << name;
    }
    void stagesComputedTwiceGiveTheSameGradients() {
        QFETCH(QString, normalisation);
        std::vector<std::vector<torch::Tensor>> gradients, buffers;
        for (const char* recompute : {"false", "true"}) {
            torch::manual_seed(2);
            const auto network = networkLearnOf("unet").make(
                unetSettings({{"unet.width", "4"},
                              {"unet.depth", "3"},
                              {"unet.dropout", "0.3"},
                              {"unet.normalisation", normalisation.toUtf8().constData()},
                              {"unet.recompute", recompute}}),
                {2, {1}});
            network->train();
            network->forward(torch::randn({2, 2, 16, 8}))[0].pow(2).sum().backward();
            gradients.emplace_back();
            for (const torch::Tensor& parameter : network->parameters())
                gradients.back().push_back(parameter.grad());
            buffers.push_back(network->buffers());
        }
        for (std::size_t i = 0; i < gradients[0].size(); ++i)
            QVERIFY(gradients[1][i].defined() && torch::equal(gradients[0][i], gradients[1][i]));
        for (std::size_t i = 0; i < buffers[0].size(); ++i)
            QVERIFY(torch::equal(buffers[0][i], buffers[1][i])); // each batch is counted once
    }

    // The random numbers of the second time are those of the first, and the stream goes on as if there had
    // been no second time.
    void aStageComputedTwiceDrawsTheSameNumbers() {
        torch::manual_seed(4);
        const torch::Tensor input = torch::ones({1000}).requires_grad_();
        const torch::Tensor output =
            recomputed([](const torch::Tensor& x) { return torch::dropout(x, 0.5, true); }, input);
        const torch::Tensor next = randomState(torch::kCPU);
        output.sum().backward();
        QVERIFY(torch::equal(input.grad(), output.detach())); // 0 or 2 at the same places
        QVERIFY(torch::equal(randomState(torch::kCPU), next));
    }

    // Rules of the scale by hand: a step with an infinite gradient is left out and halves it.
    void theLossScaleFollowsTheGradients() {
        LossScale scale(3);
        torch::Tensor weight = torch::zeros({2}).requires_grad_();
        const auto step = [&](float gradient) {
            weight.mutable_grad() = torch::full({2}, gradient);
            return scale.unscale({weight});
        };
        QCOMPARE(scale.factor(), 65536.0);
        QVERIFY(step(65536.0f));
        QCOMPARE(weight.grad()[0].item<float>(), 1.0f);
        QVERIFY(!step(std::numeric_limits<float>::infinity()));
        QCOMPARE(scale.factor(), 32768.0);
        QVERIFY(!step(std::numeric_limits<float>::quiet_NaN()));
        QCOMPARE(scale.factor(), 16384.0);
        QVERIFY(step(1) && step(1));
        QCOMPARE(scale.factor(), 16384.0);
        QVERIFY(step(1)); // the third good one in a row
        QCOMPARE(scale.factor(), 32768.0);
        LossScale resumed(3);
        resumed.setState(scale.state());
        QCOMPARE(resumed.factor(), 32768.0);
    }

    // A product of small numbers vanishes in fp16, and comes through with the scale.
    void theLossScaleSavesSmallGradients() {
        for (const bool scaled : {false, true}) {
            LossScale scale;
            torch::Tensor weight = torch::ones({1}).requires_grad_();
            const torch::Tensor half =
                weight.to(torch::kFloat16) * torch::full({1}, 1e-3).to(torch::kFloat16);
            const torch::Tensor loss = (half.to(torch::kFloat32) * 1e-5).sum();
            (scaled ? loss * scale.factor() : loss).backward();
            if (scaled)
                QVERIFY(scale.unscale({weight}));
            const double gradient = weight.grad().item<double>();
            QVERIFY2(scaled ? std::abs(gradient - 1e-8) < 1e-10 : gradient == 0.0,
                     qPrintable(QString::number(gradient)));
        }
    }

    void aGpuCountsOnlyWhereTheSchedulerGaveOne() {
        const Environment withoutGpu = [](const char* name) -> std::optional<std::string> {
            return std::string(name) == "SLURM_JOB_ID" ? std::optional<std::string>("7") : std::nullopt;
        };
        const DeviceChoice choice = chooseDevice("auto", 0, withoutGpu);
        QVERIFY(choice.device.is_cpu() && !choice.message.empty());
        QVERIFY_EXCEPTION_THROWN(chooseDevice("cuda", 0, withoutGpu), Error);
        QVERIFY(chooseDevice("cpu", 0, withoutGpu).message.empty());
        QCOMPARE(choosePrecision("fp16", torch::kCPU).words, std::string("fp32"));
        QVERIFY(choosePrecision("fp16", torch::kCUDA).scaled);
    }

    void theMemoryIsEstimatedBeforeTheStart_data() {
        QTest::addColumn<QString>("width");
        QTest::addColumn<QString>("depth");
        QTest::addColumn<QString>("gates");
        QTest::addColumn<QString>("normalisation");
        QTest::addColumn<QString>("recompute");
        QTest::addColumn<QString>("precision");
        const auto row = [](const char* name, const char* width, const char* depth, const char* gates,
                            const char* normalisation, const char* recompute, const char* precision) {
            QTest::newRow(name) << width << depth << gates << normalisation << recompute << precision;
        };
        row("by batch", "16", "4", "128", "batch", "false", "fp32");
        row("by groups, wide", "32", "3", "64", "group", "false", "fp32");
        row("not normalised, flat", "16", "2", "96", "none", "false", "fp32");
        row("computed twice", "16", "4", "128", "batch", "true", "fp32");
        row("16 bits, by batch", "16", "4", "128", "batch", "false", "bf16");
        row("16 bits, by groups, wide", "32", "3", "64", "group", "false", "bf16");
        row("16 bits, not normalised, flat", "16", "2", "96", "none", "false", "bf16");
        row("16 bits, computed twice", "16", "4", "128", "batch", "true", "bf16");
    }
    // Against what the allocator has seen at most in a step.
    void theMemoryIsEstimatedBeforeTheStart() {
        QFETCH(QString, width);
        QFETCH(QString, depth);
        QFETCH(QString, gates);
        QFETCH(QString, normalisation);
        QFETCH(QString, recompute);
        QFETCH(QString, precision);
        const TaskInfo& task = taskOf("denoise");
        Settings settings(settingsOf(task, networkOf("unet")));
        settings.setText("unet.width", width.toStdString());
        settings.setText("unet.depth", depth.toStdString());
        settings.setText("unet.normalisation", normalisation.toStdString());
        settings.setText("unet.recompute", recompute.toStdString());
        settings.setText("denoise.gates", gates.toStdString());
        settings.setText("train.batch", "2");
        settings.setText("train.precision", precision.toStdString());
        const double expected = trainingMemory(task, networkOf("unet"), settings, false).samplesBytes;
        const auto learn = makeTaskLearn(task, networkOf("unet"), settings);
        const std::int64_t columns = settings.integer("denoise.gates");
        const auto channels = static_cast<std::int64_t>(task.channels(settings).size());
        Batch batch{{"input", torch::randn({2, channels, 360, columns})},
                    {"rain", torch::ones({2, 1, 360, columns})},
                    {"weight", torch::ones({2, 1, 360, columns})},
                    {"value", torch::randn({2, 1, 360, columns})}};
        NoCorrection tools;
        const torchcompat::Autocast autocast(
            choosePrecision(precision.toStdString(), torch::Device(torch::kCPU)).autocast);
        learn->step(batch, tools); // the first one makes the gradients
        const auto count = std::make_shared<MemoryCount>();
        {
            const c10::DebugInfoGuard guard(c10::DebugInfoKind::PROFILER_STATE, count);
            learn->step(batch, tools);
        }
        const double ratio = expected / static_cast<double>(count->most);
        qInfo("%.1f MB, estimated %.1f: ratio %.3f", static_cast<double>(count->most) / 1e6, expected / 1e6,
              ratio);
        QVERIFY(std::abs(ratio - 1) < 0.15);
    }
};

QTEST_APPLESS_MAIN(TestLearn)
#include "tst_learn.moc"
