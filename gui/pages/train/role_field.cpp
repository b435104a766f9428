#include "gui/pages/train/role_field.h"

#include "core/launch/launch.h"
#include "gui/scene/localised.h"
#include "gui/workspace/paths.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMimeData>

#include <algorithm>

namespace embellie {

namespace fs = std::filesystem;

RoleField::RoleField(DataRole role, Session& session, QWidget* parent)
    : FieldFrame(parent), m_role(std::move(role)), m_session(session), m_names(new QLabel),
      m_count(new QLabel), m_far(new QLineEdit), m_add(new QToolButton), m_menu(new QMenu(this)) {
    m_names->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_add->setText(localised(EMBELLIE_TR("train", "Add")) + QStringLiteral(" ▾"));
    m_add->setAutoRaise(true);
    connect(m_add, &QToolButton::clicked, this,
            [this] { m_menu->popup(m_add->mapToGlobal(QPoint(0, m_add->height()))); });
    m_add->setObjectName(QString::fromStdString("role." + m_role.id));
    m_add->setAccessibleName(localised(m_role.label));
    m_far->setObjectName(QString::fromStdString("role." + m_role.id + ".far"));
    m_far->setFrame(false);
    m_far->hide();
    connect(m_far, &QLineEdit::editingFinished, this, [this] {
        const std::string typed = m_far->text().trimmed().toStdString();
        m_far->clear();
        m_far->hide();
        m_names->show();
        if (!typed.empty())
            addPaths({siteOfPath(typed) ? typed : m_farSite + ":" + typed});
    });
    layout()->addWidget(m_names);
    layout()->addWidget(m_far);
    layout()->addWidget(m_count);
    layout()->addWidget(m_add);
    static_cast<QHBoxLayout*>(layout())->setStretch(0, 1);
    static_cast<QHBoxLayout*>(layout())->setStretch(1, 1);
    follow(m_add);
    setAcceptDrops(true);
    connect(m_menu, &QMenu::aboutToShow, this, &RoleField::fillMenu);
    setPaths({});
}

void RoleField::setFarSite(const std::string& id, const std::string& label) {
    m_farSite = id;
    m_farLabel = label;
}

void RoleField::setTheme(const Theme& theme) {
    FieldFrame::setTheme(theme);
    setTextColour(m_names, m_paths.empty() ? theme.mutedText : theme.text);
    setTextColour(m_count, theme.mutedText);
}

void RoleField::fillMenu() {
    m_menu->clear();
    QAction* files = m_menu->addAction(localised(EMBELLIE_TR("train", "Files…")));
    connect(files, &QAction::triggered, this, [this] {
        std::vector<fs::path> paths;
        for (const QString& file : QFileDialog::getOpenFileNames(window(), localised(m_role.label)))
            paths.push_back(toPath(file));
        addPaths(paths);
    });
    QAction* folder = m_menu->addAction(localised(EMBELLIE_TR("train", "Folder…")));
    connect(folder, &QAction::triggered, this, [this] {
        const QString chosen = QFileDialog::getExistingDirectory(window(), localised(m_role.label));
        if (!chosen.isEmpty())
            addPaths({toPath(chosen)});
    });
    if (!m_farSite.empty()) {
        QAction* far = m_menu->addAction(localised(text(EMBELLIE_TR("train", "Path on {0}…"), m_farLabel)));
        connect(far, &QAction::triggered, this, [this] {
            m_far->setPlaceholderText(QString::fromStdString(m_farSite) + QStringLiteral(":/…"));
            m_names->hide();
            m_far->show();
            m_far->setFocus();
        });
    }
    m_menu->addSeparator();
    for (const OpenData& data : m_session.opened()) {
        if (data.isScene || data.dataset->groups().empty())
            continue;
        const std::string title = data.dataset->groups().front().title;
        QAction* open = m_menu->addAction(localised(text(EMBELLIE_TR("train", "What is open: {0}"), title)));
        connect(open, &QAction::triggered, this, [this, files = data.dataset->files()] { addPaths(files); });
    }
    if (m_paths.empty())
        return;
    QAction* clear = m_menu->addAction(localised(EMBELLIE_TR("train", "Take all away")));
    connect(clear, &QAction::triggered, this, [this] {
        setPaths({});
        Q_EMIT changed();
    });
}

void RoleField::addPaths(const std::vector<fs::path>& paths) {
    std::vector<std::string> all = m_paths;
    for (const fs::path& path : paths) {
        const std::string absolute =
            siteOfPath(path.string()) ? path.string() : fs::absolute(path).lexically_normal().string();
        if (std::find(all.begin(), all.end(), absolute) == all.end())
            all.push_back(absolute);
    }
    if (all == m_paths)
        return;
    setPaths(std::move(all));
    Q_EMIT changed();
}

void RoleField::setPaths(std::vector<std::string> paths) {
    m_paths = std::move(paths);
    QString tip = QStringLiteral("<p>") + localised(m_role.help).toHtmlEscaped();
    constexpr std::size_t MostNamed = 12;
    for (std::size_t at = 0; at < std::min(m_paths.size(), MostNamed); ++at)
        tip += QStringLiteral("<br>") + QString::fromStdString(m_paths[at]).toHtmlEscaped();
    if (m_paths.size() > MostNamed)
        tip += QStringLiteral("<br>…");
    tip += QStringLiteral("</p>");
    setToolTip(tip);
    m_add->setToolTip(tip);
    setTheme(theme());
    showNames();
    count();
}

void RoleField::setEmptyText(const QString& text) {
    m_empty = text;
    showNames();
}

void RoleField::showNames() {
    QStringList names;
    for (const std::string& path : m_paths) {
        const fs::path parts(path);
        names << QString::fromStdString((parts.parent_path().filename() / parts.filename()).string());
    }
    const QString all = m_paths.empty() ? m_empty : names.join(QStringLiteral(", "));
    m_names->setText(m_names->fontMetrics().elidedText(all, Qt::ElideRight, std::max(40, m_names->width())));
}

void RoleField::resizeEvent(QResizeEvent* event) {
    FieldFrame::resizeEvent(event);
    layout()->activate();
    showNames();
}

void RoleField::count() {
    m_session.work().cancel(m_counting);
    m_count->clear();
    if (std::all_of(m_paths.begin(), m_paths.end(), [](const auto& path) { return siteOfPath(path); }))
        return; // none, or none that can be seen from here
    m_counting = m_session.work().run(
        QString(), [paths = m_paths](Feedback& feedback) { return countFiles(paths, feedback); },
        [self = QPointer(this)](std::size_t files) {
            if (!self)
                return;
            const TextPattern pattern =
                files == 1 ? EMBELLIE_TR("train", "{0} file") : EMBELLIE_TR("train", "{0} files");
            self->m_count->setText(localised(text(pattern, numberForPeople(double(files), 0).toStdString())));
            self->layout()->activate();
            self->showNames();
        },
        [](const std::exception&) {}, true);
}

void RoleField::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void RoleField::dropEvent(QDropEvent* event) {
    std::vector<fs::path> paths;
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile())
            paths.push_back(toPath(url.toLocalFile()));
    addPaths(paths);
    event->acceptProposedAction();
}

std::size_t countFiles(const std::vector<std::string>& paths, Feedback& feedback) {
    std::size_t files = 0;
    for (const std::string& path : paths) {
        if (siteOfPath(path))
            continue;
        std::error_code error;
        if (!fs::is_directory(path, error)) {
            files += fs::exists(path, error);
            continue;
        }
        fs::recursive_directory_iterator at(path, fs::directory_options::skip_permission_denied, error), end;
        for (; !error && at != end; at.increment(error)) {
            feedback.throwIfCancelled();
            const bool hidden = at->path().filename().string().starts_with(".");
            std::error_code unknown;
            if (at->is_directory(unknown)) {
                if (hidden)
                    at.disable_recursion_pending();
            } else if (!hidden) {
                ++files;
            }
        }
    }
    return files;
}

} // namespace embellie
