// Numbers under the cursor as people want to read them.

#include "gui/views/readout/readout.h"

#include <QTest>

using namespace embellie;

class TestReadout : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void valuesHaveTheDigitsThatTheirUnitBears_data() {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("unit");
        QTest::addColumn<QVector<float>>("values");
        QTest::addColumn<QString>("shown");
        QTest::newRow("phase of next to nothing")
            << "KDP"
            << "degree/km" << QVector<float>{4.39e-5f} << "0.00 degree/km";
        QTest::newRow("phase as ODIM has it")
            << "KDP"
            << "degrees km-1" << QVector<float>{1.234f} << "1.23 degrees/km";
        QTest::newRow("a small ratio") << "ZDR"
                                       << "dB" << QVector<float>{-0.05f} << QString::fromUtf8("−0.05 dB");
        QTest::newRow("a mixing ratio") << "q"
                                        << "kg kg-1" << QVector<float>{4.39e-5f} << "0.0000439 kg/kg";
        QTest::newRow("codes of GPM")
            << "typePrecip"
            << "" << QVector<float>{10011100, 20011000} << QString::fromUtf8("10 011 100");
        QTest::newRow("counts of MODIS") << "counts"
                                         << "1" << QVector<float>{1115, 79} << QString::fromUtf8("1 115");
        QTest::newRow("a share that is whole here") << "fraction"
                                                    << "1" << QVector<float>{3, 0.25f} << "3.00";
        QTest::newRow("zeros and ones") << "fraction"
                                        << "1" << QVector<float>{1, 0} << "1.00";
        QTest::newRow("whole metres a second") << "VRADH"
                                               << "m s-1" << QVector<float>{12, 3} << "12.0 m/s";
    }

    void valuesHaveTheDigitsThatTheirUnitBears() {
        QFETCH(QString, id);
        QFETCH(QString, unit);
        QFETCH(QVector<float>, values);
        QFETCH(QString, shown);
        Quantity quantity;
        quantity.id = id.toStdString();
        quantity.unit = unit.toStdString();
        Grid grid;
        grid.axes = {{"y", AxisRole::Y, "1", {0}, {}}, {"x", AxisRole::X, "1", {}, {}}};
        for (qsizetype i = 0; i < values.size(); ++i)
            grid.axes[1].centres.push_back(double(i));
        const Field field(quantity, grid, TimeInterval{}, {values.begin(), values.end()},
                          std::vector<State>(std::size_t(values.size()), State::Valid));
        QCOMPARE(valueForPeople(field, 0, QLocale::c()), shown);
    }
};

QTEST_GUILESS_MAIN(TestReadout)
#include "tst_readout.moc"
