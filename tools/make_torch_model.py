#!/usr/bin/env python3
"""Writes a model directory whose weights are a pytorch_model.bin as torch.save writes it, without PyTorch or NumPy.

    python3 tools/make_torch_model.py OUT [--layers N] [--hidden D] [--vocab V] [--protocol 2..5] ...

The default is a Llama of 1.2 billion parameters with an associative memory, in float32: a file of 5.2 GB, to measure
what loading it takes. Values are small random numbers that repeat. Every layer's tensors appear under two names and the
head is the embedding, as in published checkpoints: a storage is written once.
"""

import argparse
import collections
import io
import json
import pathlib
import pickle
import random
import struct
import sys
import types
import zipfile

# The pickler writes down where it found a class. These stand where torch has the real ones.
torch = types.ModuleType("torch")
torch_utils = types.ModuleType("torch._utils")
sys.modules.update({"torch": torch, "torch._utils": torch_utils})


class FloatStorage:
    """The bytes of one tensor: KEY and number of elements."""

    def __init__(self, key, elements):
        self.key, self.elements = key, elements


FloatStorage.__module__, torch.FloatStorage = "torch", FloatStorage


def _rebuild_tensor_v2(*_):
    raise NotImplementedError


_rebuild_tensor_v2.__module__, torch_utils._rebuild_tensor_v2 = "torch._utils", _rebuild_tensor_v2


class Tensor:
    def __init__(self, storage, shape):
        self.storage, self.shape = storage, tuple(shape)

    def __reduce__(self):
        strides, step = [], 1
        for size in reversed(self.shape):
            strides.insert(0, step)
            step *= size
        arguments = (self.storage, 0, self.shape, tuple(strides), False, collections.OrderedDict())
        return torch_utils._rebuild_tensor_v2, arguments


class TorchPickler(pickle.Pickler):
    def persistent_id(self, value):
        if isinstance(value, FloatStorage):
            return ("storage", FloatStorage, value.key, "cpu", value.elements)
        return None


def shapes(a):
    """Name and shape of every tensor; names of layers are relative to the layer."""
    head = a.hidden // a.heads
    layer = {
        "W_mq.weight": (a.d_mem, a.hidden),
        "W_mk.weight": (a.d_mem, a.hidden),
        "W_mv.weight": (a.hidden, a.hidden),
        "W_mb.weight": (1, a.hidden),
        "W_mb.bias": (1,),
        "layer.input_layernorm.weight": (a.hidden,),
        "layer.post_attention_layernorm.weight": (a.hidden,),
        "layer.self_attn.q_proj.weight": (a.heads * head, a.hidden),
        "layer.self_attn.k_proj.weight": (a.kv_heads * head, a.hidden),
        "layer.self_attn.v_proj.weight": (a.kv_heads * head, a.hidden),
        "layer.self_attn.o_proj.weight": (a.hidden, a.heads * head),
        "layer.mlp.gate_proj.weight": (a.intermediate, a.hidden),
        "layer.mlp.up_proj.weight": (a.intermediate, a.hidden),
        "layer.mlp.down_proj.weight": (a.hidden, a.intermediate),
    }
    model = {
        "memory_cell.memory": (a.memory_tokens, a.hidden),
        "memory_cell.model.model.embed_tokens.weight": (a.vocab, a.hidden),
        "memory_cell.model.model.norm.weight": (a.hidden,),
    }
    return model, layer


def state_dict(a):
    state, storages = collections.OrderedDict(), []

    def tensor(shape):
        elements = 1
        for size in shape:
            elements *= size
        storages.append(FloatStorage(str(len(storages)), elements))
        return Tensor(storages[-1], shape)

    model, layer = shapes(a)
    for name, shape in model.items():
        state[name] = tensor(shape)
    state["memory_cell.model.lm_head.weight"] = Tensor(storages[1], model["memory_cell.model.model.embed_tokens.weight"])
    for i in range(a.layers):
        for name, shape in layer.items():
            value = tensor(shape)
            state[f"memory_cell.model.model.layers.{i}.{name}"] = value
            state[f"memory_cell.layers.{i}.{name}"] = value
    return state, storages


def write_weights(path, a):
    state, storages = state_dict(a)
    pickled = io.BytesIO()
    TorchPickler(pickled, protocol=a.protocol).dump(state)
    rng = random.Random(1)
    block = struct.pack("<262144f", *(rng.gauss(0, 0.02) for _ in range(262144)))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("pytorch_model/data.pkl", pickled.getvalue())
        archive.writestr("pytorch_model/byteorder", "little")
        for storage in storages:
            left = 4 * storage.elements
            with archive.open(f"pytorch_model/data/{storage.key}", "w", force_zip64=left >= 1 << 31) as member:
                while left > 0:
                    left -= member.write(block[:left])
        archive.writestr("pytorch_model/version", "3\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=pathlib.Path)
    for name, default in {"layers": 16, "hidden": 2048, "intermediate": 8192, "heads": 32, "kv-heads": 8,
                          "vocab": 128256, "d-mem": 64, "memory-tokens": 16, "segment": 1024, "protocol": 2}.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    a = parser.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    config = {
        "model_type": "llama", "vocab_size": a.vocab, "hidden_size": a.hidden, "intermediate_size": a.intermediate,
        "num_hidden_layers": a.layers, "num_attention_heads": a.heads, "num_key_value_heads": a.kv_heads,
        "head_dim": a.hidden // a.heads, "hidden_act": "silu", "max_position_embeddings": 131072, "rms_norm_eps": 1e-5,
        "rope_theta": 500000.0, "tie_word_embeddings": False, "bos_token_id": 1, "eos_token_id": 2,
        "armt": {"segment_size": a.segment, "num_mem_tokens": a.memory_tokens, "d_mem": a.d_mem, "correction": True},
    }
    (a.out / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    write_weights(a.out / "pytorch_model.bin", a)


if __name__ == "__main__":
    main()
