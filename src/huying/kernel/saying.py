"""Sentences with values in them, which can still be said in another language."""

from collections.abc import Callable, Mapping, Sequence


class Said(str):
    """A Chinese sentence that knows its pattern and the values put into it."""

    pattern: str
    values: Mapping[str, object]


def said(pattern: str, /, **values: object) -> Said:
    """The sentence of a pattern such as ``最多 %(most)s 字。``."""
    sentence = Said(pattern % values)
    sentence.pattern, sentence.values = pattern, values
    return sentence


def together(parts: Sequence[str], between: str = "") -> Said:
    """Several sentences or terms as one, each still to be said in another language."""
    named = {f"part{number}": part for number, part in enumerate(parts)}
    return said(between.join(f"%({name})s" for name in named), **named)


def worded(text: str, translate: Callable[[str], str]) -> str:
    """``text`` through ``translate``; of a sentence with values the pattern, and every value that is a term."""
    if not isinstance(text, Said):
        return translate(text) if text else ""
    return translate(text.pattern) % {
        name: worded(value, translate) if isinstance(value, str) else value
        for name, value in text.values.items()
    }
