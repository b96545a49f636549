"""The adversaries of chapter 4 in Python PyTorch, layer for layer as one would write them there: how
many real images a second they learn from. Beside it, a run of the trainer tells the same by its log:

  OMP_NUM_THREADS=1 python3 Tests/Benchmarks/image_gan_reference.py sketch-gan --width 64 --batch 64
  organum train sketch-gan --data cats1000.bin --run runs/speed --epochs 3 --set epoch_steps=5
  tail -1 runs/speed/log.csv      # iterations x batch / seconds, to which it adds the measurements

CPU seconds count, so that other programs on the machine disturb little.
"""

import argparse
import time

import torch
from torch import nn

KINDS = {
    "sketch-gan": dict(size=28, channels=1, width=64, batch=64, steps=1),
    "image-wgan": dict(size=32, channels=3, width=32, batch=128, steps=5),
    "image-wgan-gp": dict(size=64, channels=3, width=64, batch=64, steps=5),
}


def critic(kind, channels, size, width):
    factors, strides = {
        "sketch-gan": ((1, 1, 2, 2), (2, 2, 2, 1)),
        "image-wgan": ((1, 2, 4, 4), (2, 2, 2, 1)),
        "image-wgan-gp": ((1, 2, 4, 8), (2, 2, 2, 2)),
    }[kind]
    layers, inputs = [], channels
    for factor, stride in zip(factors, strides):
        layers.append(nn.Conv2d(inputs, factor * width, 5, stride, 2))
        layers += [nn.ReLU(), nn.Dropout(0.4)] if kind == "sketch-gan" else [nn.LeakyReLU(0.2)]
        inputs, size = factor * width, (size + stride - 1) // stride
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(inputs * size * size, 1))


def generator(kind, channels, size, width):
    transposed = kind == "image-wgan-gp"
    factors, doublings = {
        "sketch-gan": ((1, 2, 1, 1), 2),
        "image-wgan": ((4, 4, 2, 1), 3),
        "image-wgan-gp": ((8, 4, 2, 1), 4),
    }[kind]
    side, inputs = size >> doublings, factors[0] * width
    units = inputs * side * side

    def active():
        return nn.ReLU() if kind == "sketch-gan" else nn.LeakyReLU(0.2)

    layers = [nn.Linear(100, units), nn.BatchNorm1d(units), active()]
    layers.append(nn.Unflatten(1, (inputs, side, side)))
    outs = [factor * width for factor in factors[1:]] + [channels]
    for place, out in enumerate(outs):
        if place >= doublings:
            layers.append(nn.Conv2d(inputs, out, 5, 1, 2))
        elif transposed:
            layers.append(nn.ConvTranspose2d(inputs, out, 5, 2, 2, 1))
        else:
            layers += [nn.Upsample(scale_factor=2), nn.Conv2d(inputs, out, 5, 1, 2)]
        layers += [nn.BatchNorm2d(out), active()] if place + 1 < len(outs) else [nn.Tanh()]
        inputs = out
    return nn.Sequential(*layers)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--width", type=int)
    parser.add_argument("--batch", type=int)
    parser.add_argument("--channels", type=int)
    parser.add_argument("--iterations", type=int, default=5)
    options = parser.parse_args()
    book = KINDS[options.kind]
    width, batch = options.width or book["width"], options.batch or book["batch"]
    channels, size = options.channels or book["channels"], book["size"]
    torch.set_num_threads(1)
    torch.manual_seed(1)
    judge = critic(options.kind, channels, size, width)
    maker = generator(options.kind, channels, size, width)
    penalised = options.kind == "image-wgan-gp"
    if penalised:
        judge_step = torch.optim.Adam(judge.parameters(), 2e-4, (0.5, 0.999))
        maker_step = torch.optim.Adam(maker.parameters(), 2e-4, (0.5, 0.999))
    else:
        judge_step = torch.optim.RMSprop(judge.parameters(), 8e-4, 0.9)
        maker_step = torch.optim.RMSprop(maker.parameters(), 4e-4, 0.9)
    wasserstein = options.kind != "sketch-gan"

    def loss(scores, real):
        wrong = -scores if real else scores
        return wrong.mean() if wasserstein else nn.functional.softplus(wrong).mean()

    def update(value):
        judge_step.zero_grad()
        value.backward()
        judge_step.step()
        if options.kind == "image-wgan":
            with torch.no_grad():
                for weight in judge.parameters():
                    weight.clamp_(-0.01, 0.01)

    def iteration():
        for _ in range(book["steps"]):
            real = torch.rand(batch, channels, size, size) * 2 - 1
            with torch.no_grad():
                maker.train(penalised)
                fake = maker(torch.randn(batch, 100))
                maker.train()
            if not penalised:
                update(loss(judge(real), True))
                update(loss(judge(fake), False))
                continue
            share = torch.rand(batch, 1, 1, 1)
            between = (share * real + (1 - share) * fake).requires_grad_()
            (slope,) = torch.autograd.grad(judge(between).sum(), between, create_graph=True)
            penalty = (slope.flatten(1).norm(2, 1) - 1).square().mean()
            update(loss(judge(real), True) + loss(judge(fake), False) + 10 * penalty)
        for weight in judge.parameters():
            weight.requires_grad_(False)
        maker_step.zero_grad()
        loss(judge(maker(torch.randn(batch, 100))), True).backward()
        maker_step.step()
        for weight in judge.parameters():
            weight.requires_grad_(True)

    iteration()
    start = time.process_time()
    for _ in range(options.iterations):
        iteration()
    seconds = (time.process_time() - start) / options.iterations
    print(f"{options.kind}, width {width}, batch {batch}: {seconds:.3f} s an iteration, "
          f"{batch * book['steps'] / seconds:.0f} real images a second")


if __name__ == "__main__":
    main()
