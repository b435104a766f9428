"""The same U-Net in Python's torch: seconds a training step, and a checksum of its size. Called by bench_train_step."""
import sys
import time

import torch

from unet import Unet, learn

threads, steps, batch, rays, gates, channels, width, depth, norm = *map(int, sys.argv[1:9]), sys.argv[9]
torch.set_num_threads(threads)
torch.manual_seed(1)
net = Unet(channels, width, depth, norm)
optimizer = torch.optim.AdamW(net.parameters(), 1e-3, weight_decay=0.01)
x = torch.randn(batch, channels, rays, gates)
rain = (torch.rand(batch, 1, rays, gates) > 0.5).float()
weight = torch.rand(batch, 1, rays, gates)
value = torch.randn(batch, 1, rays, gates)
times = []
for step in range(steps):
    begin = time.perf_counter()
    learn(net, optimizer, x, rain, weight, value)
    times.append(time.perf_counter() - begin)
print(sum(p.numel() for p in net.parameters()), *times)
