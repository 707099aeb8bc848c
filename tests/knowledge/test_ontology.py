"""The ontology: complete, and its choices where the manual contradicts itself."""

from __future__ import annotations

import pytest

from waqai.errors import ResourceError
from waqai.knowledge.loader import Resources
from waqai.knowledge.ontology import QUADS, Ontology

ONTOLOGY = Ontology.load(Resources())


def test_counts_of_the_manual():
    assert (len(ONTOLOGY.types), len(ONTOLOGY.modes), len(ONTOLOGY.contexts), len(ONTOLOGY.sectors)) == (16, 67, 37, 25)
    assert {t.quad for t in ONTOLOGY.types.values()} == set(QUADS)
    assert {mode.type for mode in ONTOLOGY.modes.values()} < set(ONTOLOGY.types)


def test_choices_where_the_manual_contradicts_itself():
    assert ONTOLOGY.intensity("ACCUSE", ()) == -3
    assert ONTOLOGY.quad("SANCTION") == "material conflict"
    assert ONTOLOGY.intensity("PROTEST", ("vandalize",)) == ONTOLOGY.intensity("PROTEST", ())
    assert {name for name, t in ONTOLOGY.types.items() if t.needs_recipient} == {"COOPERATE", "AID", "SANCTION"}


def test_scores_have_the_sign_of_their_quad():
    for event_type in ONTOLOGY.types.values():
        if "cooperation" in event_type.quad:
            assert event_type.intensity > 0
        else:
            assert event_type.intensity <= 0


def test_the_strongest_mode_gives_the_intensity():
    assert ONTOLOGY.intensity("ASSAULT", ("beat", "primitive")) == -8
    assert ONTOLOGY.intensity("ASSAULT", ("no such mode",)) == -9
    assert ONTOLOGY.intensity("NO SUCH TYPE", ()) is None


def test_cameo_from_the_most_exact_act():
    assert ONTOLOGY.cameo("REJECT", ("yield",), ("military",)) == "1246"
    assert ONTOLOGY.cameo("REJECT", ("yield",), ("diplomatic",)) == "124"
    assert ONTOLOGY.cameo("AID", (), ("health", "military")) == "072"
    assert ONTOLOGY.cameo("NO SUCH TYPE", (), ()) is None


def test_a_frame_may_name_a_finer_code():
    frame, code = next(iter(ONTOLOGY.frame_codes.items()))
    assert ONTOLOGY.cameo("REJECT", (), (), frame) == code


def test_every_type_and_mode_has_a_code_of_cameo():
    for name in ONTOLOGY.types:
        assert ONTOLOGY.cameo(name, (), ())
    for type_name, mode in ONTOLOGY.modes:
        assert ONTOLOGY.cameo_codes[f"{type_name}/{mode}"].isdigit()
    for act in ONTOLOGY.cameo_codes:
        name, _, rest = act.partition("/")
        mode, _, context = rest.partition("/")
        assert name in ONTOLOGY.types
        assert not mode or (name, mode) in ONTOLOGY.modes
        assert not context or context in ONTOLOGY.contexts


def test_modes_that_are_contexts_too():
    assert ONTOLOGY.all_contexts(("cyber", "seize"), ("legal",)) == ("legal", "cyber")


def test_a_wrong_quad_names_its_place(tmp_path):
    (tmp_path / "ontology").mkdir()
    (tmp_path / "ontology" / "types.tsv").write_text("id\tquad\tintensity\trecipient\tdefinition\tarabic\nX\tnone\t1\t\t\t\n", encoding="utf-8")
    with pytest.raises(ResourceError, match=r"WQ-203 types\.tsv X"):
        Ontology.load(Resources(tmp_path))
