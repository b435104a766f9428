#include "gui/pages/start/start_page.h"

#include "gui/pages/start/built_in_scene.h"
#include "gui/pages/start/card.h"
#include "gui/pages/start/go_on_card.h"
#include "gui/workspace/paths.h"
#include "gui/workspace/theme_source.h"

#include <QApplication>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QStandardPaths>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace embellie {

namespace {

/// The number of a step in a square; the first, which comes next, is filled.
class StepNumber : public QWidget {
public:
    StepNumber(int number, bool next, QWidget* parent) : QWidget(parent), m_number(number), m_next(next) {
        const int side = fontMetrics().height() + 6;
        setFixedSize(side, side);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setPen(palette().color(m_next ? QPalette::Link : QPalette::Dark));
        painter.setBrush(m_next ? palette().color(QPalette::Link) : QColor(Qt::transparent));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
        painter.setPen(palette().color(m_next ? QPalette::BrightText : QPalette::WindowText));
        painter.drawText(rect(), Qt::AlignCenter, QString::number(m_number));
    }

private:
    int m_number;
    bool m_next;
};

/// In one line where there is room for it, else in several.
class StepName : public QLabel {
public:
    StepName(const QString& name, QWidget* parent) : QLabel(name, parent) { setWordWrap(true); }
    QSize sizeHint() const override { return fontMetrics().size(Qt::TextSingleLine, text()); }
};

constexpr QSize PreviewSize(228, 176);
constexpr int PicturesGap = 24;

} // namespace

