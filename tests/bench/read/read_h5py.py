"""Reads every moment of an ODIM_H5 volume into float32 as a careful h5py user would; prints seconds a round."""
import sys
import time

import h5py
import numpy as np


def attribute(groups, name, default):
    for group in groups:
        if "what" in group and name in group["what"].attrs:
            return float(np.ravel(group["what"].attrs[name])[0])
    return default


def read(path):
    cells = 0
    with h5py.File(path, "r") as file:
        for dataset in (file[name] for name in file if name.startswith("dataset")):
            for data in (dataset[name] for name in dataset if name.startswith(("data", "quality"))):
                if "data" not in data:
                    continue
                levels = (data, dataset)
                raw = data["data"][...]
                gain, offset = attribute(levels, "gain", 1.0), attribute(levels, "offset", 0.0)
                nodata, undetect = attribute(levels, "nodata", None), attribute(levels, "undetect", None)
                values = (raw * gain + offset).astype(np.float32)
                states = np.zeros(raw.shape, np.uint8)
                if undetect is not None:
                    states[raw == undetect] = 2
                if nodata is not None:
                    states[raw == nodata] = 1
                values[states != 0] = np.nan
                cells += values.size
    return cells


for _ in range(int(sys.argv[2])):
    start = time.perf_counter()
    count = read(sys.argv[1])
    print(time.perf_counter() - start, count)
