"""The book's image networks in Python's PyTorch: prints images a second of training.

usage: image_benchmark.py cifar-mlp|cifar-cnn|digit-vae|face-vae STEPS
"""

import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


class Same(nn.Conv2d):
    """3 x 3 with Keras' zeros: the odd one below and on the right."""

    def __init__(self, inputs, outputs, stride):
        super().__init__(inputs, outputs, 3, stride, padding=1 if stride == 1 else 0)

    def forward(self, x):
        return super().forward(F.pad(x, (0, 1, 0, 1)) if self.stride[0] == 2 else x)


class SameTransposed(nn.ConvTranspose2d):
    def __init__(self, inputs, outputs, stride):
        super().__init__(inputs, outputs, 3, stride, padding=1 if stride == 1 else 0)

    def forward(self, x):
        y = super().forward(x)
        return y[:, :, :-1, :-1] if self.stride[0] == 2 else y


def mlp():
    return nn.Sequential(nn.Flatten(), nn.Linear(3072, 200), nn.ReLU(), nn.Linear(200, 150),
                         nn.ReLU(), nn.Linear(150, 10))


def cnn():
    layers, channels = [], 3
    for filters, stride in ((32, 1), (32, 2), (64, 1), (64, 2)):
        layers += [Same(channels, filters, stride), nn.BatchNorm2d(filters, 1e-3, 0.01),
                   nn.LeakyReLU(0.3)]
        channels = filters
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(4096, 128),
                         nn.BatchNorm1d(128, 1e-3, 0.01), nn.LeakyReLU(0.3), nn.Dropout(0.5),
                         nn.Linear(128, 10))


class Autoencoder(nn.Module):
    def __init__(self, channels, side, latent, encoder, decoder, batch_norm):
        super().__init__()

        def activation(filters):
            if not batch_norm:
                return [nn.LeakyReLU(0.3)]
            return [nn.BatchNorm2d(filters, 1e-3, 0.01), nn.LeakyReLU(0.3), nn.Dropout(0.25)]

        layers, inputs = [], channels
        for filters, stride in encoder:
            layers += [Same(inputs, filters, stride), *activation(filters)]
            inputs, side = filters, side // stride
        self.encoder = nn.Sequential(*layers, nn.Flatten())
        self.shape = (inputs, side, side)
        self.mean = nn.Linear(inputs * side * side, latent)
        self.log_variance = nn.Linear(inputs * side * side, latent)
        self.dense = nn.Linear(latent, inputs * side * side)
        layers = []
        for index, (filters, stride) in enumerate(decoder):
            layers.append(SameTransposed(inputs, filters, stride))
            layers += activation(filters) if index + 1 < len(decoder) else [nn.Sigmoid()]
            inputs = filters
        self.decoder = nn.Sequential(*layers)

    def loss(self, images, weight):
        features = self.encoder(images)
        mean, log_variance = self.mean(features), self.log_variance(features)
        code = mean + torch.exp(log_variance / 2) * torch.randn_like(mean)
        rebuilt = self.decoder(self.dense(code).view(-1, *self.shape))
        divergence = -0.5 * (1 + log_variance - mean ** 2 - log_variance.exp()).sum(1)
        return weight * ((rebuilt - images) ** 2).mean() + divergence.mean()


def main():
    name, steps = sys.argv[1], int(sys.argv[2])
    torch.set_num_threads(1)
    torch.manual_seed(1)
    batch = 32
    if name in ("cifar-mlp", "cifar-cnn"):
        network = mlp() if name == "cifar-mlp" else cnn()
        images, labels = torch.rand(batch, 3, 32, 32), torch.randint(10, (batch,))

        def loss():
            return F.cross_entropy(network(images), labels)
    else:
        if name == "digit-vae":
            network = Autoencoder(1, 28, 2, ((32, 1), (64, 2), (64, 2), (64, 1)),
                                  ((64, 1), (64, 2), (32, 2), (1, 1)), False)
        else:
            network = Autoencoder(3, 128, 200, ((32, 2), (64, 2), (64, 2), (64, 2)),
                                  ((64, 2), (64, 2), (32, 2), (3, 2)), True)
        side = 28 if name == "digit-vae" else 128
        images = torch.rand(batch, 1 if name == "digit-vae" else 3, side, side)
        weight = 1000 if name == "digit-vae" else 10000

        def loss():
            return network.loss(images, weight)
    optimizer = torch.optim.Adam(network.parameters(), 0.0005, eps=1e-7)

    def step():
        optimizer.zero_grad()
        loss().backward()
        optimizer.step()

    for _ in range(2):
        step()
    start = time.perf_counter()
    for _ in range(steps):
        step()
    print(batch * steps / (time.perf_counter() - start))


main()
