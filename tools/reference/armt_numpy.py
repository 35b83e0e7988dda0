#!/usr/bin/env python3
"""Executable specification of ARMT inference in NumPy (float64), one cell at a time.

What the engine must compute, in the plainest form: a Llama or GPT-2 decoder whose every layer carries an
associative memory (Rodkin et al., 2024, arXiv 2407.04841), read before the layer and written after it from the
memory tokens. Use it to make new golden vectors and to settle arguments; it is slow on purpose.

  python3 armt_numpy.py check DIR            compare with DIR/expected.safetensors, print the largest errors
  python3 armt_numpy.py run DIR IDS.json OUT write logits and final memory for a list of token ids

Needs NumPy only. DIR holds config.json and model.safetensors as in tests/data/golden.
"""
import json
import struct
import sys

import numpy as np

DTYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4"}


def load_safetensors(path):
    """name -> array; BF16 is widened to float32."""
    raw = open(path, "rb").read()
    (n,) = struct.unpack("<Q", raw[:8])
    out = {}
    for name, t in json.loads(raw[8 : 8 + n]).items():
        if name == "__metadata__":
            continue
        a, b = t["data_offsets"]
        data = raw[8 + n + a : 8 + n + b]
        if t["dtype"] == "BF16":
            arr = (np.frombuffer(data, "<u2").astype(np.uint32) << 16).view(np.float32)
        else:
            arr = np.frombuffer(data, DTYPES[t["dtype"]])
        out[name] = arr.reshape(t["shape"])
    return out


def save_safetensors(path, tensors, metadata=None):
    head, blobs, at = {}, [], 0
    if metadata:
        head["__metadata__"] = metadata
    for name, arr in tensors.items():
        kind = {"f": "F32", "i": "I32"}[arr.dtype.kind]
        data = np.ascontiguousarray(arr, "<f4" if kind == "F32" else "<i4").tobytes()
        head[name] = {"dtype": kind, "shape": list(arr.shape), "data_offsets": [at, at + len(data)]}
        blobs.append(data)
        at += len(data)
    h = json.dumps(head).encode()
    h += b" " * (-len(h) % 8)
    open(path, "wb").write(struct.pack("<Q", len(h)) + h + b"".join(blobs))


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def dpfp(x, nu=3):
    """Deterministic parameter-free projection, [.., d] -> [.., 2*nu*d] (Schlag et al., 2021)."""
    x = np.concatenate([np.maximum(x, 0), np.maximum(-x, 0)], -1)
    return np.concatenate([x * np.roll(x, j, -1) for j in range(1, nu + 1)], -1)


