"""XML and JSON from one description of an answer.

The XML is written as text, row by row: a list of a thousand requests costs no tree of elements. In JSON the root is
dropped, lists are always arrays, and what is empty is null.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import orjson

# What XML 1.0 has no place for, whichever way it is written.
_NEVER: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SIGNS: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


class Format(StrEnum):
    """How an answer is written; the suffix of its address."""

    XML = "xml"
    JSON = "json"

    @property
    def media_type(self) -> str:
        return f"{'text' if self is Format.XML else 'application'}/{self.value}; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Rows:
    """A list under a root: ``each`` is the name of one of its elements, ``fields`` the names of the values of a row."""

    root: str
    each: str
    fields: Sequence[str]
    rows: Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Tree:
    """One thing with parts; a list within is written as elements of the name that ``WITHIN`` gives."""

    root: str
    members: Mapping[str, Any]


WITHIN: Final[Mapping[str, str]] = {
    "attributes": "attribute", "values": "value", "endpoints": "endpoint", "formats": "format",
    "extended_attributes": "attribute",
}  # fmt: skip


def written(answer: Rows | Tree, wanted: Format) -> bytes:
    """The answer's bytes, in UTF-8."""
    if wanted is Format.JSON:
        return orjson.dumps(_plain(answer), default=str)
    return (
        _HEAD + (_rows(answer) if isinstance(answer, Rows) else _element(answer.root, answer.members))
    ).encode("utf-8", "replace")


def text_of(value: Any) -> str:
    """One value as the text of an element: nothing for None, words for truth, no character that XML forbids."""
    if value is None:
        return ""
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, str):
        return value if _plain_text(value) else clean(value).translate(_SIGNS)
    return str(value)


def _plain_text(value: str) -> bool:
    """Whether a text goes as it is: what is printable holds no character that XML forbids, and most texts are."""
    return value.isprintable() and not ("&" in value or "<" in value or ">" in value or '"' in value)


def clean(text: str) -> str:
    """The text without what neither format could carry."""
    return _NEVER.sub("", text)


def _rows(answer: Rows) -> str:
    opened = [f"<{name}>" for name in answer.fields]
    closed = [f"</{name}>" for name in answer.fields]
    empty = [f"<{name}/>" for name in answer.fields]
    begin, end = f"<{answer.each}>", f"</{answer.each}>"
    parts = [f"<{answer.root}>"]
    for row in answer.rows:
        parts.append(begin)
        for number, value in enumerate(row):
            if value is None or value == "":
                parts.append(empty[number])
            elif isinstance(value, str):
                parts += (opened[number], value if _plain_text(value) else text_of(value), closed[number])
            elif isinstance(value, list | dict):
                parts.append(_element(answer.fields[number], value))
            else:
                parts += (opened[number], text_of(value), closed[number])
        parts.append(end)
    parts.append(f"</{answer.root}>\n")
    return "".join(parts)


def _element(name: str, value: Any) -> str:
    if isinstance(value, Mapping):
        inner = "".join(_element(part, each) for part, each in value.items())
    elif isinstance(value, list | tuple):
        inner = "".join(_element(WITHIN[name], each) for each in value)
    else:
        inner = text_of(value)
    return f"<{name}>{inner}</{name}>" if inner else f"<{name}/>"


def _plain(answer: Rows | Tree) -> Any:
    if isinstance(answer, Tree):
        return _nulled(answer.members)
    return [dict(zip(answer.fields, map(_nulled, row), strict=True)) for row in answer.rows]


def _nulled(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value) or None
    if isinstance(value, Mapping):
        return {name: _nulled(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_nulled(each) for each in value]
    return value
