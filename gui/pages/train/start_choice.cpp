#include "gui/pages/train/start_choice.h"

#include "core/run/run_directory.h"
#include "core/run/shipped_model.h"
#include "gui/scene/localised.h"
#include "gui/workspace/paths.h"
#include "gui/workspace/work.h"

#include <QPointer>
#include <QSignalBlocker>

namespace embellie {

namespace fs = std::filesystem;

StartChoice::StartChoice(Work& work, QWidget* parent) : QComboBox(parent), m_work(work) {
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(12);
    list({});
}

void StartChoice::setKind(const std::string& task, const std::string& network) {
    if (task == m_task && network == m_network)
        return;
    m_task = task;
    m_network = network;
    m_offers.clear();
    list({});
    look();
}

std::string StartChoice::start() const {
    return currentData().toString().toStdString();
}

void StartChoice::setStart(const std::string& file) {
    list(file);
}

void StartChoice::showPopup() {
    look();
    QComboBox::showPopup();
}

StartChoice::Offers StartChoice::offers(const std::string& task, const std::string& network,
                                        const fs::path& folder) {
    Offers found;
    try {
        if (const auto model = task.empty() ? std::nullopt : shippedModel(task);
            model && readRunRequest(*model).network == network)
            found.emplace_back(localised(EMBELLIE_TR("train", "the model that comes with the program")),
                               toQString(RunPaths{*model}.weights()));
    } catch (const Error&) { // without resources there is none
    }
    try {
        if (!folder.empty())
            for (const RunSummary& run : listRuns(folder))
                if (run.request.task == task && run.request.network == network &&
                    fs::exists(RunPaths{run.run}.weights()))
                    found.emplace_back(
                        localised(text(EMBELLIE_TR("train", "run {0}"), run.run.filename().string())),
                        toQString(RunPaths{run.run}.weights()));
    } catch (const std::exception&) { // the list of runs tells of a folder that can't be read
    }
    return found;
}

void StartChoice::look() {
    m_work.run(
        QString(),
        [task = m_task, network = m_network, folder = m_folder](Feedback&) {
            return offers(task, network, folder);
        },
        [self = QPointer<StartChoice>(this), turn = ++m_turn](Offers found) {
            if (!self || turn != self->m_turn || found == self->m_offers)
                return;
            self->m_offers = std::move(found);
            self->list(self->start());
        },
        {}, true);
}

void StartChoice::list(const std::string& chosen) {
    const std::string before = start();
    {
        const QSignalBlocker quiet(this);
        clear();
        addItem(localised(EMBELLIE_TR("train", "random weights")), QString());
        for (const auto& [label, file] : m_offers)
            addItem(label, file);
        const QString wanted = QString::fromStdString(chosen);
        if (findData(wanted) < 0)
            addItem(wanted, wanted);
        setCurrentIndex(findData(wanted));
    }
    if (start() != before)
        Q_EMIT currentIndexChanged(currentIndex());
}

} // namespace embellie
