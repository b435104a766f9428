"""Sweeps with weak rain and other echo, made of two observations that training doesn't see.

Jabbeke's rain, weakened, is laid over dry Wideumont 2013 in linear Z: what no validation file alone has, and what a
network trained on mixtures easily gives up. Of four kinds: patches within 80 km among much other echo, widespread,
from shallow clouds, as snow is, above whose tops it falls off by 15 dB a km, and in showers of a few km, as snow
over the sea is. Rain is a gate whose rain is at least the other echo. Every second file has the sweep above too, made
alike."""

import shutil

import h5py
import numpy as np

RAIN = "odim/volumes/bejab.pvol.hdf"
OTHER = "odim/clutter_and_rain/20130429043000.rad.bewid.pvol.dbzh.scan1.hdf"
ABOVE = {1: (3, 2), 2: (4, 3)}  # datasets of either file that lie about a degree higher
GATE_METERS = (500, 1000, 2000)
KINDS = {"patches": (6, 12, 18), "widespread": (3, 9, 15), "shallow": (1500, 2500, 4000),  # dB weaker; m, tops
         "showers": (3, 9, 15)}
SHALLOW_WEAKER_DB, PER_KM_DB = 9, 15
DATES = {"shallow": "20130120", "showers": "20130120"}  # of the cold season
PATCHES = 7
SHOWERS, SHOWER_FALL_DB = 150, 12
EARTH_M = 4 / 3 * 6.371e6
GAIN, OFFSET, NO_DATA, UNDETECT = 0.5, -32.0, 255, 0


def linear(file, number):
    """Linear Z of a sweep of 360 rays, 0 without echo, its gate length in m and its elevation in degrees."""
    with h5py.File(file) as source:
        group = source[f"dataset{number}/data1"]
        what, where = group["what"].attrs, source[f"dataset{number}/where"].attrs
        code = group["data"][...].astype(float)
        echo = (code != what["nodata"]) & (code != what["undetect"])
        z = np.where(echo, 10 ** ((code * what["gain"] + what["offset"]) / 10), 0.0)
        return z, float(where["rscale"]), float(where["elangle"])


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


def showers(random, rays, gates, meters):
    """dB weaker, by gate: nothing in the middle of a shower, the fall at its edge, and ever more beyond."""
    azimuth = np.radians(np.arange(rays) * 360 / rays)[:, None]
    km = ((np.arange(gates) + 0.5) * meters / 1000)[None, :]
    apart = np.full((rays, gates), np.inf)
    for _ in range(SHOWERS):
        towards, away = np.radians(random.uniform(0, 360)), 130 * np.sqrt(random.uniform())
        radius = random.uniform(1.5, 6)
        x = km * np.sin(azimuth) - away * np.sin(towards)
        y = km * np.cos(azimuth) - away * np.cos(towards)
        apart = np.minimum(apart, np.hypot(x, y) / radius)
    return SHOWER_FALL_DB * apart ** 2


def write(file, pattern, sweeps, meters, date):
    """A copy of some sweeps of @p pattern's file with other gates and, where one is given, of another day; @p sweeps:
    number in that file, linear Z, what is seen of it, elevation."""
    shutil.copy(pattern, file)
    with h5py.File(file, "r+") as out:
        for name in [name for name in out if name.startswith("dataset")]:
            out.move(name, "old_" + name)
        for place, (number, z, seen, elevation) in enumerate(sweeps):
            out.move(f"old_dataset{number}", f"dataset{place + 1}")
            sweep, group = out[f"dataset{place + 1}"], out[f"dataset{place + 1}/data1"]
            if date:
                for attributes in (out["what"].attrs, sweep["what"].attrs):
                    attributes.update({name: np.bytes_(date) for name in attributes if name.endswith("date")})
            for parent in (sweep, group):
                for name in [name for name in parent if name.startswith("quality")]:
                    del parent[name]
            sweep["where"].attrs.update({"nbins": z.shape[1], "rscale": float(meters), "rstart": 0.0,
                                         "elangle": elevation})
            with np.errstate(divide="ignore"):
                code = np.clip(np.round((10 * np.log10(z) - OFFSET) / GAIN), 1, 254)
            del group["data"]
            group.create_dataset("data", data=np.where(seen, code, UNDETECT).astype(np.uint8))
            group["what"].attrs.update({"gain": GAIN, "offset": OFFSET, "nodata": float(NO_DATA),
                                        "undetect": float(UNDETECT)})
        for name in [name for name in out if name.startswith("old_")]:
            del out[name]


def weakened(kind, how, z, meters, elevation, random):
    """One of the KINDS of @p z, with one of its numbers."""
    if kind == "patches":
        return np.where(patches(random, *z.shape, meters), z, 0.0) * 10 ** (-how / 10)
    if kind == "showers":
        fall = showers(random, *z.shape, meters)
        return np.where(fall < 4 * SHOWER_FALL_DB, z * 10 ** (-(how + np.minimum(fall, 100)) / 10), 0.0)
    if kind == "widespread":
        return z * 10 ** (-how / 10)
    away = (np.arange(z.shape[1]) + 0.5) * meters
    height = away * np.sin(np.radians(elevation)) + away ** 2 / (2 * EARTH_M)
    return z * 10 ** (-(SHALLOW_WEAKER_DB + PER_KM_DB * np.maximum(0, (height - how) / 1000)) / 10)


def mixed(data, kind, how, meters, numbers, seed):
    """Weak rain and the other echo, linear Z, with the elevation of the rain's sweep."""
    random = np.random.default_rng(seed)
    (wet, wet_m, elevation), (other, other_m, _) = (linear(data / file, number)
                                                    for file, number in zip((RAIN, OTHER), numbers))
    wet, other = joined(wet, wet_m, meters), joined(other, other_m, meters)
    gates = min(wet.shape[1], other.shape[1])
    wet, other = np.roll(wet[:, :gates], int(random.integers(len(wet))), 0), other[:, :gates]
    wet = weakened(kind, how, wet, meters, elevation, random)
    return wet, other, elevation


def visible(z, meters):
    """What a radar of common sensitivity still sees: -14 dBZ at 100 km."""
    km = (np.arange(z.shape[1]) + 0.5) * meters / 1000
    return (z > 0) & (z >= 10 ** ((-14 + 20 * np.log10(km / 100)) / 10))


def make(data, folder):
    """Writes the files; {(kind, gate length): {file name: (echo, rain)}}. The same whenever it is called."""
    folder.mkdir(parents=True, exist_ok=True)
    truth = {}
    for place, (kind, numbers) in enumerate(KINDS.items()):
        for meters in GATE_METERS:
            for turn, how in enumerate(numbers):
                for number in (1, 2):
                    seed = [place, meters, how, number]
                    wet, other, elevation = mixed(data, kind, how, meters, (number, number), seed)
                    both = wet + other
                    seen = visible(both, meters)
                    sweeps = [(number, both, seen, elevation)]
                    if (turn + number) % 2:
                        *parts, higher = mixed(data, kind, how, meters, ABOVE[number], seed)
                        sweeps.append((ABOVE[number][1], sum(parts), visible(sum(parts), meters), higher))
                    name = f"{kind}_{meters}_{how}_{number}.h5"
                    write(folder / name, data / OTHER, sweeps, meters, DATES.get(kind))
                    truth.setdefault((kind, meters), {})[name] = seen, seen & (wet >= other)
    return truth
