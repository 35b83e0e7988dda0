#!/usr/bin/env python3
"""What rounding the weights to bf16 does to a golden case when everything else stays float64.

Two runs of the specification, one with the checkpoint's weights and one with the same weights rounded to bf16, differ by
this much. No bf16 backend can be expected to do better by more than luck, however exact its arithmetic: the random
checkpoints amplify small differences from segment to segment. tests/cuda takes its tolerances from here.

  python3 bf16_sensitivity.py GOLDEN_DIR > GOLDEN_DIR/bf16_sensitivity.json

Errors are |difference| / |expected|, Euclidean norms over the whole tensor. Needs NumPy.
"""
import json
import os
import sys

import numpy as np

import armt_numpy


def to_bf16(x):
    bits = np.asarray(x, np.float32).view(np.uint32).astype(np.uint64)
    bits = ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16 << 16).astype(np.uint32)
    return bits.view(np.float32).astype(np.float64)


def error(got, want):
    return float(np.linalg.norm(got - want) / np.linalg.norm(want))


def sensitivity(directory):
    model = armt_numpy.Model(directory)
    want = armt_numpy.load_safetensors(directory + "/expected.safetensors")
    for name in model.w:
        if not name.endswith("W_mb.bias"):  # stays float32 on the device
            model.w[name] = to_bf16(model.w[name])
    model.memory = model.w["memory_cell.memory"]
    memory, out, size = model.zero_memory(), {}, model.T
    for s, part in enumerate(armt_numpy.segments(np.array(want["input_ids"]), size)):
        rows = model.read_segment(part, memory)
        out["logits.segment_%d" % s] = error(rows, want["logits"][s * size : s * size + len(part)])
        for name, value in zip(("W_mem", "z"), armt_numpy.stacked(memory)):
            key = "%s.after_segment_%d" % (name, s)
            if key in want:
                out[key] = error(value, want[key])
    question, generated = list(want["question_ids"]), list(want["generated_ids"])
    rows = model.answer_logits(np.array(question + generated[:-1]), memory)[len(question) - 1 :]
    out["generated_logits"] = error(rows, want["generated_logits"])
    full = want["full_attention_logits"]
    out["full_attention_logits"] = error(model.full_attention(want["input_ids"][: len(full)]), full)
    return out


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    cases = sorted(n for n in os.listdir(sys.argv[1]) if os.path.isdir(os.path.join(sys.argv[1], n)))
    table = {n: {k: float("%.2g" % v) for k, v in sensitivity(os.path.join(sys.argv[1], n)).items()} for n in cases}
    print(json.dumps(table, indent=1))
