"""Where somebody's words end."""

from __future__ import annotations

import pytest

from waqai.analysis.grammar import Grammar
from waqai.analysis.participants import Discourse


@pytest.mark.parametrize(
    ("text", "words", "sector"),
    [
        ("قتل ثلاثة من رجال الشرطة في هجوم.", "ثلاثة من رجال الشرطة", "COP"),
        ("اعتقل عشرات من المتظاهرين في عمان.", "عشرات من المتظاهرين", "CVL"),
        ("دعا الأمين العام للأمم المتحدة أنطونيو غوتيريش إلى التهدئة.", "الأمين العام للأمم المتحدة أنطونيو غوتيريش", ""),
    ],
)
def test_a_number_and_a_title_go_on_behind_a_preposition(coder, text, words, sector):
    document = coder(text)
    grammar = Grammar(document.sentences[0], document.parses[0])
    found = Discourse(coder.tools.linker, text, None, "").phrase(grammar, 0, "test")
    assert found.mention.span.text(text) == words
    assert found.entity.sector == sector
