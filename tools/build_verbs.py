"""Compiles resources/lexicon/verbs.tsv and nouns derived from verbs: `python tools/build_verbs.py CAMEL_MORPH_FOLDER`.

Verbs are those of camel_morph's modern standard lexicon; their forms come from mazini's conjugation.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import mazini
from mazini import lexicon

from waqai.text.folding import fold_word

LEXICON = Path(__file__).resolve().parent.parent / "src/waqai/resources/lexicon"
BUCKWALTER = str.maketrans(
    "'|>&<}AbptvjHxd*rzs$SDTZEg_fqklmnhwYy~{", "ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيّا", "aiuo`FKN"
)
VOWELS = re.compile("[\u064b-\u0650\u0652\u0670]")
DERIVED = ("فعّل", "فاعل", "أفعل", "تفعّل", "تفاعل", "انفعل", "افتعل", "استفعل", "فعلل", "تفعلل")
PERFECT = {"3ms": "", "3fs": "ت", "3md": "ا", "3fd": "تا", "3mp": "وا", "3fp": "ن", "1s": "ت", "1p": "نا"}
IMPERFECT = {"3ms": "ي", "3fs": "ت", "3md": "ي", "3fd": "ت", "3mp": "ي", "3fp": "ي", "1s": "ا", "1p": "ن"}
ENDINGS = {"ind": {"3md": "ان", "3fd": "ان", "3mp": "ون", "3fp": "ن"}, "juss": {"3md": "ا", "3fd": "ا", "3mp": "وا", "3fp": "ن"}}
# Rare words that look like a preposition or conjunction and a common noun, which is what they nearly always are.
READ_AS_TWO = frozenset({"لاحد", "بدول", "واهل", "باسر", "باقل", "باخر", "بسوق", "بارض", "لزوج", "وامس", "بدار", "بدور", "بحلقة"})
LETTER = dict(zip(PERFECT, "abcdefgh", strict=True))

Verb = tuple[str, str, str, str, str]
Noun = tuple[str, str, str]


def modern_verbs(folder: Path) -> dict[str, tuple[str, str]]:
    """Lemma (no vowels, shadda and hamza kept) to root with dots and transitivity."""
    found: dict[str, tuple[str, str]] = {}
    with (folder / "MSA-Verb-LEX-PV.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            lemma = re.sub("[^\u0621-\u0652]", "", row["LEMMA"].translate(BUCKWALTER))
            transitive = "intransitive" if "intrans" in row["COND-T"] else "transitive"
            old = found.get(lemma)
            if old is None or old[1] == "intransitive":
                found[lemma] = (row["ROOT"].translate(BUCKWALTER).replace(".", ""), transitive)
    return found


def conjugations(verbs: dict[str, tuple[str, str]]) -> Iterator[tuple[str, mazini.Conjugation]]:
    """Every conjugation whose lemma is one of `verbs`; the same lemma may come with several vowellings."""
    roots = set(lexicon.lexicon_roots()) | {re.sub("[أؤئإآ]", "ء", root) for root, _ in verbs.values()}
    for root in sorted(root for root in roots if 3 <= len(root) <= 4):
        attested = tuple(lexicon.attested_wazns(root))
        for wazn in dict.fromkeys((*attested, *DERIVED)):
            try:
                paradigm = mazini.conjugate(root, wazn)
            except (ValueError, LookupError, mazini.MaziniError):
                continue
            for lemma in {plain(form.form) for form in paradigm.lemma} & verbs.keys():
                yield lemma, paradigm


def plain(form: str) -> str:
    """Without vowels; shadda and hamza stay."""
    return VOWELS.sub("", form).replace("ٱ", "ا")


def stems(paradigms: Iterable[mazini.Conjugation]) -> tuple[str, str]:
    """The cells `perfect` and `imperfect` of a verb: stem:slots:voice, joined by |."""
    perfect: dict[tuple[str, str], set[str]] = defaultdict(set)
    imperfect: dict[tuple[str, str], set[str]] = defaultdict(set)
    for paradigm in paradigms:
        for voice, infix in (("a", ""), ("p", "pass_")):
            for slot, suffix in PERFECT.items():
                for stem in cut(paradigm, f"past_{infix}{slot}", "", suffix):
                    perfect[stem, LETTER[slot]].add(voice)
            for mood, endings in ENDINGS.items():
                for slot, prefix in IMPERFECT.items():
                    letter = LETTER[slot].upper() if mood == "juss" else LETTER[slot]
                    for stem in cut(paradigm, f"{mood}_{infix}{slot}", prefix, endings.get(slot, "")):
                        imperfect[stem, letter].add(voice)
    return cell(perfect), cell(imperfect)


def cut(paradigm: mazini.Conjugation, slot: str, prefix: str, suffix: str) -> Iterator[str]:
    """The stem of each form in a slot that has the regular prefix and suffix."""
    for form in paradigm.slots.get(slot, ()):
        folded = fold_word(form.form)
        if folded.startswith(prefix) and folded.endswith(suffix):
            stem = folded[len(prefix) : len(folded) - len(suffix)]
            if stem and "?" not in stem:
                yield stem


def cell(found: dict[tuple[str, str], set[str]]) -> str:
    grouped: dict[tuple[str, str], str] = defaultdict(str)
    for (stem, letter), voices in sorted(found.items()):
        voice = "either" if len(voices) == 2 else "active" if voices == {"a"} else "passive"
        grouped[stem, voice] += letter
    return "|".join(f"{stem}:{letters}:{voice}" for (stem, voice), letters in sorted(grouped.items()))


def derived(paradigm: mazini.Conjugation, lemma: str) -> Iterator[Noun]:
    """Masdar and participles: word without vowels, part of speech, verb."""
    for slots, pos in ((("vn", "vn2"), "masdar"), (("ap",), "participle"), (("pp",), "participle")):
        for slot in slots:
            for form in paradigm.slots.get(slot, ()):
                word = VOWELS.sub("", form.form).replace("\u064d", "").replace("ٱ", "ا").replace("\u0651", "")
                if "?" not in word and len(word) > 2:
                    yield word, pos, lemma


def simple_masdars(lemma: str, root: str) -> Iterator[str]:
    """The commonest masdars of a sound verb of form I: قتل, دخول."""
    if len(root) == 3 and lemma == root and not set(root) & set("أؤئءويا"):
        yield lemma
        yield f"{root[:2]}و{root[2]}"


def write(path: Path, head: dict[str, str], columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    lines = [f"# {key}: {text}" for key, text in head.items()]
    lines.append("\t".join(columns))
    lines.extend("\t".join(row) for row in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    verbs = modern_verbs(Path(sys.argv[1]))
    paradigms: dict[str, list[mazini.Conjugation]] = defaultdict(list)
    for lemma, paradigm in conjugations(verbs):
        paradigms[lemma].append(paradigm)
    rows = [(lemma, verbs[lemma][0], verbs[lemma][1], *stems(found)) for lemma, found in sorted(paradigms.items())]
    write(LEXICON / "verbs.tsv", {
        "what": "verbs of modern standard Arabic with the stems of all their forms",
        "columns": "lemma (no vowels; shadda and hamza kept), root, transitivity, perfect and imperfect: stem:slots:voice joined by |."
        " Stems are folded. Slots: a 3ms, b 3fs, c 3md, d 3fd, e 3mp, f 3fp, g 1s, h 1p; capitals: subjunctive and jussive."
        " Voice: active, passive, or either where unvowelled forms look alike",
        "source": "lemmas, roots and transitivity: camel_morph MSA lexicon (New York University Abu Dhabi); forms: mazini. tools/build_verbs.py",
        "licence": "CC BY 4.0 (both sources)",
        "known problems": f"{len(verbs) - len(rows)} verbs of the lexicon have no paradigm; second person and imperative are left out;"
        " verbs that differ by vowels alone share a row",
    }, ("lemma", "root", "transitivity", "perfect", "imperfect"), rows)
    simple = {(word, "masdar", lemma) for lemma, (root, _) in verbs.items() if lemma in paradigms for word in simple_masdars(lemma, root)}
    nouns = sorted(simple | {noun for lemma, found in paradigms.items() for paradigm in found for noun in derived(paradigm, lemma)})
    write(LEXICON / "verbal_nouns.tsv", {
        "what": "masdars and participles of the verbs in verbs.tsv",
        "columns": "word (no vowels, no shadda), pos, verb",
        "source": "mazini. tools/build_verbs.py",
        "licence": "CC BY 4.0",
        "known problems": "the masdars of form I verbs are given only where mazini lists them; rare participles that nobody writes are among them,"
        " but for those that read as a preposition and a common noun (بدور, لاحد)",
    }, ("word", "pos", "verb"), [noun for noun in nouns if noun[0] not in READ_AS_TWO])


if __name__ == "__main__":
    main()
