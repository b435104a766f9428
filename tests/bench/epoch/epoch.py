"""An epoch of core/task/denoise's samples and training in Python: NumPy, a DataLoader of some workers, the same U-Net.
Called by bench_epoch, which wrote the sources: for rain sweeps z and trust, for clutter z, float32 (ray, gate)."""
import sys
import time

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset

from unet import Unet, learn

(threads, workers, steps, sources, batch, rays, gates, channels, width, depth), norm, file = (
    map(int, sys.argv[1:11]), sys.argv[11], sys.argv[12])
METERS = 1000.0


def db(x):
    return 10 * np.log10(x)


def linear(x):
    return np.float32(10) ** (x / np.float32(10))


def scaled(dbz):
    return np.clip((dbz - 10) / 20, -1.5, 2.5)


class Samples(Dataset):
    """The settings of bench_epoch: rain and clutter of files, noise in a third; nothing made up, nothing varied."""

    def __init__(self):
        sweeps = np.fromfile(file, np.float32).reshape(3, sources, rays, -1)
        self.rain, self.trust, self.clutter = sweeps
        self.range = (np.arange(gates, dtype=np.float32) + 0.5) * np.float32(METERS / 100e3)

    def __len__(self):
        return steps * batch

    def place(self, random, source, shift, *arrays):
        rows = np.arange(rays)
        if random.random() < 0.5:
            rows = rows[::-1]
        rows = (rows + random.integers(rays)) % rays
        low, high = max(0, -shift), min(gates, source.shape[1] - shift)
        window = []
        for array in (source, *arrays):
            out = np.zeros((rays, gates), np.float32)
            if high > low:
                out[:, low:high] = array[rows, low + shift:high + shift]
            window.append(out)
        return window

    def __getitem__(self, index):
        random = np.random.default_rng((1, index))
        rain = np.zeros((rays, gates), np.float32)
        trust = np.ones((rays, gates), np.float32)
        if random.random() >= 0.06:
            i, half = random.integers(sources), int(40e3 / METERS)
            spare = max(0, self.rain.shape[2] - gates)
            shift = int(random.integers(half) - half // 2 + random.integers(spare + 1))
            rain, trust = self.place(random, self.rain[i], shift, self.trust[i])
            offset = np.float32(random.uniform(-6, 6))
            if random.random() < 0.5:
                offset = offset + np.float32(random.uniform(0, 3)) * random.standard_normal(rain.shape, np.float32)
            rain = rain * linear(offset)
        clutter = np.zeros((rays, gates), np.float32)
        if random.random() < 0.75:
            i, half = random.integers(sources), int(10e3 / METERS)
            clutter, = self.place(random, self.clutter[i], int(random.integers(2 * half + 1) - half))
            clutter *= linear(np.float32(random.uniform(-8, 10)))
        seen = rain + clutter
        if random.random() < 0.35:
            level, cut = random.uniform(-22, 8), linear(np.float32(random.uniform(-8, 5)))
            deviation = np.float32(1 / np.sqrt(4 + random.integers(28)))
            noise = linear((level + 20 * np.log10(self.range)).astype(np.float32))
            cube = 1 - deviation ** 2 / 9 + deviation / 3 * random.standard_normal(seen.shape, np.float32)
            residue = noise * (cube * cube * cube - 1)
            power = seen + residue
            shown = (power >= cut * noise) & (power > 0)
            seen = np.where(shown, power, np.float32(0))
            clutter = clutter + np.where(shown, np.maximum(residue, 0), np.float32(0))
            lost, doubtful = shown & (rain < linear(np.float32(-6)) * noise), rain < linear(np.float32(-3)) * noise
            trust = np.where(shown & doubtful & ~lost, trust * np.float32(0.25), trust)
            rain = np.where(lost, np.float32(0), rain)
        seen = np.where(seen < linear(np.float32(random.uniform(-25, 6))) * self.range ** 2, np.float32(0), seen)
        echo = seen > 0
        x = np.empty((channels, rays, gates), np.float32)
        x[0] = np.where(echo, scaled(db(np.where(echo, seen, 1))), -1.5)
        x[1], x[2] = echo, self.range
        wet = echo & (rain > 0) & (rain >= clutter)
        both = echo & (rain > 0) & (clutter > 0)
        draw = both & (np.maximum(rain, clutter) < linear(np.float32(3)) * np.minimum(rain, clutter))
        weight = np.where(echo, np.where(draw, 0.2, 1.0) * np.where(wet, trust, 1.0), 0.0).astype(np.float32)
        value = np.where(wet, scaled(db(np.where(wet, rain, 1))), 0.0).astype(np.float32)
        rainy, other = weight[wet].sum(), weight[~wet].sum()
        if rainy > 0 and other > 0:
            factor = np.clip(np.sqrt(other / rainy), 0.7, 3.0)
            norm_by = (rainy + other) / (factor * rainy + other)
            weight = np.where(wet, weight * (factor * norm_by), weight * norm_by).astype(np.float32)
        return x, wet[None].astype(np.float32), weight[None], value[None]


def main():
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    net = Unet(channels, width, depth, norm)
    optimizer = torch.optim.AdamW(net.parameters(), 1e-3, weight_decay=0.01)
    loader = DataLoader(Samples(), batch_size=batch, num_workers=workers, persistent_workers=True)
    for epoch in range(2):  # the first one starts the workers
        begin = time.perf_counter()
        for arrays in loader:
            learn(net, optimizer, *arrays)
        seconds = time.perf_counter() - begin
    print(sum(p.numel() for p in net.parameters()), seconds)


main()
