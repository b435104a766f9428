#pragma once

#include "core/task/denoise/polar.h"
#include "core/task/sample_random.h"

#include <functional>

namespace embellie::denoise {

/// In the order in which they are added.
enum class ClutterKind { Specks, ClearAir, Spokes, Speckle, PointTargets, Sea, Mountains, Ring, Streaks };

/// Adds made-up echoes that are no rain to @p sweep, each kind by its own chance times @p share: ground
/// specks falling off with range, a clear-air disc, interference spokes growing with 20 log r, speckle, point
/// targets with side lobes, a sea sector, mountain patches, a smooth ring close to the radar. A share
/// @p sectors of the interference fills whole sectors; clear air, and half of the rings, by @p insects times
/// their chance. @p added is told after each kind that was.
void addSyntheticClutter(Polar& sweep, SampleRandom& random, float share, float sectors, double insects,
                         const std::function<void(ClutterKind)>& added = {});

/// Adds made-up rain: with chance @p snow weak, smooth and from shallow clouds, or weak showers; else
/// widespread with chance 0.4 or patches, and cells in both.
void addSyntheticRain(Polar& sweep, SampleRandom& random, float snow);

/// Leaves of the rain only patches of about 8 to 40 km, weaker by up to 12 dB, with edges that fall off; with
/// chance 0.5 only those within 30 to 120 km.
void keepPatches(Polar& sweep, SampleRandom& random);

/// Rain from clouds so shallow that beyond 15 to 140 km the beam is above them; weaker by up to 15 dB.
void makeShallow(Polar& sweep, SampleRandom& random);

/// Some small convective cells.
void addCells(Polar& sweep, SampleRandom& random, int count);

} // namespace embellie::denoise
