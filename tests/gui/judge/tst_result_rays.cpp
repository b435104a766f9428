#include "gui/pages/judge/judgement.h"
#include "tests/gui/judge/random_volumes.h"
#include "tests/support/test_support.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace embellie;
using namespace embellie::test;

namespace {

/// A copy of the volume by a program that begins the rays of each sweep elsewhere.
OdimVolume turned(OdimVolume volume, std::size_t by) {
    for (std::vector<OdimMoment>& moments : volume.sweeps)
        for (OdimMoment& moment : moments) {
            const Field& before = *moment.field;
            Sweep sweep = *before.sweep();
            std::rotate(sweep.rays.begin(), sweep.rays.begin() + std::ptrdiff_t(by), sweep.rays.end());
            std::vector<float> values(before.values().begin(), before.values().end());
            std::vector<State> states(before.states().begin(), before.states().end());
            const auto cells = std::ptrdiff_t(by * sweep.gates);
            std::rotate(values.begin(), values.begin() + cells, values.end());
            std::rotate(states.begin(), states.begin() + cells, states.end());
            moment.field = std::make_shared<Field>(before.quantity(), sweep, before.time(), values, states);
        }
    return volume;
}

std::vector<JudgedLayer> judgedBy(const std::shared_ptr<Dataset>& data,
                                  const std::shared_ptr<Dataset>& results) {
    std::vector<JudgedLayer> layers;
    const GroupEntry& group = data->groups().front();
    for (const LayerEntry& layer : group.volumes.front().layers) {
        JudgedLayer judged{data, results, layer, std::nullopt, "TH", "TH", "DBZH"};
        if (const LayerEntry* result = resultLayer(*results, group, layer))
            judged.result = *result;
        layers.push_back(std::move(judged));
    }
    return layers;
}

} // namespace

/// Results of other programs, whose rays need not lie in the order of the data's.
class TestResultRays : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void resultsThatBeginAtAnotherAzimuthAreComparedByPlace();
    void resultsOfOtherRaysAreRefused();
};

void TestResultRays::resultsThatBeginAtAnotherAzimuthAreComparedByPlace() {
    test::ScratchFolder folder;
    Feedback silent;
    const auto data = opened({writeVolume(folder / "a.h5", Noon)});
    writeOdimVolume(folder / "turned.h5", turned(volumeAt(Noon), 7), silent);
    const auto results = opened({folder / "turned.h5"});
    const LayerEntry& first = results->groups().front().volumes.front().layers.front();
    QVERIFY(results->read(first, *first.find("TH"), silent)->sweep()->rays.front().azimuthStart > 60);
    const std::vector<JudgedLayer> same = judgedBy(data, data), other = judgedBy(data, results);
    const Judgement expected = judge(same, JudgedThresholds, std::nullopt, silent),
                    made = judge(other, JudgedThresholds, std::nullopt, silent);
    QCOMPARE(made.sweeps, std::size_t(2));
    for (std::size_t at = 0; at < JudgedThresholds.size(); ++at) {
        QVERIFY(expected.scores.thresholds[at].candidate.hits > 0);
        QCOMPARE(made.scores.thresholds[at].candidate, expected.scores.thresholds[at].candidate);
    }
    for (std::size_t at = 0; at < same.size(); ++at) {
        const JudgedFields right = readJudged(same[at], 7, std::nullopt, {1, 2, 3}, silent),
                           fields = readJudged(other[at], 7, std::nullopt, {1, 2, 3}, silent);
        QVERIFY(!fields.refusal);
        QVERIFY(std::ranges::equal(fields.cleaned->states(), right.cleaned->states()));
        QVERIFY(std::ranges::equal(fields.cleaned->values(), right.cleaned->values(), [](float a, float b) {
            return a == b || (std::isnan(a) && std::isnan(b));
        }));
        QCOMPARE(fields.agree, right.agree);
        QCOMPARE(fields.lost, right.lost);
        QCOMPARE(fields.left, right.left);
    }
}

void TestResultRays::resultsOfOtherRaysAreRefused() {
    test::ScratchFolder folder;
    Feedback silent;
    const auto data = opened({writeVolume(folder / "a.h5", Noon)});
    OdimVolume half = volumeAt(Noon); // as many rays, in a sector
    for (std::vector<OdimMoment>& moments : half.sweeps)
        for (OdimMoment& moment : moments) {
            const Field& before = *moment.field;
            Sweep sweep = *before.sweep();
            for (std::size_t ray = 0; ray < sweep.rays.size(); ++ray) {
                sweep.rays[ray].azimuthStart = double(ray) * 5;
                sweep.rays[ray].azimuthStop = double(ray) * 5 + 5;
            }
            moment.field =
                std::make_shared<Field>(before.quantity(), sweep, before.time(),
                                        std::vector<float>(before.values().begin(), before.values().end()),
                                        std::vector<State>(before.states().begin(), before.states().end()));
        }
    writeOdimVolume(folder / "half.h5", half, silent);
    const std::vector<JudgedLayer> layers = judgedBy(data, opened({folder / "half.h5"}));
    QVERIFY(layers.front().result);
    const JudgedFields fields = readJudged(layers.front(), 7, std::nullopt, {1, 2, 3}, silent);
    QVERIFY(fields.raw && fields.reference && !fields.cleaned && !fields.difference);
    QVERIFY(fields.refusal);
    QVERIFY(std::string(fields.refusal->what()).find("rays") != std::string::npos);
    QVERIFY_EXCEPTION_THROWN(judge(layers, JudgedThresholds, std::nullopt, silent), Error);
}

QTEST_MAIN(TestResultRays)
#include "tst_result_rays.moc"
