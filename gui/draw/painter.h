#pragma once

#include "gui/scene/scene.h"

#include "core/base/error.h"

#include <QImage>
#include <QMetaType>

namespace embellie {

/// While the hand moves a picture may be coarser: it is drawn at half the size and enlarged.
enum class Quality { Full, Reduced };

/// What a painter made of a scene.
struct Picture {
    QImage image; ///< Format_RGB32, of the scene's size
    /// Per layer of a 2-D scene which cell is under which pixel of a picture 1/scale as large; empty in 3-D.
    std::vector<std::shared_ptr<const IndexMap>> maps;
    int scale = 1;

    /// The uppermost layer with a cell under a pixel of the image, and that cell.
    struct Cell {
        std::size_t layer = 0, cell = 0;
    };
    std::optional<Cell> cellAt(QPoint pixel) const;
};

/// Turns scenes into pictures; belongs to one thread. Keeps what it can reuse for the next scene.
class Painter {
public:
    virtual ~Painter() = default;
    virtual bool canDraw(const Scene& scene) const = 0;
    /// @throws Error
    virtual Picture draw(const Scene& scene, Quality quality) = 0;
    /// For the status bar: "CPU painter", "VTK on llvmpipe".
    virtual Text name() const = 0;
};

/// A picture on its way to the window.
struct Frame {
    int pane = 0;
    std::uint64_t number = 0; ///< of the request
    Picture picture;
    std::shared_ptr<const Scene> scene; ///< what was asked
    Quality quality = Quality::Full;
    double milliseconds = 0;
    Text painter;
    std::optional<Error> problem; ///< why there is no picture; picture is then empty
};
using FramePtr = std::shared_ptr<const Frame>;

} // namespace embellie

Q_DECLARE_METATYPE(embellie::FramePtr)
