#!/usr/bin/python3
"""Writes golden_attention_lstm.json: what Python's PyTorch computes for the attention-LSTM.

The network is written out here once more, from its description in Models/Music/AttentionLstm.h, with
weights that a formula gives; the C++ test fills the same weights in and must get the same forward
passes, gradients and first ten optimiser steps. Made with Debian's python3-torch 1.13:

    /usr/bin/python3 Tests/Models/golden_attention_lstm.py
"""
import json
import math
import os

import torch
import torch.nn.functional as F

PITCHES, DURATIONS, EMBED, UNITS = 6, 4, 3, 5
BATCH, STEPS = 2, 7
# Names and shapes in the order of the C++ module's parameters.
SHAPES = [
    ("pitchEmbedding.weight", (PITCHES, EMBED)),
    ("durationEmbedding.weight", (DURATIONS, EMBED)),
    ("lstm1.weight_ih_l0", (4 * UNITS, 2 * EMBED)),
    ("lstm1.weight_hh_l0", (4 * UNITS, UNITS)),
    ("lstm1.bias_ih_l0", (4 * UNITS,)),
    ("lstm1.bias_hh_l0", (4 * UNITS,)),
    ("lstm2.weight_ih_l0", (4 * UNITS, UNITS)),
    ("lstm2.weight_hh_l0", (4 * UNITS, UNITS)),
    ("lstm2.bias_ih_l0", (4 * UNITS,)),
    ("lstm2.bias_hh_l0", (4 * UNITS,)),
    ("alignment.weight", (1, UNITS)),
    ("alignment.bias", (1,)),
    ("pitchHead.weight", (PITCHES, UNITS)),
    ("pitchHead.bias", (PITCHES,)),
    ("durationHead.weight", (DURATIONS, UNITS)),
    ("durationHead.bias", (DURATIONS,)),
]


def weights():
    result = {}
    for k, (name, shape) in enumerate(SHAPES):
        count = math.prod(shape)
        values = [0.6 * math.sin(1.7 * k + 0.61 * i + 0.3) for i in range(count)]
        result[name] = torch.tensor(values, dtype=torch.float32).reshape(shape)
        result[name].requires_grad_(True)
    return result


def ids(count, size, factor):
    return torch.tensor([[(factor * (i + 1) * (b + 2) + i) % size for i in range(count)]
                         for b in range(BATCH)])


def lstm(w, name, x):
    layer = torch.nn.LSTM(x.shape[2], UNITS, batch_first=True)
    parameters = [w[f"{name}.{p}"] for p in
                  ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")]
    zeros = torch.zeros(1, x.shape[0], UNITS)
    return torch._VF.lstm(x, (zeros, zeros), parameters, layer.bias, 1, 0.0, False, False, True)[0]


def outputs(w, pitch, duration):
    x = torch.cat([F.embedding(pitch, w["pitchEmbedding.weight"]),
                   F.embedding(duration, w["durationEmbedding.weight"])], -1)
    return lstm(w, "lstm2", lstm(w, "lstm1", x))


def heads(w, context):
    return (F.linear(context, w["pitchHead.weight"], w["pitchHead.bias"]),
            F.linear(context, w["durationHead.weight"], w["durationHead.bias"]))


def attended(w, h):
    e = torch.tanh(F.linear(h, w["alignment.weight"], w["alignment.bias"]))[..., 0]
    alpha = torch.softmax(e, 1)
    return (alpha.unsqueeze(-1) * h).sum(1), alpha


def book(w, pitch, duration):
    context, alpha = attended(w, outputs(w, pitch, duration))
    return (*heads(w, context), alpha)


def everywhere(w, pitch, duration):
    """Position t attends to 0..t: a softmax of its own for each prefix."""
    h = outputs(w, pitch, duration)
    contexts = [attended(w, h[:, :t + 1])[0] for t in range(h.shape[1])]
    return heads(w, torch.stack(contexts, 1))


def loss_of_book(w, pitch, duration):
    p, d, _ = book(w, pitch[:, :STEPS], duration[:, :STEPS])
    return F.cross_entropy(p, pitch[:, STEPS]) + F.cross_entropy(d, duration[:, STEPS])


def loss_everywhere(w, pitch, duration):
    p, d = everywhere(w, pitch[:, :STEPS], duration[:, :STEPS])
    return (F.cross_entropy(p.flatten(0, 1), pitch[:, 1:].flatten())
            + F.cross_entropy(d.flatten(0, 1), duration[:, 1:].flatten()))


def flat(tensor):
    return [float(v) for v in tensor.detach().flatten()]


def trained(pitch, duration, loss_function, make):
    w = weights()
    optimizer = make(list(w.values()))
    losses = []
    for _ in range(10):
        optimizer.zero_grad()
        loss = loss_function(w, pitch, duration)
        loss.backward()
        optimizer.step()
        losses.append(float(loss))
    return {"losses": losses, "weights": {n: flat(v) for n, v in w.items()}}


def main():
    torch.set_num_threads(1)
    pitch, duration = ids(STEPS + 1, PITCHES, 5), ids(STEPS + 1, DURATIONS, 3)
    golden = {"torch": torch.__version__, "pitches": flat(pitch), "durations": flat(duration)}
    w = weights()
    p, d, alpha = book(w, pitch[:, :STEPS], duration[:, :STEPS])
    golden["book"] = {"pitch": flat(p), "duration": flat(d), "attention": flat(alpha)}
    p, d = everywhere(w, pitch[:, :STEPS], duration[:, :STEPS])
    golden["everywhere"] = {"pitch": flat(p), "duration": flat(d)}
    for name, function in (("book", loss_of_book), ("everywhere", loss_everywhere)):
        w = weights()
        loss = function(w, pitch, duration)
        loss.backward()
        golden[name]["loss"] = float(loss)
        golden[name]["gradients"] = {n: flat(v.grad) for n, v in w.items()}
    golden["rmsprop"] = trained(pitch, duration, loss_of_book, lambda v: torch.optim.RMSprop(
        v, lr=1e-3, alpha=0.9, eps=1e-7))
    golden["adam"] = trained(pitch, duration, loss_everywhere, lambda v: torch.optim.AdamW(
        v, lr=3e-3, betas=(0.9, 0.99), weight_decay=0.01))
    file = os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden_attention_lstm.json")
    with open(file, "w") as out:
        json.dump(golden, out, indent=0)
        out.write("\n")


main()
