#pragma once

#include <QComboBox>

#include <filesystem>

namespace embellie {

/// What weights a training begins with: random ones, those of the model that comes with the program, or the
/// best ones of an earlier run of the same task and network (fine-tuning).
class StartChoice : public QComboBox {
    Q_OBJECT
public:
    explicit StartChoice(QWidget* parent = nullptr);

    /// Forgets the choice where it was for another task or network.
    void setKind(const std::string& task, const std::string& network);
    void setRunsFolder(const std::filesystem::path& folder) { m_folder = folder; }

    std::string start() const; ///< a weights file; empty: random weights
    void setStart(const std::string& file);

    void showPopup() override; ///< lists anew what there is now

private:
    void list(const std::string& chosen);

    std::string m_task, m_network;
    std::filesystem::path m_folder;
};

} // namespace embellie
