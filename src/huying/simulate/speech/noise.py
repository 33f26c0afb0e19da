"""How writing goes wrong: homophones, slips, missing or too much punctuation, speech turned into text."""

from random import Random
from typing import Final

from huying.simulate.speech.phrases import words

_HOMOPHONES: Final = tuple((pair.partition(">")[0], pair.partition(">")[2]) for pair in words("slips"))
_FILLERS: Final = ("那个", "就是", "然后", "这个", "反正")
_MARKS: Final = str.maketrans(dict.fromkeys("，。！？；、", " "))


def spoil(rng: Random, text: str, most: float = 1.0) -> str:
    """The text as somebody in a hurry writes it; ``most`` scales how likely each slip is, 0 leaves it alone."""
    for chance, slip in _SLIPS:
        if rng.random() < chance * most:
            text = slip(rng, text)
    return text


def _homophone(rng: Random, text: str) -> str:
    found = [(right, wrong) for right, wrong in _HOMOPHONES if right in text]
    return text.replace(*rng.choice(found), 1) if found else text


def _lose(rng: Random, text: str) -> str:
    place = rng.randrange(len(text)) if text else 0
    return text[:place] + text[place + 1 :]


def _double(rng: Random, text: str) -> str:
    place = rng.randrange(len(text)) if text else 0
    return text[:place] + text[place : place + 1] * 2 + text[place + 1 :]


def _bare(rng: Random, text: str) -> str:
    return "".join(text.translate(_MARKS).split()) if rng.random() < 0.4 else text.translate(_MARKS).strip()


def _loud(rng: Random, text: str) -> str:
    return text.rstrip("。！") + "！" * rng.randint(2, 4)


def _spoken(rng: Random, text: str) -> str:
    parts = text.split("，")
    parts[rng.randrange(len(parts))] += rng.choice(_FILLERS)
    return "，".join(parts)


_SLIPS: Final = (
    (0.09, _homophone),
    (0.025, _lose),
    (0.02, _double),
    (0.08, _bare),
    (0.05, _loud),
    (0.06, _spoken),
)