class Model:
    """Weights and hyperparameters of one checkpoint directory."""

    def __init__(self, directory):
        self.cfg = json.load(open(directory + "/config.json"))
        self.armt = a = self.cfg["armt"]
        self.w = {k: v.astype(np.float64) for k, v in load_safetensors(directory + "/model.safetensors").items()}
        self.gpt2 = self.cfg["model_type"] == "gpt2"
        g = self.cfg.get
        self.L = g("n_layer") if self.gpt2 else g("num_hidden_layers")
        self.D = g("n_embd") if self.gpt2 else g("hidden_size")
        self.H = g("n_head") if self.gpt2 else g("num_attention_heads")
        self.KV = self.H if self.gpt2 else g("num_key_value_heads", self.H)
        self.hd = (g("head_dim") or self.D // self.H) if not self.gpt2 else self.D // self.H
        self.T, self.M, self.dm = a["segment_size"], a["num_mem_tokens"], a["d_mem"]
        self.heads = a.get("n_heads", 1)  # memory heads, 1 in the paper
        self.normalize = a.get("normalize_keys", False)  # newer checkpoints: phi has unit length per head
        self.denom = a.get("use_denom", True)
        self.gating = a.get("gating", False)
        self.correction = a.get("correction", True)
        self.memory = self.w["memory_cell.memory"]

    def p(self, name):
        return self.w["memory_cell.model." + name]

    def layer(self, i, name):
        return self.p(("transformer.h.%d." if self.gpt2 else "model.layers.%d.") % i + name)

    # ---- memory -------------------------------------------------------------------------------------------------
    def zero_memory(self):
        """None marks a layer that has not written yet: nothing is read, and the first write has gamma = 1."""
        return [None] * self.L

    def phi(self, i, which, x):
        """[T, D] -> [heads, T, d_key / heads]"""
        k = x @ self.layer(i, which + ".weight").T
        k = k.reshape(len(x), self.heads, self.dm // self.heads).transpose(1, 0, 2)
        k = dpfp(k)
        if self.normalize:
            k = k / np.maximum(np.linalg.norm(k, axis=-1, keepdims=True), 1e-12)
        return k

    def recall(self, k, W, z):
        """values the memory returns for keys k: [heads, T, D / heads], and the denominator [heads, T, 1]"""
        num = k @ W
        den = (k @ z[..., None]) + 1e-5
        return (num / den if self.denom else num), den

    def associate(self, i, x, mem):
        """x + memory read at x (associate() of the public code)"""
        if mem is None:
            return x
        r, _ = self.recall(self.phi(i, "W_mq", x), *mem)
        return x + r.transpose(1, 0, 2).reshape(x.shape)

    def update(self, i, m, mem):
        """memory after writing the layer's output rows m [M, D] of the memory tokens (update_mem())"""
        k = self.phi(i, "W_mk", m)
        v = (m @ self.layer(i, "W_mv.weight").T).reshape(len(m), self.heads, -1).transpose(1, 0, 2)
        gamma = np.ones(k.shape[:2] + (1,))
        if mem is None:
            W = np.zeros((self.heads, k.shape[-1], self.D // self.heads))
            z = np.zeros((self.heads, k.shape[-1]))
            old = np.zeros_like(v)
        else:
            W, z = mem
            old, den = self.recall(k, W, z)
            if self.correction and self.denom:
                eps = 0.0 if self.normalize else 1e-5
                gamma = np.clip(1 - den / ((k**2).sum(-1, keepdims=True) + eps), 0, 1)
        b = sigmoid(m @ self.layer(i, "W_mb.weight").T + self.layer(i, "W_mb.bias"))  # [M, heads] or [M, D] if gating
        b = b.reshape(len(m), self.heads, -1).transpose(1, 0, 2)
        return W + k.transpose(0, 2, 1) @ (b * (v - old)), z + (gamma * k).sum(1)

    # ---- the decoder layer --------------------------------------------------------------------------------------
    def rope(self, n):
        rp = self.cfg.get("rope_parameters") or self.cfg.get("rope_scaling") or {}
        theta = rp.get("rope_theta") or self.cfg.get("rope_theta", 10000.0)
        inv = 1.0 / theta ** (np.arange(0, self.hd, 2) / self.hd)
        if rp.get("rope_type", rp.get("type")) == "llama3":
            old, lo, hi = rp["original_max_position_embeddings"], rp["low_freq_factor"], rp["high_freq_factor"]
            wave = 2 * np.pi / inv
            smooth = np.clip((old / wave - lo) / (hi - lo), 0, 1)
            inv = (1 - smooth) * inv / rp["factor"] + smooth * inv
        t = np.outer(np.arange(n), inv)
        t = np.concatenate([t, t], -1)
        return np.cos(t), np.sin(t)

    def attend(self, q, k, v):
        """causal attention over [T, heads, hd]; key/value heads are repeated for grouped queries"""
        rep = self.H // self.KV
        k, v = np.repeat(k, rep, 1), np.repeat(v, rep, 1)
        s = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(self.hd)
        s = np.where(np.tril(np.ones(s.shape[1:], bool)), s, -np.inf)
        return np.einsum("hqk,khd->qhd", softmax(s), v).reshape(len(q), -1)

    def block(self, i, x):
        n = len(x)
        if self.gpt2:
            y = self.layernorm(x, i, "layer.ln_1") @ self.layer(i, "layer.attn.c_attn.weight") + self.layer(i, "layer.attn.c_attn.bias")
            q, k, v = (t.reshape(n, self.H, self.hd) for t in np.split(y, 3, -1))
            x = x + self.attend(q, k, v) @ self.layer(i, "layer.attn.c_proj.weight") + self.layer(i, "layer.attn.c_proj.bias")
            h = self.layernorm(x, i, "layer.ln_2") @ self.layer(i, "layer.mlp.c_fc.weight") + self.layer(i, "layer.mlp.c_fc.bias")
            h = 0.5 * h * (1 + np.tanh(np.sqrt(2 / np.pi) * (h + 0.044715 * h**3)))
            return x + h @ self.layer(i, "layer.mlp.c_proj.weight") + self.layer(i, "layer.mlp.c_proj.bias")
        proj = lambda y, name, heads: (y @ self.layer(i, "layer.self_attn." + name + ".weight").T).reshape(n, heads, self.hd)
        y = self.rmsnorm(x, self.layer(i, "layer.input_layernorm.weight"))
        q, k, v = proj(y, "q_proj", self.H), proj(y, "k_proj", self.KV), proj(y, "v_proj", self.KV)
        c, s = (t[:, None, :] for t in self.rope(n))
        half = self.hd // 2
        turn = lambda t: t * c + np.concatenate([-t[..., half:], t[..., :half]], -1) * s
        x = x + self.attend(turn(q), turn(k), v) @ self.layer(i, "layer.self_attn.o_proj.weight").T
        y = self.rmsnorm(x, self.layer(i, "layer.post_attention_layernorm.weight"))
        gate, up = (y @ self.layer(i, "layer.mlp." + n_ + ".weight").T for n_ in ("gate_proj", "up_proj"))
        return x + (gate * sigmoid(gate) * up) @ self.layer(i, "layer.mlp.down_proj.weight").T

    def rmsnorm(self, x, w):
        return x / np.sqrt((x**2).mean(-1, keepdims=True) + self.cfg["rms_norm_eps"]) * w

    def layernorm(self, x, i, name):
        w, b = (self.layer(i, name + s) if i is not None else self.p(name + s) for s in (".weight", ".bias"))
        d = x - x.mean(-1, keepdims=True)
        return d / np.sqrt((d**2).mean(-1, keepdims=True) + self.cfg.get("layer_norm_epsilon", 1e-5)) * w + b

    # ---- segments -----------------------------------------------------------------------------------------------
    def embed(self, ids, with_memory):
        x = self.p("transformer.wte.weight" if self.gpt2 else "model.embed_tokens.weight")[ids]
        x = np.concatenate([x, self.memory]) if with_memory else x
        if self.gpt2:
            wpe = self.p("transformer.wpe.weight")
            pos = np.arange(len(x))
            if self.armt.get("wrap_pos") and with_memory:  # memory tokens own the last M positions of the table
                pos[len(ids) :] = np.arange(len(wpe) - self.M, len(wpe))
            x = x + wpe[pos]
        return x

    def head(self, x):
        if self.gpt2:
            return self.layernorm(x, None, "transformer.ln_f") @ self.p("transformer.wte.weight").T
        name = "model.embed_tokens.weight" if self.cfg.get("tie_word_embeddings") else "lm_head.weight"
        return self.rmsnorm(x, self.p("model.norm.weight")) @ self.p(name).T

    def cell(self, i, x, mem, write=True):
        """One (segment, layer) cell: read, decode, write. Returns the hidden rows and the new memory."""
        y = self.block(i, self.associate(i, x, mem))
        return y, (self.update(i, y[-self.M :], mem) if write else mem)

    def read_segment(self, ids, mem):
        """Commits one segment to memory in place; returns its logits [T, V]."""
        x = self.embed(ids, True)
        for i in range(self.L):
            x, mem[i] = self.cell(i, x, mem[i])
        return self.head(x[: len(ids)])

    def answer_logits(self, ids, mem):
        """Logits of a question segment: memory is read, never written, and no memory tokens are appended."""
        x = self.embed(ids, False)
        for i in range(self.L):
            x, _ = self.cell(i, x, mem[i], write=False)
        return self.head(x)

    def generate(self, ids, mem, n):
        ids, out = list(ids), []
        for _ in range(n):
            row = self.answer_logits(np.array(ids), mem)[-1]
            out.append(row)
            ids.append(int(row.argmax()))
        return ids[-n:], np.stack(out)

    def full_attention(self, ids):
        """The same decoder with no memory and no segments: the baseline that diagonal batching is compared with."""
        x = self.embed(ids, False)
        for i in range(self.L):
            x = self.block(i, x)
        return self.head(x)


def segments(ids, size):
    return [ids[i : i + size] for i in range(0, len(ids), size)]


def stacked(mem):
    W = np.stack([m[0].reshape(-1, m[0].shape[-1]) if m[0].shape[0] == 1 else m[0] for m in mem])
    z = np.stack([m[1].reshape(-1) if m[1].shape[0] == 1 else m[1] for m in mem])
    return W, z


def run(model, ids, question=None, n=12):
    out, mem, rows = {}, model.zero_memory(), []
    parts = segments(np.array(ids), model.T)
    for s, part in enumerate(parts):
        rows.append(model.read_segment(part, mem))
        out["W_mem.after_segment_%d" % s], out["z.after_segment_%d" % s] = stacked(mem)
    out["logits"] = np.concatenate(rows)
    if question is not None:
        out["generated_ids"], out["generated_logits"] = model.generate(question, mem, n)
    return out


def check(directory):
    model, want = Model(directory), load_safetensors(directory + "/expected.safetensors")
    got = run(model, want["input_ids"], want["question_ids"], len(want["generated_ids"]))
    got["full_attention_logits"] = model.full_attention(want["input_ids"][: len(want["full_attention_logits"])])
    same = list(got["generated_ids"]) == want["generated_ids"].tolist()
    print("greedy continuation", "agrees" if same else "DIFFERS: %s" % got["generated_ids"])
    worst = 0.0
    for name, w in want.items():
        if w.dtype.kind == "f":
            err = np.abs(got[name] - w).max() / np.abs(w).max()
            worst = max(worst, err)
            print("%-26s %-18s relative error %.2e" % (name, w.shape, err))
    print("worst %.2e" % worst)
    return worst


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "check":
        sys.exit(not check(sys.argv[2]) < 1e-4)
    elif len(sys.argv) == 5 and sys.argv[1] == "run":
        res = run(Model(sys.argv[2]), json.load(open(sys.argv[3])))
        save_safetensors(sys.argv[4], {k: np.asarray(v) for k, v in res.items()})
    else:
        sys.exit(__doc__)
