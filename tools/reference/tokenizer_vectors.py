#!/usr/bin/env python3
"""Texts with their token ids, to check the tokenizer of tokenizer.json against.

  tokenizer_vectors.py fixture FOLDER    trains a small vocabulary on resources/samples and writes, for the splits of
                                         GPT-2 and Llama 3, FOLDER/NAME/tokenizer.json and FOLDER/NAME/vectors.txt
  tokenizer_vectors.py texts FILE        writes 12,000 hard texts, one a line, in hexadecimal
  tokenizer_vectors.py ids TOKENIZER_JSON TEXTS OUT
                                         adds ids to such texts: "TEXT<tab>ID ID ..", one a line

The ids are those of the plain algorithm: text is cut by hand-written rules instead of a regular expression, and all
pairs of a word are looked at again after each merge. It needs Python 3.11 (Unicode 14) and nothing else. For published
vocabularies, tokenizer_vectors.mjs asks other implementations for the ids of the same texts.
"""
import collections
import json
import pathlib
import random
import sys
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
WHITE = set("\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000") | {chr(c) for c in range(0x2000, 0x200B)}
ENDINGS = ["s", "t", "re", "ve", "m", "ll", "d"]
GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
LLAMA3 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|"
          r"\s+(?!\S)|\s+")


def kind(character):
    if character in WHITE:
        return "s"
    category = unicodedata.category(character)[0]
    return category if category in "LN" else "x"


def run_of(text, begin, kinds):
    end = begin
    while end < len(text) and kind(text[end]) in kinds:
        end += 1
    return end


def ending(text, begin, ignore_case):
    """The end of 's, 't, .. at `begin`, or `begin`."""
    if text[begin] != "'":
        return begin
    for letters in ENDINGS:
        there = text[begin + 1:begin + 1 + len(letters)]
        if there == letters or (ignore_case and there.lower().replace("\u017f", "s") == letters):
            return begin + 1 + len(letters)
    return begin


def white_end(text, begin):
    """White space leaves its last character to what follows, if anything does and if there are two."""
    end = run_of(text, begin, "s")
    return end if end == len(text) or end == begin + 1 else end - 1


def gpt2_word(text, begin):
    end = ending(text, begin, False)
    if end > begin:
        return end
    first = begin + 1 if text[begin] == " " and begin + 1 < len(text) else begin
    if kind(text[first]) != "s":
        return run_of(text, first, kind(text[first]))
    return white_end(text, begin)


def llama3_word(text, begin):
    end = ending(text, begin, True)
    if end > begin:
        return end
    letters = begin if kind(text[begin]) in "LN" or text[begin] in "\r\n" else begin + 1
    end = run_of(text, letters, "L")
    if end > letters:
        return end
    if kind(text[begin]) == "N":
        return min(run_of(text, begin, "N"), begin + 3)
    marks = begin + 1 if text[begin] == " " else begin
    end = run_of(text, marks, "x")
    if end > marks:
        while end < len(text) and text[end] in "\r\n":
            end += 1
        return end
    end = run_of(text, begin, "s")
    lines = max(text.rfind("\r", begin, end), text.rfind("\n", begin, end))
    return lines + 1 if lines >= 0 else white_end(text, begin)


def words(text, word_end):
    begin = 0
    while begin < len(text):
        end = word_end(text, begin)
        yield text[begin:end]
        begin = end


def byte_characters():
    visible = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    hidden = [byte for byte in range(256) if byte not in visible]
    return {byte: chr(byte) for byte in visible} | {byte: chr(0x100 + i) for i, byte in enumerate(hidden)}


BYTES = byte_characters()


def written(data):
    return "".join(BYTES[byte] for byte in data)


class Reference:
    """A tokenizer.json without special pieces in the text."""

    def __init__(self, path):
        document = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
        model = document["model"]
        self.vocab = model["vocab"]
        self.ranks = {tuple(m.split(" ") if isinstance(m, str) else m): i for i, m in enumerate(model["merges"])}
        self.whole = model.get("ignore_merges", False)
        self.word_end = llama3_word if "N}{1,3}" in json.dumps(document["pre_tokenizer"]) else gpt2_word

    def word_ids(self, word):
        if self.whole and word in self.vocab:
            return [self.vocab[word]]
        parts = list(word)
        while len(parts) > 1:
            ranks = [self.ranks.get(pair, 1 << 60) for pair in zip(parts, parts[1:])]
            best = min(ranks)
            if best == 1 << 60:
                break
            at = ranks.index(best)
            parts[at:at + 2] = [parts[at] + parts[at + 1]]
        return [self.vocab[part] for part in parts]

    def ids(self, data):
        text = data.decode("utf-8", "replace")
        return [i for word in words(text, self.word_end) for i in self.word_ids(written(word.encode("utf-8")))]


