#include "core/simulate/gaussian_field.h"
#include "core/simulate/random.h"

#include <QtTest>

#include <cmath>

using namespace embellie;

class TestRandom : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Known-answer vectors of philox4x32-10 (the Random123 distribution, file kat_vectors).
    void philoxGivesItsPublishedNumbers_data() {
        QTest::addColumn<quint64>("seed");
        QTest::addColumn<quint64>("index");
        QTest::addColumn<quint32>("third");
        QTest::addColumn<quint32>("fourth");
        QTest::addColumn<QString>("numbers");
        QTest::newRow("zeros") << quint64(0) << quint64(0) << quint32(0) << quint32(0)
                               << "6627e8d5 e169c58d bc57ac4c 9b00dbd8";
        QTest::newRow("ones") << ~quint64(0) << ~quint64(0) << ~quint32(0) << ~quint32(0)
                              << "408f276d 41c83b0e a20bc7c6 6d5451fd";
        QTest::newRow("pi") << quint64(0x299f31d0a4093822) << quint64(0x85a308d3243f6a88)
                            << quint32(0x13198a2e) << quint32(0x03707344)
                            << "d16cfe09 94fdcceb 5001e420 24126ea1";
    }
    void philoxGivesItsPublishedNumbers() {
        QFETCH(quint64, seed);
        QFETCH(quint64, index);
        QFETCH(quint32, third);
        QFETCH(quint32, fourth);
        QFETCH(QString, numbers);
        const RandomStream stream(seed, static_cast<Purpose>(fourth & 0xff), third, fourth >> 8);
        QStringList written;
        for (const std::uint32_t number : stream.at(index))
            written << QString::number(number, 16).rightJustified(8, '0');
        QCOMPARE(written.join(' '), numbers);
    }

    // Mean, variance and fourth moment of 400,000 numbers within five standard errors.
    void normalNumbersHaveNormalMoments() {
        const RandomStream stream(11, Purpose::Fading);
        double sum = 0, squares = 0, fourth = 0;
        constexpr int count = 400'000;
        for (int i = 0; i < count / 4; ++i)
            for (const double value : stream.normal(static_cast<std::uint64_t>(i))) {
                sum += value;
                squares += value * value;
                fourth += value * value * value * value;
            }
        QVERIFY(std::abs(sum / count) < 5 / std::sqrt(double(count)));
        QVERIFY(std::abs(squares / count - 1) < 5 * std::sqrt(2.0 / count));
        QVERIFY(std::abs(fourth / count - 3) < 5 * std::sqrt(96.0 / count));
    }

    void poissonNumbersHaveTheirMean() {
        RandomSequence random(RandomStream(3, Purpose::Cells));
        double sum = 0;
        for (int i = 0; i < 20'000; ++i)
            sum += random.poisson(2.5);
        QVERIFY(std::abs(sum / 20'000 - 2.5) < 5 * std::sqrt(2.5 / 20'000));
    }

    void streamsOfOtherPurposesAndTimesDiffer() {
        const auto base = RandomStream(1, Purpose::Speckle, 2, 3).at(7);
        QVERIFY(base != RandomStream(2, Purpose::Speckle, 2, 3).at(7));
        QVERIFY(base != RandomStream(1, Purpose::Fading, 2, 3).at(7));
        QVERIFY(base != RandomStream(1, Purpose::Speckle, 3, 3).at(7));
        QVERIFY(base != RandomStream(1, Purpose::Speckle, 2, 4).at(7));
        QVERIFY(base == RandomStream(1, Purpose::Speckle, 2, 3).at(7));
    }

    // A sum of two waves, transformed: the closed form.
    void theFourierTransformIsTheSumOfWaves() {
        constexpr std::size_t size = 32;
        std::vector<std::complex<float>> square(size * size);
        square[3 * size + 5] = {0.5f, 0.25f};
        square[30 * size + 1] = {-1, 0};
        inverseFourier(square, size);
        for (std::size_t row = 0; row < size; ++row)
            for (std::size_t column = 0; column < size; ++column) {
                const auto wave = [&](double north, double east) {
                    return std::polar(1.0, 2 * M_PI * (north * double(row) + east * double(column)) / size);
                };
                const std::complex<double> wanted =
                    std::complex<double>(0.5, 0.25) * wave(3, 5) - wave(30, 1);
                QVERIFY(std::abs(std::complex<double>(square[row * size + column]) - wanted) < 2e-5);
            }
    }

    void theFieldHasMeanZeroAndVarianceOneOverManySeeds() {
        const MapShape map{64, 4};
        SpectrumShape spectrum;
        spectrum.outerKm = 40;
        double squares = 0;
        constexpr int seeds = 60;
        for (int seed = 0; seed < seeds; ++seed) {
            const auto field = GaussianField(map, spectrum, RandomStream(seed, Purpose::Stratiform)).at(0);
            double sum = 0;
            for (const float value : field) {
                sum += value;
                squares += double(value) * value / double(field.size());
            }
            QVERIFY(std::abs(sum / double(field.size())) < 1e-4); // the mean wave is left out
        }
        QVERIFY(std::abs(squares / seeds - 1) < 0.1);
    }

    void theFieldDriftsWithTheWind() {
        const MapShape map{128, 2};
        SpectrumShape spectrum;
        spectrum.outerKm = 60;
        spectrum.eastKmPerMinute = 0.5;
        spectrum.northKmPerMinute = -0.25;
        const GaussianField field(map, spectrum, RandomStream(5, Purpose::Stratiform));
        const auto before = field.at(0),
                   after = field.at(16); // 8 km east, 4 km south: whole cells of the map
        for (std::size_t row = 0; row < 128; ++row)
            for (std::size_t column = 0; column < 128; ++column)
                QVERIFY(std::abs(after[row * 128 + column] -
                                 before[((row + 2) % 128) * 128 + (column + 128 - 4) % 128]) < 2e-3f);
    }

    void samplingMeetsTheCellsAndIsPeriodic() {
        const MapShape map{8, 10};
        std::vector<float> cells(64);
        for (std::size_t i = 0; i < 64; ++i)
            cells[i] = static_cast<float>(i);
        QCOMPARE(sampleMap(cells, map, map.centreKm(3), map.centreKm(5)), 43.0f);
        QCOMPARE(sampleMap(cells, map, map.centreKm(3) + 5, map.centreKm(5)), 43.5f);
        QCOMPARE(sampleMap(cells, map, map.centreKm(3) + 80, map.centreKm(5) - 160), 43.0f);
    }
};

QTEST_GUILESS_MAIN(TestRandom)
#include "tst_random.moc"