StartPage::StartPage(PageContext context, QWidget* parent)
    : QWidget(parent), m_context(context), m_sceneButton(new QPushButton(tr("Open the scene"), this)),
      m_sceneCard(new Card(Card::Edge::Accent, this)), m_goOn(new GoOnCard(this)),
      m_pictures(new QWidget(this)), m_raw(new QLabel(m_pictures)), m_rain(new QLabel(m_pictures)),
      m_words(new QVBoxLayout), m_recentFrame(new Card(Card::Edge::Plain, this)),
      m_recentTitle(cardLine(tr("Recent"), this, false, true)) {
    auto* heading = new QLabel(tr("Open a field, or start with the built-in scene"), this);
    QFont large = heading->font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    large.setWeight(QFont::DemiBold);
    heading->setFont(large);
    heading->setWordWrap(true);
    auto* explain = cardLine(
        tr("Drop files or folders anywhere in this window. Radar: ODIM_H5, CfRadial. Satellite and grids: "
           "NetCDF. What a file holds decides, not its name."),
        this, true);

    auto* drop = new Card(Card::Edge::Dashed, this);
    auto* openFiles = new QPushButton(tr("Open file…"), drop);
    auto* openFolder = new QPushButton(tr("Open folder…"), drop);
    openFiles->setToolTip(tr("Chooses one or more files (Ctrl+O)"));
    openFolder->setToolTip(tr("Opens all files of a folder as one set (Ctrl+Shift+O)"));
    auto* dropLine = new QHBoxLayout(drop);
    dropLine->setContentsMargins(16, 24, 16, 24);
    dropLine->setSpacing(16);
    dropLine->addStretch(1);
    dropLine->addWidget(new QLabel(tr("Drop here"), drop));
    auto* orLabel = new QLabel(tr("or"), drop);
    orLabel->setForegroundRole(QPalette::PlaceholderText);
    dropLine->addWidget(orLabel);
    dropLine->addWidget(openFiles);
    dropLine->addWidget(openFolder);
    dropLine->addStretch(1);
    connect(openFiles, &QPushButton::clicked, this, &StartPage::openFilesWanted);
    connect(openFolder, &QPushButton::clicked, this, &StartPage::openFolderWanted);

    Card* scene = m_sceneCard;
    m_sceneButton->setProperty("primary", true);
    m_sceneButton->setObjectName(QStringLiteral("openScene"));
    m_sceneButton->setToolTip(
        tr("Simulates a radar with rain and ground echoes on this computer, and shows it"));
    connect(m_sceneButton, &QPushButton::clicked, this, &StartPage::sceneWanted);
    auto* sceneGrid = new QGridLayout(scene);
    sceneGrid->setContentsMargins(12, 12, 12, 12);
    sceneGrid->setVerticalSpacing(2);
    sceneGrid->addWidget(cardLine(tr("Built-in scene"), scene, false, true), 0, 0);
    sceneGrid->addWidget(
        cardLine(tr("Rain and ground echoes with a known truth. No file, no network, no GPU needed."), scene,
                 true),
        1, 0);
    sceneGrid->setRowMinimumHeight(2, 10);
    sceneGrid->addWidget(
        cardLine(tr("From here to a cleaned field in five clicks; a small network learns for "
                    "about 30 seconds on this "
                    "computer:"),
                 scene, true),
        3, 0);
    auto* steps = new QHBoxLayout;
    steps->setContentsMargins(0, 6, 0, 0);
    steps->setSpacing(8);
    const std::array names = {tr("Open the built-in scene"), tr("Train"), tr("Train here"), tr("Judge"),
                              tr("Show cleaned")};
    for (int i = 0; i < int(names.size()); ++i) {
        if (i > 0)
            steps->addSpacing(20);
        steps->addWidget(new StepNumber(i + 1, i == 0, scene));
        steps->addWidget(new StepName(names[std::size_t(i)], scene));
    }
    steps->addStretch(1);
    sceneGrid->addLayout(steps, 4, 0);
    sceneGrid->addWidget(m_sceneButton, 0, 1, 5, 1, Qt::AlignVCenter);
    sceneGrid->setColumnStretch(0, 1);

    auto* pictures = new QGridLayout(m_pictures);
    pictures->setContentsMargins(0, 0, 0, 0);
    pictures->setSpacing(0);
    pictures->setVerticalSpacing(4);
    m_raw->setObjectName(QStringLiteral("start.raw"));
    m_rain->setObjectName(QStringLiteral("start.rain"));
    for (QLabel* picture : {m_raw, m_rain})
        picture->setFixedSize(PreviewSize);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    auto* rawCaption = cardLine(tr("Built-in scene: raw"), this, true);
    auto* rainCaption = cardLine(tr("its rain alone: the known truth"), this, true);
    rawCaption->setFont(small);
    rainCaption->setFont(small);
    pictures->setColumnMinimumWidth(0, PreviewSize.width() + 1);
    pictures->addWidget(m_raw, 0, 0, Qt::AlignLeft);
    pictures->addWidget(m_rain, 0, 1);
    pictures->addWidget(rawCaption, 1, 0);
    pictures->addWidget(rainCaption, 1, 1);

    m_words->setSpacing(8);
    m_words->addWidget(heading);
    m_words->addWidget(explain);
    m_words->addSpacing(8);
    m_words->addWidget(drop);
    m_words->addStretch(1);
    auto* top = new QHBoxLayout;
    top->setSpacing(PicturesGap);
    top->addLayout(m_words, 1);
    top->addWidget(m_pictures, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout;
    column->setSpacing(16);
    column->addWidget(m_goOn);
    column->addLayout(top);
    column->addWidget(scene);
    auto* recent = new QVBoxLayout;
    recent->setSpacing(4);
    recent->addWidget(m_recentTitle);
    recent->addWidget(m_recentFrame);
    column->addLayout(recent);
    column->addStretch(1);
    auto* outer = new QHBoxLayout(this);
    outer->setContentsMargins(40, 32, 40, 16);
    outer->addLayout(column);
    m_recentTitle->hide();
    m_recentFrame->hide();
    connect(m_goOn, &GoOnCard::wanted, this, &StartPage::goOnWanted);
    connect(&context.theme, &ThemeSource::changed, this, &StartPage::drawPreview);
    connect(&context.session, &Session::openEnded, this, [this] {
        if (!m_asked)
            drawPreview();
    });
}

void StartPage::setOffers(std::vector<KeptWorkspace> offers) {
    m_goOn->setOffers(std::move(offers));
    // One thing comes first.
    const bool hasOffer = m_goOn->isUsable();
    m_sceneCard->setEdge(hasOffer ? Card::Edge::Plain : Card::Edge::Accent);
    m_sceneButton->setProperty("primary", !hasOffer);
    m_sceneButton->update();
    setFocusProxy(hasOffer ? m_goOn->button() : nullptr);
    // A window that comes to the front gives the focus to its first line, into which nobody typed yet.
    const auto* field = qobject_cast<QLineEdit*>(QApplication::focusWidget());
    const bool isTyping = field && !field->text().isEmpty();
    if (hasOffer && isVisible() && !isTyping)
        m_goOn->button()->setFocus();
}

void StartPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    fillRecent();
    // Files named on the command line go first: then nobody sees this page.
    QTimer::singleShot(0, this, [this] {
        if (!m_asked)
            drawPreview();
    });
}