def train(text, word_end, merge_count):
    counts = collections.Counter(written(word.encode("utf-8")) for word in words(text, word_end))
    lists = [[list(word), count] for word, count in counts.most_common(6000)]
    pairs = collections.Counter()
    where = collections.defaultdict(set)
    for index, (parts, count) in enumerate(lists):
        for pair in zip(parts, parts[1:]):
            pairs[pair] += count
            where[pair].add(index)
    merges = []
    while len(merges) < merge_count:
        best = max(pairs, key=lambda pair: (pairs[pair], pair))
        if pairs[best] < 2:
            break
        merges.append(best)
        for index in list(where.pop(best)):
            parts, count = lists[index]
            for pair in zip(parts, parts[1:]):
                pairs[pair] -= count
            at = 0
            while at + 1 < len(parts):
                if (parts[at], parts[at + 1]) == best:
                    parts[at:at + 2] = ["".join(best)]
                at += 1
            for pair in zip(parts, parts[1:]):
                pairs[pair] += count
                where[pair].add(index)
        del pairs[best]
    return merges


OTHER_LANGUAGES = """
Die Wale schwammen über die Straße, größer als Häuser; „schön“, sagte er. Äpfel, Öl, Übung, Maß. L'été déjà passé, où
est le cœur ? El niño comió piñas en la mañana. Кит плыл по морю, и никто не знал, куда. Корабль шёл медленно.
鲸鱼在海里游泳，船长看着大海。船长说：“我们走吧。”鲸鱼走了。クジラは海にいます。船長は海を見ました。고래가 바다에 있습니다.
हेल समुद्र में है। สวัสดีชาวโลก שלום עולם مرحبا بالعالم 😀😀🐳🐳👨‍👩‍👧‍👦 é é “quotes” — dash … 1234567890 2024 1999 100
""" * 40


def tokenizer_json(split, merges, whole_words):
    vocab = {BYTES[byte]: byte for byte in range(256)}
    for pair in merges:
        vocab.setdefault("".join(pair), len(vocab))
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": split == GPT2}
    if split == GPT2:
        pre_tokenizer = byte_level
        special = ["<|endoftext|>"]
        shown = [" ".join(pair) for pair in merges]
        settings = {"continuing_subword_prefix": "", "end_of_word_suffix": ""}
    else:
        isolated = {"type": "Split", "pattern": {"Regex": split}, "behavior": "Isolated", "invert": False}
        pre_tokenizer = {"type": "Sequence", "pretokenizers": [isolated, byte_level]}
        special = ["<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"]
        shown = [list(pair) for pair in merges]
        settings = {"continuing_subword_prefix": None, "end_of_word_suffix": None, "ignore_merges": True}
        for word in whole_words:  # no merges lead to them
            vocab.setdefault(written(word.encode("utf-8")), len(vocab))
    added = [{"id": len(vocab) + i, "content": piece, "single_word": False, "lstrip": False, "rstrip": False,
              "normalized": False, "special": True} for i, piece in enumerate(special)]
    model = {"type": "BPE", "dropout": None, "unk_token": None, "fuse_unk": False, "byte_fallback": False} | settings
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": None,
            "pre_tokenizer": pre_tokenizer, "post_processor": byte_level, "decoder": byte_level,
            "model": model | {"vocab": vocab, "merges": shown}}


def samples():
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "resources/samples").glob("*.txt"))}


