"""The network that ships: shapes, probabilities, and no dependence on what else is read."""

from __future__ import annotations

import pytest

from waqai.analysis.hints import PAIR_HINTS, WORD_HINTS
from waqai.document import Span
from waqai.encoder.labels import COUNTRIES, MODALITIES, ROLES, SECTORS, TYPES
from waqai.encoder.network import BEFORE, REACH, Asked, Network, context_of, joined, part_of
from waqai.knowledge.loader import Resources
from waqai.knowledge.ontology import Ontology

SENTENCE = "اتهم وزير الدفاع المتمردين بقصف المدينة"
WORDS = [Span(0, 4), Span(5, 9), Span(10, 16), Span(17, 26), Span(27, 31), Span(32, 39)]


@pytest.fixture(scope="module")
def network():
    resources = Resources()
    return Network(lambda name: resources.required(f"models/network/{name}"))


def read(network, sentence=SENTENCE, words=WORDS):
    seen, nothing = network.read(sentence, words), [[] for _ in words]
    asked = [Asked(0, 0, TYPES.index("ACCUSE"), nothing, nothing), Asked(4, 4, TYPES.index("ASSAULT"), nothing, nothing)]
    return network.triggers(seen, nothing, WORD_HINTS), network.roles(seen, asked, WORD_HINTS, PAIR_HINTS)


def test_types_and_sectors_are_those_of_the_ontology():
    ontology = Ontology.load(Resources())
    assert set(TYPES) == set(ontology.types)
    assert set(SECTORS) == {"", *ontology.sectors}


def test_countries_are_states_and_slots_of_the_ontology():
    states = {row["id"] for row in Resources().table("actors/states.tsv")}
    assert set(COUNTRIES) - states == {"UNO", "EUR", "IGO", "NGO", "MNC", "IMG", "ISM"}


def test_probabilities(network):
    probabilities, answers = read(network)
    assert probabilities.shape == (len(WORDS), len(TYPES))
    assert ((probabilities >= 0) & (probabilities <= 1)).all()
    for answer in answers:
        assert set(answer.roles) == set(ROLES)
        assert set(answer.modality) == set(MODALITIES)
        assert len(answer.speaker) == len(WORDS)
        for word in range(len(WORDS)):
            assert sum(answer.roles[role][word] for role in ROLES) == pytest.approx(1, abs=1e-4)
        assert answer.sectors.shape == (len(WORDS), len(SECTORS)) and answer.countries.shape == (len(WORDS), len(COUNTRIES))


def test_it_sees_the_accusation_and_who_makes_it(network):
    probabilities, (accusation, _) = read(network)
    assert probabilities[0].argmax() == TYPES.index("ACCUSE")
    assert accusation.roles["actor"][1] > 0.5


def test_a_sentence_is_read_the_same_whatever_was_read_before(network):
    first = read(network)[0]
    network.read("سطر آخر أطول من الأول بكثير", [Span(0, 3)])
    assert (read(network)[0] == first).all()


@pytest.mark.parametrize(
    ("lengths", "number"),
    [([], 0), ([40], 1), ([40, 40, 40, 40], 3), ([150, 50], 1), ([20, 100, 90], 2), ([20, 193], 0)],
)
def test_the_context_is_the_last_sentences_as_far_as_there_is_room(lengths, number):
    assert context_of(lengths) == number


def test_sentences_are_joined_word_by_word(network):
    first, second = network.read(SENTENCE, WORDS), network.read("رفضت إيران", [Span(0, 4), Span(5, 10)])
    both = joined([first, second])
    assert both.words.shape[1] == len(WORDS) + 2
    assert (both.pool[0, : len(WORDS), : first.pool.shape[2]] == first.pool[0]).all()
    assert (both.pool[0, len(WORDS) :, first.pool.shape[2] :] == second.pool[0]).all()
    assert both.pool.sum() == first.pool.sum() + second.pool.sum()


def test_an_answer_about_joined_sentences_falls_into_parts(network):
    seen = joined([network.read(SENTENCE, WORDS), network.read("رفضت إيران", [Span(0, 4), Span(5, 10)])])
    nothing = [[] for _ in range(len(WORDS) + 2)]
    [answer] = network.roles(seen, [Asked(len(WORDS), len(WORDS), TYPES.index("REJECT"), nothing, nothing, len(WORDS))], WORD_HINTS, PAIR_HINTS)
    part = part_of(answer, len(WORDS), len(WORDS) + 2)
    assert part.roles["actor"] == answer.roles["actor"][len(WORDS) :] and part.countries.shape == (2, len(COUNTRIES))
    assert len(part_of(answer, 0, len(WORDS)).speaker) == len(WORDS)


def test_words_of_earlier_sentences_have_a_distance_of_their_own():
    assert BEFORE not in range(2 * REACH + 1)
