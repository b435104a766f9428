#include "core/base/file.h"
#include "core/base/process.h"
#include "core/simulate/scene.h"
#include "gui/pages/look/look_page.h"
#include "gui/pages/main_window.h"
#include "gui/pages/start/start_page.h"
#include "gui/pages/theme/flat_style.h"
#include "gui/scene/localised.h"
#include "gui/scene/own_names.h"
#include "gui/scene/scene.h"
#include "gui/workspace/session.h"
#include "tests/support/test_support.h"

#include <QApplication>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QSet>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

using namespace embellie;
namespace fs = std::filesystem;

namespace {

struct Entry {
    QString context, source;
    QStringList forms; ///< several where the number decides
    bool unfinished = false, numerus = false;
};

QList<Entry> readEntries(const fs::path& file) {
    QXmlStreamReader xml(QByteArray::fromStdString(readFile(file)));
    QList<Entry> entries;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("name"))
            context = xml.readElementText();
        else if (xml.name() == QLatin1String("message"))
            entries.append({context, {}, {}, false, xml.attributes().hasAttribute("numerus")});
        else if (xml.name() == QLatin1String("source"))
            entries.last().source = xml.readElementText();
        else if (xml.name() == QLatin1String("translation")) {
            Entry& entry = entries.last();
            entry.unfinished = xml.attributes().hasAttribute("type");
            if (!entry.numerus)
                entry.forms << xml.readElementText();
        } else if (xml.name() == QLatin1String("numerusform"))
            entries.last().forms << xml.readElementText();
    }
    return entries;
}

QSet<QString> placeholders(const QString& text) {
    static const QRegularExpression mark(QStringLiteral("\\{[0-9]\\}|%[0-9n]"));
    QSet<QString> found;
    for (auto at = mark.globalMatch(text); at.hasNext();)
        found << at.next().captured();
    return found;
}

} // namespace

class TestTranslation : public QObject {
    Q_OBJECT
    fs::path m_file;
private Q_SLOTS:
    void initTestCase() { m_file = test::sourceFolder() / "resources/translations/embellie_fr.ts"; }

    void everyTextOfTheProgramHasAFinishedTranslation() {
        if (!fs::exists(LUPDATE))
            QSKIP("needs lupdate");
        test::ScratchFolder folder;
        const fs::path updated = folder / "embellie_fr.ts";
        fs::copy_file(m_file, updated);
        ProcessRequest request;
        request.program = LUPDATE;
        request.workingFolder = test::sourceFolder();
        request.arguments = {"-silent",
                             "-I",
                             ".",
                             "-tr-function-alias",
                             "translate+=EMBELLIE_TR",
                             "core",
                             "gui",
                             "app",
                             "-no-obsolete",
                             "-locations",
                             "none",
                             "-ts",
                             updated.string()};
        const ProcessResult result = runProcess(request);
        QVERIFY2(result.status == 0, result.errors.c_str());
        const QList<Entry> entries = readEntries(updated);
        QVERIFY(entries.size() > 1000);
        QStringList missing;
        for (const Entry& entry : entries)
            if (entry.unfinished || entry.forms.isEmpty() || entry.forms.contains(QString()))
                missing << entry.context + ": " + entry.source;
        QVERIFY2(missing.isEmpty(), qPrintable(QString::number(missing.size()) +
                                               " without French, such as\n" + missing.mid(0, 40).join('\n')));
        QCOMPARE(readEntries(m_file).size(), entries.size()); // none that the program no longer says
    }

    void translationsKeepTheirArguments() {
        for (const Entry& entry : readEntries(m_file))
            for (const QString& form : entry.forms)
                QVERIFY2(placeholders(form) == placeholders(entry.source),
                         qPrintable(entry.source + " | " + form));
    }

    void spacesAndQuotesAreFrench() {
        // What stands before a double mark of punctuation does not break; apostrophes are curved.
        static const QRegularExpression breaking(QStringLiteral(" [;:?!»]( |$)|« |[A-Za-zé]'[a-zéèàA-Z]"));
        for (const Entry& entry : readEntries(m_file))
            for (const QString& form : entry.forms)
                QVERIFY2(!breaking.match(form).hasMatch(), qPrintable(form));
    }

