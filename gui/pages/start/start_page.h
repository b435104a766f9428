#pragma once

#include "gui/pages/page.h"
#include "gui/pages/start/recent_files.h"
#include "gui/workspace/workspace_keeper.h"

#include <QImage>
#include <QWidget>

class QBoxLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace embellie {

class Card;
class GoOnCard;

/// What can be done without any file, and what was done last: shown while nothing is open.
class StartPage : public QWidget {
    Q_OBJECT
public:
    explicit StartPage(PageContext context, QWidget* parent = nullptr);

    QPushButton* sceneButton() const { return m_sceneButton; }
    GoOnCard* goOnCard() const { return m_goOn; }
    /// What was kept of earlier windows, the newest first: offered above all else, and Enter takes it.
    void setOffers(std::vector<KeptWorkspace> offers);
    /// The pictures of the scene are drawn.
    bool isComplete() const { return m_complete; }
    /// Without the pictures, which give way where there is no room for them.
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void completeChanged();
    void openFilesWanted();
    void openFolderWanted();
    void sceneWanted();
    void pathWanted(const QString& path);
    void goOnWanted(const KeptWorkspace& kept);

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void drawPreview();
    void fillRecent();
    void showRecent(const std::vector<RecentEntry>& entries);

    PageContext m_context;
    QPushButton* m_sceneButton;
    Card* m_sceneCard;
    GoOnCard* m_goOn;
    QWidget* m_pictures;
    QLabel *m_raw, *m_rain;
    QBoxLayout* m_words; ///< beside the pictures
    QWidget* m_recentFrame;
    QLabel* m_recentTitle;
    bool m_complete = false, m_asked = false, m_isLooking = false;
};

} // namespace embellie
