"""The U-Net of core/network/unet in Python's torch, for the benches."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class Conv(nn.Module):
    def __init__(self, i, o, norm):
        super().__init__()
        self.conv = nn.Conv2d(i, o, 3, padding=(0, 1), bias=norm == "none")
        self.norm = nn.BatchNorm2d(o) if norm == "batch" else nn.GroupNorm(min(8, o), o) if norm == "group" else nn.Identity()

    def forward(self, x):
        x = torch.cat([x[:, :, -1:], x, x[:, :, :1]], 2)
        return torch.relu_(self.norm(self.conv(x)))


class Unet(nn.Module):
    def __init__(self, channels, width, depth, norm):
        super().__init__()
        widths = [min(width << min(s, 2), 4 * width) for s in range(depth)]
        self.down, self.lift, self.up = nn.ModuleList(), nn.ModuleList(), nn.ModuleList()
        c = channels
        for w in widths:
            self.down.append(nn.Sequential(Conv(c, w, norm), Conv(w, w, norm)))
            c = w
        for w in reversed(widths[:-1]):
            self.lift.append(nn.Conv2d(c, w, 1))
            self.up.append(nn.Sequential(Conv(2 * w, w, norm), Conv(w, w, norm)))
            c = w
        self.heads = nn.ModuleList([nn.Conv2d(c, 1, 1), nn.Conv2d(c, 1, 1)])

    def forward(self, x):
        skipped = []
        for i, stage in enumerate(self.down):
            x = stage(x if i == 0 else F.max_pool2d(x, 2))
            skipped.append(x)
        skipped.pop()
        for lift, up in zip(self.lift, self.up):
            x = F.interpolate(lift(x), scale_factor=2, mode="nearest")
            x = up(torch.cat([skipped.pop(), x], 1))
        return [head(x) for head in self.heads]


def learn(net, optimizer, x, rain, weight, value):
    """One step, with the loss of core/task/denoise."""
    p, v = net(x)
    entropy = (weight * F.binary_cross_entropy_with_logits(p, rain, reduction="none")).sum() / weight.sum()
    wet = weight * rain
    loss = entropy + 0.1 * (wet * (v - value).abs()).sum() / wet.sum().clamp_min(1e-6)
    entropy.item(), loss.item()
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()
