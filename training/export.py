"""Writes a trained network as int8 ONNX into the package: `python training/export.py DIR [--to FOLDER] [--mean-with DIR SHARE] [--full-precision]`."""

from __future__ import annotations

import argparse
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from network import Network, restore
from waqai.analysis.hints import PAIR_HINTS, WORD_HINTS

TARGET = Path(__file__).resolve().parent.parent / "src/waqai/resources/models/network"
_WORDS, _PIECES, _TRIGGERS = 9, 21, 2


def export(network: Network, folder: Path, *, quantised: bool) -> None:
    """Three graphs, each for one sentence: pieces to words, words to triggers, triggers to roles."""
    hidden = network.encoder.word.embedding_dim
    pieces, words, pool = torch.zeros(1, _PIECES, hidden), torch.zeros(1, _WORDS, hidden), torch.zeros(1, _WORDS, _PIECES)
    marks, distances, kinds = torch.zeros(_TRIGGERS, _WORDS), torch.zeros(_TRIGGERS, _WORDS, dtype=torch.long), torch.zeros(_TRIGGERS, dtype=torch.long)
    told, both = {0: "triggers", 1: "words"}, {1: "words", 2: "pieces"}
    _write(folder / "encoder.onnx", _Unmasked(network.encoder, 1), (torch.ones(1, _PIECES, dtype=torch.long), pool),
           {"ids": {1: "pieces"}, "pool": both}, ["pieces", "words"], quantised=quantised)
    _write(folder / "triggers.onnx", _Unmasked(network.triggers, 2), (words, torch.zeros(1, _WORDS, WORD_HINTS)),
           {"words": {1: "words"}, "hints": {1: "words"}}, ["types"], quantised=quantised)
    inputs = (pieces, pool, marks, distances, kinds, torch.zeros(_TRIGGERS, _WORDS, WORD_HINTS), torch.zeros(_TRIGGERS, _WORDS, PAIR_HINTS))
    axes = {"pieces": {1: "pieces"}, "pool": both, "marks": told, "distances": told, "kinds": {0: "triggers"}, "hints": told, "pair": told}
    _write(folder / "roles.onnx", _Unmasked(network.roles, 1), inputs, axes, ["roles", "speaker", "facts", "sectors", "countries"], quantised=quantised)


class _Unmasked(nn.Module):
    """A part whose mask, its argument number `place`, is all true, as it is for one sentence without padding."""

    def __init__(self, part: nn.Module, place: int) -> None:
        super().__init__()
        self.part, self.place = part, place

    def forward(self, *inputs: torch.Tensor) -> object:
        first = inputs[0]
        mask = torch.ones_like(first if first.dim() == 2 else first[..., 0], dtype=torch.bool)
        return self.part(*inputs[: self.place], mask, *inputs[self.place :])


def _write(path: Path, part: nn.Module, inputs: tuple[torch.Tensor, ...], axes: dict[str, dict[int, str]], outputs: list[str], *, quantised: bool) -> None:
    names = list(axes)
    torch.onnx.export(part, inputs, str(path), input_names=names, output_names=outputs, dynamic_axes=axes, opset_version=17, dynamo=False)
    if quantised:
        quantize_dynamic(str(path), str(path), weight_type=QuantType.QInt8, per_channel=True)
    onnx.checker.check_model(str(path))


def mixed(network: Network, other: Network, share: float) -> Network:
    """The mean of two networks' weights, of which the second is gone on from the first or the other way round (Wortsman et al. 2022, model soups)."""
    theirs = other.state_dict()
    network.load_state_dict({name: (1 - share) * weight + share * theirs[name] for name, weight in network.state_dict().items()})
    return network


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path)
    parser.add_argument("--to", type=Path, default=TARGET)
    parser.add_argument("--full-precision", action="store_true", help="float32, to see what quantisation costs")
    parser.add_argument("--mean-with", nargs=2, metavar=("DIR", "SHARE"), help="take this share of the weights from the network in DIR")
    arguments = parser.parse_args()
    network, _ = restore(arguments.trained)
    if arguments.mean_with:
        folder, share = arguments.mean_with
        network = mixed(network, restore(Path(folder))[0], float(share))
    arguments.to.mkdir(parents=True, exist_ok=True)
    export(network, arguments.to, quantised=not arguments.full_precision)
    (arguments.to / "pieces.json").write_text((arguments.trained / "pieces.json").read_text(encoding="utf-8").rstrip() + "\n", encoding="utf-8")
    calibration = arguments.to / "calibration.json"
    if not calibration.exists():
        calibration.write_text('{"slope": 1.0, "intercept": 0.0}\n', encoding="utf-8")
    print({path.name: f"{path.stat().st_size / 1e6:.1f} MB" for path in sorted(arguments.to.iterdir())})


if __name__ == "__main__":
    main()
