#include "core/base/error.h"
#include "core/score/confusion.h"
#include "core/score/verification.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

using namespace embellie;

namespace {

// Cells in a readable row: a number, "-" noData, "." noEcho, "x" rejected.
Field row(const std::string& cells, bool ambiguous = false, const Quantity& like = {}) {
    std::vector<float> values;
    std::vector<State> states;
    std::istringstream words(cells);
    for (std::string word; words >> word;) {
        const State state = word == "-"   ? State::NoData
                            : word == "." ? State::NoEcho
                            : word == "x" ? State::Rejected
                                          : State::Valid;
        states.push_back(state);
        values.push_back(state == State::Valid ? std::stof(word) : 0.0f);
    }
    Sweep sweep;
    sweep.rays.resize(1);
    sweep.gates = values.size();
    Quantity quantity = like;
    quantity.ambiguous = ambiguous;
    return Field(quantity, sweep, {}, std::move(values), std::move(states));
}

void compareCounts(const Contingency& table, std::uint64_t hits, std::uint64_t misses,
                   std::uint64_t falseAlarms, std::uint64_t correctNegatives) {
    QCOMPARE(table, (Contingency{hits, misses, falseAlarms, correctNegatives}));
}

bool near(double a, double b, double tolerance = 5e-4) {
    return std::abs(a - b) <= tolerance;
}

} // namespace

