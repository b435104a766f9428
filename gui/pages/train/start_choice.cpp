#include "gui/pages/train/start_choice.h"

#include "core/run/run_directory.h"
#include "core/run/shipped_model.h"
#include "gui/scene/localised.h"
#include "gui/workspace/paths.h"

#include <QSignalBlocker>

namespace embellie {

namespace fs = std::filesystem;

StartChoice::StartChoice(QWidget* parent) : QComboBox(parent) {
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(12);
    list({});
}

void StartChoice::setKind(const std::string& task, const std::string& network) {
    if (task == m_task && network == m_network)
        return;
    m_task = task;
    m_network = network;
    list({});
}

std::string StartChoice::start() const {
    return currentData().toString().toStdString();
}

void StartChoice::setStart(const std::string& file) {
    list(file);
}

void StartChoice::showPopup() {
    list(start());
    QComboBox::showPopup();
}

void StartChoice::list(const std::string& chosen) {
    const std::string before = start();
    {
        const QSignalBlocker quiet(this);
        clear();
        addItem(localised(EMBELLIE_TR("train", "random weights")), QString());
        try {
            if (const auto model = m_task.empty() ? std::nullopt : shippedModel(m_task);
                model && readRunRequest(*model).network == m_network)
                addItem(localised(EMBELLIE_TR("train", "the model that comes with the program")),
                        toQString(RunPaths{*model}.weights()));
        } catch (const Error&) { // without resources there is none
        }
        try {
            if (!m_folder.empty())
                for (const RunSummary& run : listRuns(m_folder))
                    if (run.request.task == m_task && run.request.network == m_network &&
                        fs::exists(RunPaths{run.run}.weights()))
                        addItem(localised(text(EMBELLIE_TR("train", "run {0}"), run.run.filename().string())),
                                toQString(RunPaths{run.run}.weights()));
        } catch (const Error&) { // the list of runs tells of a folder that can't be read
        }
        const QString wanted = QString::fromStdString(chosen);
        if (findData(wanted) < 0)
            addItem(wanted, wanted);
        setCurrentIndex(findData(wanted));
    }
    if (start() != before)
        Q_EMIT currentIndexChanged(currentIndex());
}

} // namespace embellie
