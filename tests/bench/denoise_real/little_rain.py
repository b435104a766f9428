"""Sweeps with little rain among much other echo, made of two observations that training doesn't see.

Patches of Jabbeke's rain within 80 km, weakened, are laid over dry Wideumont 2013 in linear Z: what no validation file
alone has, and what a network trained on mixtures easily gives up. Rain is a gate whose rain is at least the other
echo."""

import shutil

import h5py
import numpy as np

RAIN = "odim/volumes/bejab.pvol.hdf"
OTHER = "odim/clutter_and_rain/20130429043000.rad.bewid.pvol.dbzh.scan1.hdf"
GATE_METERS = (500, 1000, 2000)
WEAKER_DB = (6, 12, 18)
PATCHES = 7
GAIN, OFFSET, NO_DATA, UNDETECT = 0.5, -32.0, 255, 0


def linear(file, number):
    """Linear Z of a sweep of 360 rays, 0 without echo, and its gate length in m."""
    with h5py.File(file) as source:
        group = source[f"dataset{number}/data1"]
        what, where = group["what"].attrs, source[f"dataset{number}/where"].attrs
        code = group["data"][...].astype(float)
        echo = (code != what["nodata"]) & (code != what["undetect"])
        return np.where(echo, 10 ** ((code * what["gain"] + what["offset"]) / 10), 0.0), float(where["rscale"])


def joined(z, meters, wanted):
    count = round(wanted / meters)
    gates = z.shape[1] // count
    return z[:, :gates * count].reshape(len(z), gates, count).mean(2)


def patches(random, rays, gates, meters):
    azimuth = np.radians(np.arange(rays) * 360 / rays)[:, None]
    km = ((np.arange(gates) + 0.5) * meters / 1000)[None, :]
    inside = np.zeros((rays, gates), bool)
    for _ in range(PATCHES):
        towards, away, radius = np.radians(random.uniform(0, 360)), random.uniform(15, 65), random.uniform(6, 16)
        x = km * np.sin(azimuth) - away * np.sin(towards)
        y = km * np.cos(azimuth) - away * np.cos(towards)
        inside |= np.hypot(x, y) < radius * (1 + 0.3 * np.sin(3 * np.arctan2(y, x)))
    return inside


def write(file, pattern, number, z, seen, meters):
    """A copy of the sweep of @p pattern's file with other gates."""
    shutil.copy(pattern, file)
    with h5py.File(file, "r+") as out:
        for name in [name for name in out if name.startswith("dataset") and name != f"dataset{number}"]:
            del out[name]
        if number != 1:
            out.move(f"dataset{number}", "dataset1")
        sweep, group = out["dataset1"], out["dataset1/data1"]
        for parent in (sweep, group):
            for name in [name for name in parent if name.startswith("quality")]:
                del parent[name]
        sweep["where"].attrs.update({"nbins": z.shape[1], "rscale": float(meters), "rstart": 0.0})
        with np.errstate(divide="ignore"):
            code = np.clip(np.round((10 * np.log10(z) - OFFSET) / GAIN), 1, 254)
        del group["data"]
        group.create_dataset("data", data=np.where(seen, code, UNDETECT).astype(np.uint8))
        group["what"].attrs.update({"gain": GAIN, "offset": OFFSET, "nodata": float(NO_DATA), "undetect": float(UNDETECT)})


def make(data, folder):
    """Writes the files; {gate length: {file name: (echo, rain)}}. The same whenever it is called."""
    folder.mkdir(parents=True, exist_ok=True)
    truth = {meters: {} for meters in GATE_METERS}
    for meters in GATE_METERS:
        for weaker in WEAKER_DB:
            for number in (1, 2):
                random = np.random.default_rng([meters, weaker, number])
                wet, other = (joined(*linear(data / file, number), meters) for file in (RAIN, OTHER))
                gates = min(wet.shape[1], other.shape[1])
                wet, other = np.roll(wet[:, :gates], int(random.integers(len(wet))), 0), other[:, :gates]
                wet = np.where(patches(random, *wet.shape, meters), wet * 10 ** (-weaker / 10), 0.0)
                both = wet + other
                # What a radar of common sensitivity still sees: -14 dBZ at 100 km.
                km = (np.arange(gates) + 0.5) * meters / 1000
                seen = (both > 0) & (both >= 10 ** ((-14 + 20 * np.log10(km / 100)) / 10))
                name = f"little_rain_{meters}_{weaker}_{number}.h5"
                write(folder / name, data / OTHER, number, both, seen, meters)
                truth[meters][name] = seen, seen & (wet >= other)
    return truth