class TestScore : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Finley's tornado forecasts of 1884, the textbook example (Wilks 2011, table 8.1 and section 8.2.2).
    void finleysTornadoesHaveThePublishedScores() {
        const Contingency finley{28, 23, 72, 2680};
        QVERIFY(near(finley.pod(), 0.549));
        QVERIFY(near(finley.far(), 0.720));
        QVERIFY(near(finley.csi(), 0.228));
        QVERIFY(near(finley.hss(), 0.355));
        QVERIFY(near(finley.frequencyBias(), 1.961));
        QVERIFY(near(finley.rainLost(), 1 - 0.549));
    }

    // The counts of Avesnes' raw echoes at T = 0, and the figures measured from them by another program.
    void rawAvesnesHasItsKnownScores() {
        const Contingency raw{44741, 1701, 60975, 785383};
        QVERIFY(near(raw.pod(), 0.963) && near(raw.far(), 0.577) && near(raw.csi(), 0.417) &&
                near(raw.hss(), 0.556));
        QVERIFY(near(raw.frequencyBias(), 2.276));
    }

    void anUndefinedRatioIsNotANumber() {
        const Contingency dry{0, 0, 0, 10};
        for (const double score :
             {dry.pod(), dry.far(), dry.csi(), dry.hss(), dry.frequencyBias(), dry.rainLost()})
            QVERIFY(std::isnan(score));
        const Contingency silent{0, 5, 0, 5};
        QCOMPARE(silent.pod(), 0.0);
        QVERIFY(std::isnan(silent.far()));
        QVERIFY(toJson(dry)["csi"].is_number_float() &&
                toJson(dry).dump().find("\"csi\":null") != std::string::npos);
        QVERIFY(std::isnan(ErrorSums{}.bias()) && std::isnan(ErrorSums{}.rmse()));
    }

    void hugeCountsDoNotOverflow() {
        const std::uint64_t many = 1ull << 40;
        QVERIFY(near(Contingency{many, many, many, many}.hss(), 0, 1e-12));
        QVERIFY(near(Contingency{many, 0, 0, many}.hss(), 1, 1e-12));
    }

    void aCellCountsWhereRawWasMeasured() {
        // raw       measured        no echo   not measured
        const Field raw = row("10 10 10 10  . . . .  - -");
        const Field reference = row("12 - . x  9 - . x  8 -");
        const Field candidate = row("10 10 . -  . . 5 .  9 .");
        const auto scores = verify(reference, candidate, &raw, {{0}, RemovedMeans::NoRain});
        QCOMPARE(scores.cells, std::uint64_t(8));
        compareCounts(scores.thresholds[0].candidate, 1, 1, 2, 4);
        compareCounts(*scores.thresholds[0].raw, 1, 1, 3, 3);
        QCOMPARE(scores.thresholds[0].clutter, std::uint64_t(3));
        QCOMPARE(scores.thresholds[0].clutterKept, std::uint64_t(1));
        QVERIFY(near(scores.thresholds[0].clutterLeft(), 1.0 / 3, 1e-12));
        // Of the two gates of rain raw has one, and the candidate keeps it.
        QCOMPARE(scores.thresholds[0].rainKept, std::uint64_t(1));
        QCOMPARE(scores.thresholds[0].rainTaken(), 0.0);
        QVERIFY(near(scores.thresholds[0].candidate.rainLost(), 0.5, 1e-12));
    }

    void ignoredCellsAreThoseTheReferenceGivesNoVerdictOn() {
        const Field raw = row("10 10 10 10 -");
        const Field reference = row("12 - . x 5");
        const Field candidate = row("10 10 10 10 10");
        const auto scores = verify(reference, candidate, &raw, {{0}, RemovedMeans::Ignored});
        QCOMPARE(scores.cells, std::uint64_t(2));
        compareCounts(scores.thresholds[0].candidate, 1, 0, 1, 0);
    }

    void withoutRawTheReferenceSaysWhatWasMeasured() {
        const Field reference = row("12 - . x 3");
        const Field candidate = row("10 10 . - 2");
        const auto scores = verify(reference, candidate, nullptr, {{0, 7}, RemovedMeans::NoRain});
        QCOMPARE(scores.cells, std::uint64_t(4));
        compareCounts(scores.thresholds[0].candidate, 2, 0, 0, 2);
        compareCounts(scores.thresholds[1].candidate, 1, 0, 0, 3);
        QVERIFY(!scores.thresholds[0].raw && !scores.rawError);
        QVERIFY(std::isnan(scores.thresholds[0].clutterLeft()) &&
                std::isnan(scores.thresholds[0].rainTaken()));
        QVERIFY(!toJson(scores).contains("raw"));
    }

    void anAmbiguousNoDataIsNoEcho() {
        const Field raw = row("10 - -", true), reference = row("10 9 -", true), candidate = row("9 9 9");
        QCOMPARE(verify(reference, candidate, &raw, {}).cells, std::uint64_t(3));
        compareCounts(verify(reference, candidate, &raw, {}).thresholds[0].candidate, 2, 0, 1, 0);
        QCOMPARE(verify(reference, candidate, nullptr, {}).cells, std::uint64_t(3));
        QCOMPARE(verify(row("10 9 -"), candidate, nullptr, {}).cells, std::uint64_t(2));
    }

    void theThresholdItselfIsRain() {
        const auto scores = verify(row("7 6.5"), row("6.5 7"), nullptr, {{7}, RemovedMeans::NoRain});
        compareCounts(scores.thresholds[0].candidate, 0, 1, 1, 0);
    }

    void errorsAreTakenWhereBothHaveAValue() {
        const Field raw = row("10 30 20 -"), reference = row("12 26 . 5"), candidate = row("10 29 4 4");
        const auto scores = verify(reference, candidate, &raw, {});
        QCOMPARE(scores.error.count, std::uint64_t(2));
        QVERIFY(near(scores.error.bias(), 0.5, 1e-12));
        QVERIFY(near(scores.error.rmse(), std::sqrt((4.0 + 9.0) / 2), 1e-12));
        QVERIFY(near(scores.rawError->bias(), 1, 1e-12));
    }

    void pooledPartsEqualTheWhole() {
        const std::string a = "10 - 3 .", b = "7 8 x 20 1", ca = "9 4 . 2", cb = "1 . 9 20 .", ra = "9 9 9 9",
                          rb = "9 9 9 . -";
        const VerificationRule rule{{0, 7}, RemovedMeans::NoRain};
        const Field rawA = row(ra), rawB = row(rb), raw = row(ra + " " + rb);
        Verification pooled;
        pooled += verify(row(a), row(ca), &rawA, rule);
        pooled += verify(row(b), row(cb), &rawB, rule);
        const Verification whole = verify(row(a + " " + b), row(ca + " " + cb), &raw, rule);
        QCOMPARE(pooled.cells, whole.cells);
        QCOMPARE(pooled.fields, std::size_t(2));
        for (std::size_t i = 0; i < 2; ++i) {
            QCOMPARE(pooled.thresholds[i].candidate, whole.thresholds[i].candidate);
            QCOMPARE(*pooled.thresholds[i].raw, *whole.thresholds[i].raw);
            QCOMPARE(pooled.thresholds[i].clutterKept, whole.thresholds[i].clutterKept);
            QCOMPARE(pooled.thresholds[i].rainKept, whole.thresholds[i].rainKept);
        }
        QCOMPARE(pooled.error.squares, whole.error.squares);
    }

    void differentShapesAreAnError() {
        QVERIFY_EXCEPTION_THROWN(verify(row("1 2"), row("1"), nullptr, {}), Error);
    }

    void wordsSayWhatTheNumbersMean() {
        ThresholdScore score;
        score.raw = Contingency{90, 10, 100, 800};
        score.candidate = {88, 12, 6, 894}; // the ten that raw lacks are not lost by the cleaning
        score.rainKept = 81;
        score.clutter = 100;
        score.clutterKept = 6;
        QCOMPARE(inWords(score).english(),
                 std::string("removes 94 % of what is not rain, loses 10 % of raw's rain"));
        score.raw->hits = 10000;
        score.rainKept = 9999;
        score.clutter = 10000;
        score.clutterKept = 4;
        QCOMPARE(inWords(score).english(),
                 std::string("removes 100.0 % of what is not rain, loses 0.0 % of raw's rain"));
        score.clutter = 0;
        QCOMPARE(inWords(score).english(),
                 std::string("loses 0.0 % of raw's rain; there is nothing else to remove"));
        score.raw->hits = 0;
        QCOMPARE(inWords(score).english(), std::string("raw has none of the reference's rain"));
        score.candidate = {0, 0, 0, 900};
        QCOMPARE(inWords(score).english(), std::string("there is no rain in the reference"));
        score.raw.reset();
        score.candidate = {50, 50, 50, 900};
        QCOMPARE(inWords(score).english(),
                 std::string("finds 50 % of the rain; 50 % of what it calls rain is none"));
    }

    void classesAreCountedAsPairs() {
        Quantity classes;
        classes.kind = Kind::Classes;
        classes.meanings = {{0, "none", {}}, {1, "rain", {}}, {5, "ground", {}}, {7, "never", {}}};
        const Field reference = row("0 0 1 1 1 5 - 5", false, classes);
        const Field candidate = row("0 1 1 1 5 5 1 3", false, classes);
        Confusion confusion = confusionOf(reference, candidate);
        QCOMPARE(confusion.total(), std::uint64_t(6));
        QCOMPARE(confusion.unknown(), std::uint64_t(1));
        QCOMPARE(confusion.count(1, 2), std::uint64_t(1));
        QVERIFY(near(confusion.accuracy(), 4.0 / 6, 1e-12));
        QVERIFY(near(confusion.iou(0), 1.0 / 2, 1e-12));
        QVERIFY(near(confusion.iou(1), 2.0 / 4, 1e-12));
        QVERIFY(near(confusion.iou(2), 1.0 / 2, 1e-12));
        QVERIFY(std::isnan(confusion.iou(3)));
        QVERIFY(near(confusion.meanIou(), 0.5, 1e-12));
        QVERIFY(near(confusion.recall(1), 2.0 / 3, 1e-12) && near(confusion.precision(1), 2.0 / 3, 1e-12));
        Confusion pooled;
        pooled += confusion;
        pooled += confusion;
        QCOMPARE(pooled.total(), std::uint64_t(12));
        QVERIFY(near(pooled.meanIou(), 0.5, 1e-12));
        QCOMPARE(toJson(confusion)["matrix"][1].dump(), std::string("[0,2,1,0]"));
        QVERIFY_EXCEPTION_THROWN(confusionOf(row("1"), row("1")), Error);
    }
};

QTEST_GUILESS_MAIN(TestScore)
#include "tst_score.moc"
