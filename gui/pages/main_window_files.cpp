#include "core/base/file.h"
#include "gui/pages/main_window.h"
#include "gui/pages/start/recent_files.h"
#include "gui/workspace/paths.h"

#include <QDateTime>
#include <QFileDialog>
#include <QImage>
#include <QSettings>

// Files and folders that the window opens, writes and remembers.

namespace embellie {

void writePicture(const QImage& picture, const std::filesystem::path& file) {
    writeFileAtomically(file, [&](const std::filesystem::path& aside) {
        if (!picture.save(toQString(aside), "PNG"))
            throw Error(text(EMBELLIE_TR("pages", "the picture can't be written")))
                .in(file)
                .remedy(text(EMBELLIE_TR("pages", "check the folder and the free space")));
    });
}

void MainWindow::chooseFiles() {
    auto* dialog =
        new QFileDialog(this, tr("Open files"), QSettings().value(QStringLiteral("folder")).toString());
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setOption(QFileDialog::DontUseNativeDialog);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::filesSelected, this, [this, dialog](const QStringList& files) {
        QSettings().setValue(QStringLiteral("folder"), dialog->directory().absolutePath());
        std::vector<std::filesystem::path> paths;
        for (const QString& file : files)
            paths.push_back(toPath(file));
        openPaths(paths);
    });
    dialog->open();
}

void MainWindow::chooseFolder() {
    auto* dialog =
        new QFileDialog(this, tr("Open a folder"), QSettings().value(QStringLiteral("folder")).toString());
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::DontUseNativeDialog);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
        QSettings().setValue(QStringLiteral("folder"), folder);
        openPaths({toPath(folder)});
    });
    dialog->open();
}

void MainWindow::savePicture() {
    QWidget* widget = currentPage()->pictureWidget();
    const QImage picture = (widget ? widget : currentPage())->grab().toImage();
    auto* dialog =
        new QFileDialog(this, tr("Save picture"), QStringLiteral("embellie.png"), tr("PNG picture (*.png)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontUseNativeDialog);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this, picture](const QString& file) {
        m_session.work().run(
            tr("Saving the picture"),
            [picture, path = toPath(file)](Feedback&) { writePicture(picture, path); }, [] {});
    });
    dialog->open();
}

void MainWindow::rememberOpened() {
    for (const OpenData& data : m_session.opened()) {
        if (data.isScene || m_rememberedData.contains(data.id))
            continue;
        m_rememberedData.insert(data.id);
        const GroupEntry& group = data.dataset->groups().front();
        QString title = QString::fromStdString(group.title);
        QString counted;
        std::size_t count = 0;
        if (!group.volumes.empty()) {
            const VolumeEntry& volume = group.volumes.front();
            if (volume.hasTime)
                title += QStringLiteral(", ") +
                         QString::fromStdString(timeText(volume.time.begin, volume.time.calendar)).left(16);
            if (group.volumes.size() > 1) {
                counted = QStringLiteral("times");
                count = group.volumes.size();
            } else if (volume.layers.size() > 1) {
                counted = volume.layers.front().isSweep ? QStringLiteral("sweeps") : QStringLiteral("levels");
                count = volume.layers.size();
            }
        }
        if (data.dataset->groups().size() > 1) {
            counted = QStringLiteral("sites");
            count = data.dataset->groups().size();
        }
        std::vector<RecentEntry> fresh;
        for (auto path = data.paths.rbegin(); path != data.paths.rend() && fresh.size() < mostRecentFiles;
             ++path)
            if (!path->empty())
                fresh.push_back({toQString(absolutePath(*path)),
                                 data.paths.size() > 1 ? toQString(path->filename()) : title, counted,
                                 int(count), QDateTime::currentDateTime(), false});
        addRecentFiles(std::move(fresh));
    }
}

} // namespace embellie