    void theWindowSpeaksFrench() {
        QTranslator french;
        QVERIFY(french.load(QStringLiteral(FRENCH)));
        QVERIFY(QCoreApplication::installTranslator(&french));
        QCOMPARE(localised(EMBELLIE_TR("train", "Train here")), QStringLiteral("Entraîner ici"));
        QCOMPARE(localised(text(EMBELLIE_TR("settings", "{0} is over the limit of {1}"), 0.3, 0.1),
                           QLocale("fr_FR")),
                 QStringLiteral("0,3 dépasse la limite de 0,1"));
        QCOMPARE(QCoreApplication::translate("embellie::MainWindow", "Open…"), QStringLiteral("Ouvrir…"));
        QCOMPARE(QCoreApplication::translate("recent", "%n sweeps", nullptr, 1),
                 QStringLiteral("1 balayage"));
        const Error error = Error(text(EMBELLIE_TR("io", "the gain or the offset can't be used")))
                                .in("x.h5")
                                .expected(text(EMBELLIE_TR("io", "two numbers, the gain not zero")));
        QCOMPARE(localised(error, QLocale("fr_FR")),
                 QStringLiteral(
                     "x.h5: le gain ou le décalage est inutilisable\u202f; attendu\u00a0: deux nombres, "
                     "le gain non nul."));
        LayerEntry upwards;
        upwards.label = "vertical";
        upwards.mode = SweepMode::VerticalPointing;
        QCOMPARE(labelForPeople(upwards), QStringLiteral("verticale"));
        QCoreApplication::removeTranslator(&french);
    }

    void palettesAndClassesOfOursHaveFrenchNames() {
        QTranslator french;
        QVERIFY(french.load(QStringLiteral(FRENCH)));
        QVERIFY(QCoreApplication::installTranslator(&french));
        std::vector<Meaning> classes = echoClasses();
        const auto book = PaletteBook::load();
        for (const PalettePtr& palette : book->palettes()) {
            QVERIFY2(paletteForPeople(*palette) != QString::fromStdString(palette->name),
                     palette->name.c_str());
            classes.insert(classes.end(), palette->classes.begin(), palette->classes.end());
        }
        for (const Meaning& each : classes)
            QVERIFY2(classForPeople(each.name) != QString::fromStdString(each.name), each.name.c_str());
        // What a file says stays as the file says it.
        QCOMPARE(classForPeople("graupel"), QStringLiteral("graupel"));
        Palette made;
        made.name = "Probability";
        QCOMPARE(paletteForPeople(made), QStringLiteral("Probability"));
        Quantity quantity;
        quantity.kind = Kind::Flags;
        quantity.meanings = {{1, "rain", std::nullopt}, {2, "graupel", std::nullopt}};
        QCOMPARE(meaningOf(quantity, 3), QStringLiteral("pluie, graupel"));
        QCoreApplication::removeTranslator(&french);
    }

    void theStartPageFitsASmallWindowInFrench() {
        const test::ScratchFolder folder;
        qputenv("XDG_CACHE_HOME", folder.path().c_str());
        qputenv("EMBELLIE_RUNS", (folder / "runs").c_str());
        QApplication::setStyle(new FlatStyle);
        QTranslator french;
        QVERIFY(french.load(QStringLiteral(FRENCH)));
        QVERIFY(QCoreApplication::installTranslator(&french));
        {
            MainWindow window(PaletteBook::load(), ThemeKind::Light);
            window.resize(1000, 700);
            window.show();
            QVERIFY(QTest::qWaitForWindowExposed(&window));
            QCOMPARE(window.width(), 1000);
            StartPage* page = window.look()->startPage();
            QCOMPARE(page->sceneButton()->text(), QStringLiteral("Ouvrir la scène"));
            const auto* area = qobject_cast<QScrollArea*>(page->parentWidget()->parentWidget());
            QVERIFY(area);
            QTRY_COMPARE(page->width(), area->viewport()->width()); // it need not be moved sideways
        }
        QCoreApplication::removeTranslator(&french);
    }
};

QTEST_MAIN(TestTranslation)
#include "tst_translation.moc"