def pieces_of_texts():
    code = ["def f(x):\n    return x[1:]\n", "\tif (a != b && !c) { d++; }\r\n", "x = {'a': 1, \"b\": [2.5e-3]}",
            "https://example.org/a?b=c&d=%20", "#include <vector>\n\n\n", "/* --- */", "$HOME/.config", "a_b-c.d", "=> ->"]
    endings = [a + "'" + b for a in ("I", "he", "THEY", "don", "", " ", "1", "\n") for e in ENDINGS + ["n", "sr", "rE"]
               for b in (e, e.upper(), e.title())]
    white = [" ", "  ", "   ", "\n", "\n\n", "\r\n", "\t", " \n", "\n ", "\u00a0", "\u3000", "\u2003", "\x85", "\u2028",
             "\u200b", "\u180e", "\v", "\f", "\x1c", "\ufeff", " " * 17, "\n" * 9, "\t\t\t "]
    marks = ["e\u0301", "\u0301", "n\u0303a", "\u00e9", "\u1e9e", "\ufb01", "\u0915\u094d\u0937\u093f", "\u0e01\u0e33",
             "\u05d0\u05b8", "\u0627\u064b", "\u1100\u1161\u11a8", "\uac01", "Z\u0351\u036b\u0343", "'\u017f", "\u017ft"]
    emoji = ["\U0001F600", "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466", "\U0001F44D\U0001F3FD",
             "\U0001F1E9\U0001F1EA", "\u2764\ufe0f", "\u00a9", "\u2122", "1\ufe0f\u20e3", "\U0001F3F4\U000E0067\U000E007F"]
    cjk = ["\u4e2d\u6587", "\u9be8\u9c7c\u3002", "\u306f\u3001", "\u30af\u30b8\u30e9", "\uace0\ub798", "\U00020000",
           "\uff21\uff11", "\u300c\u5f15\u300d", "\u3007\u4e00", "\u2160\u00b2\u00bd\u0663\u0967"]
    digits = [str(n) for n in (0, 7, 12, 123, 1234, 12345, 123456, 1234567, 3.14159)] + ["1,000.50", "1e10", "0x1F", "\u0661\u0662"]
    control = [chr(c) for c in (0, 1, 7, 8, 0x1B, 0x7F, 0x80, 0x9F)] + ["\x1b[31m", "\u200e", "\u2060", "\U000E0001",
                                                                       "\ufffd", "\uffff", "\ue000", "\U0010FFFF"]
    broken = [b"\xff", b"\xc3", b"\xe4\xb8", b"\xf0\x9f\x98", b"\xed\xa0\x80", b"\xc0\xaf", b"\x80\x80", b"\xf8\x88"]
    special = ["<|endoftext|>", "<|eot_id|>", "<|begin_of_text|>", "<|", "|>", "[INST]", "</s>"]
    groups = [code, endings, white, marks, emoji, cjk, digits, control, special]
    return [[p.encode("utf-8") for p in group] for group in groups] + [broken]


def hard_texts(count, seed, prose_bytes):
    rng = random.Random(seed)
    prose = "".join(samples().values())
    groups = pieces_of_texts()
    texts = [piece for group in groups for piece in group]
    while len(texts) < count:
        parts = []
        for _ in range(rng.randint(1, 10)):
            choice = rng.random()
            if choice < 0.3:
                begin = rng.randrange(len(prose))
                parts.append(prose[begin:begin + rng.randint(1, prose_bytes)].encode("utf-8"))
            elif choice < 0.4:  # any character that Unicode 14 has
                c = chr(rng.choice([rng.randrange(0x250), rng.randrange(0x3000), rng.randrange(0x110000)]))
                parts.append(b"" if unicodedata.category(c) in ("Cs", "Cn") else c.encode("utf-8"))
            elif choice < 0.5:
                parts.append(rng.choice(groups[2]))
            else:
                parts.append(rng.choice(rng.choice(groups)))
        texts.append(b"".join(parts))
    return texts[:count]


def write_vectors(reference, texts, path):
    with open(path, "w", encoding="ascii") as out:
        for text in texts:
            out.write(text.hex() + "\t" + " ".join(map(str, reference.ids(text))) + "\n")


def main():
    command, arguments = (sys.argv[1:] or [""])[0], sys.argv[2:]
    if command == "fixture" and len(arguments) == 1:
        text = "".join(samples().values())[:600_000] + OTHER_LANGUAGES
        for name, split, word_end in (("gpt2", GPT2, gpt2_word), ("llama3", LLAMA3, llama3_word)):
            folder = pathlib.Path(arguments[0]) / name
            folder.mkdir(parents=True, exist_ok=True)
            document = tokenizer_json(split, train(text, word_end, 1500), [" Queequeg", " Nantucket", "\u9be8\u9c7c"])
            (folder / "tokenizer.json").write_text(
                json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
            write_vectors(Reference(folder / "tokenizer.json"), hard_texts(700, 14, 30), folder / "vectors.txt")
    elif command == "texts" and len(arguments) == 1:
        with open(arguments[0], "w", encoding="ascii") as out:
            out.writelines(text.hex() + "\n" for text in hard_texts(12_000, 3, 120))
    elif command == "ids" and len(arguments) == 3:
        texts = [bytes.fromhex(line) for line in pathlib.Path(arguments[1]).read_text(encoding="ascii").splitlines()]
        write_vectors(Reference(arguments[0]), texts, arguments[2])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
