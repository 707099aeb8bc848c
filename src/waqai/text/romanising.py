"""A readable Latin spelling of Arabic words: of known words as the press writes them, else letter by letter."""

from __future__ import annotations

from collections.abc import Mapping

_LETTERS = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s",
    "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "u", "ي": "i",
    "ء": "", "ؤ": "u", "ئ": "i",
}
_VOWELS = "aiu"


def romanise(text: str, spellings: Mapping[str, str]) -> str:
    """Folded Arabic `text` in Latin letters; `spellings` gives those of known folded words."""
    return " ".join(_word(word, spellings) for word in text.split())


def _word(word: str, spellings: Mapping[str, str]) -> str:
    known = spellings.get(word)
    if known is not None:
        return known
    if word.startswith("ال") and len(word) > 4:
        return "al-" + _word(word[2:], spellings)
    letters = ""
    for index, letter in enumerate(word):
        latin = _LETTERS.get(letter, letter)
        if letter == "ه" and index == len(word) - 1:
            latin = "a"
        elif letter in "وي" and (index == 0 or word[index - 1] == "ا"):
            latin = "w" if letter == "و" else "y"
        # Two consonants in a row hide a short vowel; "a" is the commonest.
        if letters and latin[:1] not in ("", *_VOWELS) and letters[-1] not in _VOWELS and letters[-1].isalpha():
            letters += "a"
        letters += latin
    return letters.capitalize()