QSize StartPage::minimumSizeHint() const {
    int width = m_words->minimumSize().width();
    for (const QWidget* below :
         {static_cast<const QWidget*>(m_goOn), static_cast<const QWidget*>(m_sceneCard),
          static_cast<const QWidget*>(m_recentFrame)})
        if (!below->isHidden())
            width = std::max(width, below->minimumSizeHint().width());
    const QMargins margins = layout()->contentsMargins();
    return {width + margins.left() + margins.right(), QWidget::minimumSizeHint().height()};
}

void StartPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const QMargins margins = layout()->contentsMargins();
    m_pictures->setVisible(width() - margins.left() - margins.right() >=
                           m_words->minimumSize().width() + PicturesGap + m_pictures->sizeHint().width());
}

void StartPage::drawPreview() {
    if (!isVisible() || m_context.session.isOpening())
        return;
    m_asked = true;
    const std::filesystem::path cache =
        toPath(QStandardPaths::writableLocation(QStandardPaths::CacheLocation));
    const double ratio = devicePixelRatioF();
    m_context.session.work().run(
        tr("Drawing the built-in scene"),
        [&book = m_context.theme.book(), kind = m_context.theme.kind(),
         pixels = (QSizeF(PreviewSize) * ratio).toSize(),
         cache](Feedback&) { return previewOfScene(book, kind, pixels, cache); },
        [this, ratio](ScenePreview preview) {
            preview.raw.setDevicePixelRatio(ratio);
            preview.rain.setDevicePixelRatio(ratio);
            m_raw->setPixmap(QPixmap::fromImage(preview.raw));
            m_rain->setPixmap(QPixmap::fromImage(preview.rain));
            m_complete = true;
            Q_EMIT completeChanged();
        },
        [this](const std::exception&) {
            // The page serves without its pictures; opening the scene will say what is wrong.
            m_complete = true;
            Q_EMIT completeChanged();
        },
        true);
}

void StartPage::fillRecent() {
    // A dead network folder may take long to say that a file is gone, or for ever.
    if (std::exchange(m_isLooking, true))
        return;
    m_context.session.work().run(
        tr("Looking for recent files"),
        [entries = recentFiles()](Feedback&) mutable {
            for (RecentEntry& entry : entries) {
                std::error_code error;
                entry.missing = !std::filesystem::exists(toPath(entry.path), error);
            }
            return entries;
        },
        [this](const std::vector<RecentEntry>& entries) { showRecent(entries); }, {}, true,
        [this](bool) { m_isLooking = false; }, Work::Lane::Opening);
}

void StartPage::showRecent(const std::vector<RecentEntry>& entries) {
    m_recentTitle->setVisible(!entries.empty());
    m_recentFrame->setVisible(!entries.empty());
    delete m_recentFrame->layout();
    for (QObject* child : QList<QObject*>(m_recentFrame->children()))
        child->deleteLater();
    auto* grid = new QGridLayout(m_recentFrame);
    grid->setContentsMargins(8, 2, 8, 2);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(0, 4);
    grid->setColumnStretch(1, 4);
    grid->setColumnStretch(2, 1);
    int row = 0;
    for (const RecentEntry& entry : entries) {
        auto* link = new QLabel(m_recentFrame);
        link->setMinimumHeight(fontMetrics().height() + 4);
        link->setToolTip(entry.path);
        auto* detail = new QLabel(entry.missing ? tr("not found: moved or deleted") : detailForPeople(entry),
                                  m_recentFrame);
        if (entry.missing) {
            link->setText(entry.title.toHtmlEscaped());
            link->setForegroundRole(QPalette::PlaceholderText);
            QPalette warning = detail->palette();
            warning.setColor(QPalette::WindowText, m_context.theme.theme().warning);
            detail->setPalette(warning);
        } else {
            link->setTextFormat(Qt::RichText);
            link->setText(QStringLiteral("<a style=\"text-decoration:none\" href=\"open\">%1</a>")
                              .arg(entry.title.toHtmlEscaped()));
            link->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
            connect(link, &QLabel::linkActivated, this,
                    [this, path = entry.path] { Q_EMIT pathWanted(path); });
            detail->setForegroundRole(QPalette::PlaceholderText);
        }
        auto* when = new QLabel(whenForPeople(entry.when), m_recentFrame);
        when->setForegroundRole(QPalette::PlaceholderText);
        when->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        grid->addWidget(link, row, 0);
        grid->addWidget(detail, row, 1);
        grid->addWidget(when, row, 2);
        ++row;
    }
}

void StartPage::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Window));
}

} // namespace embellie
