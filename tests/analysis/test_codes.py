"""Sector and state by the network, on answers made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from waqai.analysis.codes import in_sector, state_of
from waqai.analysis.grammar import Grammar
from waqai.analysis.participants import Discourse
from waqai.encoder.labels import COUNTRIES, SECTORS
from waqai.encoder.network import Answered

TEXT = "قتل خالد الهاشمي في هجوم شنه مسلحون، واتهمت موسكو الجيش."


@pytest.fixture(scope="module")
def scene(coder):
    document = coder(TEXT)
    grammar = Grammar(document.sentences[0], document.parses[0])
    discourse = Discourse(coder.tools.linker, TEXT, None, "")
    people = {p.mention.span.text(TEXT): p for p in (discourse.phrase(grammar, n, "test") for n in range(len(grammar.parse.phrases)))}
    return grammar, discourse.linker, people


def answer(grammar, sector, country, probability):
    words = len(grammar.tokens)

    def said(labels, label):
        found = np.full((words, len(labels)), (1 - probability) / (len(labels) - 1))
        found[:, labels.index(label)] = probability
        return found

    return Answered({}, [], 0.0, {}, said(SECTORS, sector), said(COUNTRIES, country))


@pytest.mark.parametrize(
    ("who", "own", "read", "unsure", "sure"),
    [("خالد الهاشمي", "", "CVL", 0.2, 0.9), ("مسلحون", "UAF", "REB", 0.6, 0.95)],
    ids=["a victim without a title", "words that tell give way to certainty alone"],
)
def test_the_sector_that_the_network_is_sure_of(scene, who, own, read, unsure, sure):
    grammar, linker, people = scene
    somebody = people[who]
    assert somebody.entity.sector == own
    assert in_sector(grammar, linker, somebody, answer(grammar, read, "IRQ", sure)).entity.sector == read
    assert in_sector(grammar, linker, somebody, answer(grammar, read, "IRQ", unsure)).entity.sector == own


def test_those_of_the_actor_base_keep_their_sector(scene):
    grammar, linker, people = scene
    moscow = people["موسكو"]
    assert in_sector(grammar, linker, moscow, answer(grammar, "MIL", "IRQ", 0.99)) == moscow


def test_the_state_that_the_network_is_sure_of(scene):
    grammar, _, people = scene
    assert state_of(grammar, people["الجيش"], answer(grammar, "MIL", "SYR", 0.95)) == "SYR"
    assert state_of(grammar, people["الجيش"], answer(grammar, "MIL", "SYR", 0.3)) == ""
    assert state_of(grammar, people["الجيش"], None) == ""
