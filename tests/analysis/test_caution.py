"""How sure the network must be: hand-made choices of one sentence."""

from __future__ import annotations

import msgspec
import pytest

from waqai.analysis.arguments import Arguments
from waqai.analysis.caution import believed, demanded
from waqai.analysis.choice import Choice
from waqai.analysis.grammar import Grammar
from waqai.analysis.joining import frame_of
from waqai.analysis.participants import Discourse
from waqai.analysis.triggers import Candidate
from waqai.document import Evidence, Genre, Participant

TEXT = "اعتقلت الشرطة التونسية ثلاثة شبان في صفاقس."


@pytest.fixture
def scene(coder):
    document = coder(TEXT)
    grammar = Grammar(document.sentences[0], document.parses[0])
    discourse = Discourse(coder.tools.linker, TEXT, None, "")
    framed = coder.tools.selector.triggers.find(grammar.sentence, grammar.parse)[0][0]
    police, men = (scored(discourse.phrase(grammar, number, "test"), 0.95) for number in (0, 1))
    return discourse, framed, police, men


def scored(participant: Participant, score: float | None) -> Participant:
    return msgspec.structs.replace(participant, evidence=(Evidence("participant", "model", "test", score, ()),))


def choice(candidate: Candidate, actors=(), recipients=(), score: float | None = 0.5) -> Choice:
    return Choice(candidate, Arguments(tuple(actors), tuple(recipients)), "affirmed", "actual", score)


def test_a_framed_act_of_the_police_needs_nothing_more(scene):
    discourse, framed, police, men = scene
    assert demanded(choice(framed, [police], [men]), discourse) == 0.0


def test_the_less_speaks_for_an_event_the_more_is_asked(scene):
    discourse, framed, police, men = scene
    unseen = Candidate(frame_of("COERCE"), "verb", framed.token, framed.reading)
    whole, nobody_acts, nobody, unframed = (
        demanded(item, discourse)
        for item in (choice(framed, [police], [men]), choice(framed, [], [scored(police, 0.9)]), choice(framed), choice(unseen, [police], [men]))
    )
    assert whole < nobody_acts < nobody < unframed


def test_nobody_need_act_on_somebody_certain(scene):
    discourse, framed, police, _ = scene
    certain, less = (demanded(choice(framed, [], [scored(police, score)]), discourse) for score in (0.96, 0.94))
    assert certain == 0.0 < less


def test_somebody_unknown_is_less_than_somebody_known(scene):
    discourse, framed, police, men = scene
    stranger = msgspec.structs.replace(men, entity=msgspec.structs.replace(men.entity, kind="unknown", country="", sector=""))
    assert demanded(choice(framed, [stranger]), discourse) > demanded(choice(framed, [police]), discourse)


def test_a_doubtful_participant_makes_an_event_doubtful(scene):
    discourse, framed, police, men = scene
    sure, middling, doubtful, ruled = (demanded(choice(framed, [police], [scored(men, score)]), discourse) for score in (0.9, 0.65, 0.5, None))
    assert sure < middling < doubtful
    assert ruled == middling


def test_what_the_rules_alone_chose_is_believed(scene):
    discourse, framed, _, _ = scene
    assert believed(choice(framed, score=None), discourse)
    assert not believed(choice(framed, score=0.5), discourse)
    assert believed(choice(framed, score=0.9), discourse)


def test_a_text_that_hardly_speaks_of_politics_asks_more_of_every_event(coder, scene):
    _, framed, police, men = scene
    local = Discourse(coder.tools.linker, TEXT, None, "", genre=Genre(7.0))
    assert demanded(choice(framed, [police], [men]), local) > 0.8
    assert not believed(choice(framed, [police], [men], 0.7), local)
