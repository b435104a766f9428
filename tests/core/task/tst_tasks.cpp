#include "core/task/segment/classes.h"
#include "core/task/sweep_data.h"
#include "core/task/task.h"

#include <QtTest>

#include <set>

using namespace embellie;

class TestTasks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyTaskDescribesItself() {
        std::set<std::string> ids;
        for (const TaskInfo* task : tasks()) {
            QVERIFY(ids.insert(task->id).second);
            QVERIFY(std::string(task->help.pattern).size() > 20);
            const NetworkInfo& network = *networks().front();
            Settings settings(settingsOf(*task, network));
            for (const Setting& setting : task->settings.all())
                QVERIFY2(setting.key.starts_with(task->id + ".") && setting.help.pattern[0],
                         setting.key.c_str());
            for (const auto& [key, value] : task->quickSettings)
                if (settings.table().find(key))
                    settings.setText(key, value); // throws where the value does not fit
            const NetworkShape shape = networkShape(*task, settings);
            QCOMPARE(shape.inputChannels, static_cast<int>(task->channels(settings).size()));
            QVERIFY(!shape.headChannels.empty());
            bool hasMain = false;
            for (const ScoreInfo& score : task->scores)
                hasMain = hasMain || score.id == task->mainScore;
            QVERIFY(hasMain);
            bool anyNetwork = false;
            for (const NetworkInfo* one : networks())
                anyNetwork = anyNetwork || fits(*task, *one);
            QVERIFY(anyNetwork);
            std::set<std::string> roles;
            for (const DataRole& role : task->roles)
                QVERIFY(roles.insert(role.id).second);
        }
    }

    // The opening of its own sample: a task that can do without files makes samples of one shape, the same
    // again.
    void everyTaskMakesSamplesWithoutData() {
        for (const TaskInfo* task : tasks()) {
            if (!task->withoutData.pattern[0])
                continue;
            Settings settings(settingsOf(*task, *networks().front()));
            for (const auto& [key, value] : task->quickSettings)
                if (settings.table().find(key))
                    settings.setText(key, value);
            if (settings.table().find(task->id + ".scenes"))
                settings.setText(task->id + ".scenes", "1"); // each takes a third of a second
            Feedback feedback;
            const auto samples = task->samples(settings, {}, 3, feedback);
            const Sample one = samples->make(0, 0);
            QVERIFY(one == samples->make(0, 0));
            QVERIFY(!(one == samples->make(0, 1)));
            for (const auto& [name, array] : samples->make(1, 5))
                QVERIFY(array.shape == one.at(name).shape);
            QVERIFY(!samples->validation().empty());
            for (const ValidationCase& held : samples->validation())
                QCOMPARE(held.input->size(), held.reference->size());
        }
    }

    static SweepData sweepsOf(int training, int validation) {
        SweepData data;
        for (int i = 0; i < training + validation; ++i) {
            SweepEntry& sweep = data.sweeps.emplace_back();
            sweep.site = "Testtown";
            sweep.time = TimePoint(std::chrono::hours(i));
            sweep.validation = i >= training;
        }
        return data;
    }

    // Of a year of volumes no more is read than is looked at.
    void ofManySweepsFewAreKept_data() {
        QTest::addColumn<int>("training");
        QTest::addColumn<int>("validation");
        QTest::newRow("of both too many") << 1000 << 250;
        QTest::newRow("of one too many") << 20 << 250;
        QTest::newRow("of the other one") << 1000 << 3;
        QTest::newRow("few") << 20 << 3;
        QTest::newRow("just as many") << 200 << 12;
        QTest::newRow("none of either") << 0 << 0;
    }
    void ofManySweepsFewAreKept() {
        QFETCH(int, training);
        QFETCH(int, validation);
        SweepData data = sweepsOf(training, validation);
        thinOut(data, 200, 12);
        std::vector<long> hours;
        for (const SweepEntry& sweep : data.sweeps)
            if (sweep.validation)
                hours.push_back(
                    std::chrono::duration_cast<std::chrono::hours>(sweep.time.time_since_epoch()).count());
        QCOMPARE(static_cast<int>(hours.size()), std::min(12, validation));
        QCOMPARE(static_cast<int>(data.sweeps.size() - hours.size()), std::min(200, training));
        for (std::size_t i = 0; i < hours.size(); ++i) // from all of the time, evenly
            QCOMPARE(hours[i],
                     training + static_cast<long>(i) * validation / static_cast<long>(hours.size()));
    }

    void aShareOfNothingKeepsNothingApart() {
        const auto kept = [](const SweepData& data) {
            return std::count_if(data.sweeps.begin(), data.sweeps.end(),
                                 [](const SweepEntry& sweep) { return sweep.validation; });
        };
        SweepData data = sweepsOf(100, 0);
        splitByTime(data, 0);
        QCOMPARE(kept(data), 0);
        QVERIFY(!splitByPart(data, "", 0, 1)); // five days
        QCOMPARE(kept(data), 0);
        QVERIFY(splitByPart(data, "1970-01-02", 0, 1)); // what is named is kept apart nevertheless
        QCOMPARE(kept(data), 24);
        splitByPart(data, "", 0.2, 1);
        QCOMPARE(kept(data), 24);
    }

    // The curves of both losses can be compared: rare classes weigh the same in either.
    void classesWeighTheSameInValidation() {
        const TaskInfo& task = taskOf("segment");
        Settings settings(settingsOf(task, *networks().front()));
        settings.setText("segment.scenes", "2");
        Feedback feedback;
        const auto samples = task.samples(settings, {}, 3, feedback);
        const auto weightsIn = [](const Sample& sample) {
            const auto& weights = sample.at("weight").values;
            return std::set<float>(weights.begin(), weights.end());
        };
        std::set<float> learnt;
        for (int i = 0; i < 40; ++i)
            learnt.merge(weightsIn(samples->make(0, i)));
        QVERIFY(learnt.size() > 3);
        QVERIFY(!samples->validation().empty());
        for (const ValidationCase& one : samples->validation())
            for (const float weight : weightsIn(one.sample))
                QVERIFY2(learnt.contains(weight), std::to_string(weight).c_str());
    }

    void theRawestMomentIsThePredictionsInput() {
        SourceInfo info;
        info.file = "x.h5";
        info.sweeps.resize(2);
        const auto add = [&](const char* id, const char* quantity, std::size_t sweep) {
            ArrayInfo array;
            array.id = id;
            array.quantity.id = quantity;
            array.sweep = sweep;
            info.arrays.push_back(array);
        };
        add("sweep_0/DBZH", "DBZH", 0);
        add("sweep_0/TH", "TH", 0);
        add("sweep_1/DBZH", "DBZH", 1);
        add("sweep_1/VRADH", "VRADH", 1);
        const auto inputs = sweepInputs(info, "", rawReflectivities());
        QCOMPARE(inputs.size(), std::size_t(2));
        QCOMPARE(inputs[0].array, std::string("sweep_0/TH"));
        QCOMPARE(inputs[1].array, std::string("sweep_1/DBZH"));
        QCOMPARE(sweepInputs(info, "DBZH", rawReflectivities())[0].array, std::string("sweep_0/DBZH"));
        QCOMPARE(sweepInputs(info, "sweep_0/DBZH", rawReflectivities()).size(), std::size_t(1));
        QVERIFY_EXCEPTION_THROWN(sweepInputs(info, "ZDR", rawReflectivities()), Error);
    }

    void anythingInDbzServesWhereNoNameIsKnown() {
        SourceInfo info;
        info.file = "x.nc";
        info.sweeps.resize(2);
        const auto add = [&](const char* quantity, std::size_t sweep, const char* unit,
                             Kind kind = Kind::Quantity, const char* qualityOf = "") {
            ArrayInfo array;
            array.id = "sweep_" + std::to_string(sweep) + "/" + quantity;
            array.quantity.id = quantity;
            array.quantity.unit = unit;
            array.quantity.kind = kind;
            array.qualityOf = qualityOf;
            array.sweep = sweep;
            info.arrays.push_back(array);
        };
        add("VEL", 0, "m s-1");
        add("zclass", 0, "dBZ", Kind::Classes);
        add("error", 0, "dBZ", Kind::Quantity, "sweep_0/REF");
        add("REF", 0, "dBZ");
        add("REF_F", 0, "dBZ");
        add("CZ", 1, "dBZ");
        add("UZ", 1, "dBZ"); // known as the rawer one
        const auto inputs = sweepInputs(info, "", rawReflectivities());
        QCOMPARE(inputs.size(), std::size_t(2));
        QCOMPARE(inputs[0].array, std::string("sweep_0/REF"));
        QCOMPARE(inputs[1].array, std::string("sweep_1/UZ"));
        LayerEntry layer;
        layer.moments.push_back({info.arrays[0].quantity, 0, "VEL", "", {}});
        layer.moments.push_back({info.arrays[2].quantity, 0, "error", "REF", {}});
        QVERIFY(!firstOf(layer, rawReflectivities()));
        layer.moments.push_back({info.arrays[3].quantity, 0, "REF", "", {}});
        QCOMPARE(firstOf(layer, rawReflectivities())->array, std::string("REF"));
        QVERIFY(!firstOf(layer, {"TH"})); // where a name is needed it is needed
    }

    void foreignClassNamesFindTheirPlace() {
        QCOMPARE(segment::classOf("strat"), segment::classOf("conv"));
        QVERIFY(segment::classOf("ap_gnd") && segment::classOf("ap_gnd") != segment::classOf("strat"));
        QVERIFY(!segment::classOf("2trip"));
    }
};

QTEST_APPLESS_MAIN(TestTasks)
#include "tst_tasks.moc"
