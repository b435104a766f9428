#pragma once

#include "gui/pages/start/card.h"
#include "gui/workspace/workspace_keeper.h"

#include <vector>

class QGridLayout;
class QPushButton;

namespace embellie {

/// "Go on where you were": what the window that was closed or ended last had open, and since when; under it
/// what two windows before had. Hidden where nothing was kept. Looks at no file.
class GoOnCard : public Card {
    Q_OBJECT
public:
    explicit GoOnCard(QWidget* parent);

    /// The newest first. Those that can't be used are left out; where none can, the first says why.
    void setOffers(std::vector<KeptWorkspace> offers);
    /// There is something to go on with.
    bool isUsable() const { return !m_offers.empty(); }
    QPushButton* button() const { return m_button; }
    QString names() const { return m_names->text(); }

Q_SIGNALS:
    void wanted(const KeptWorkspace& kept);

private:
    std::vector<KeptWorkspace> m_offers;
    QPushButton* m_button;
    QLabel *m_names, *m_when;
    QWidget* m_earlier;
    QGridLayout* m_earlierRows;
};

} // namespace embellie
