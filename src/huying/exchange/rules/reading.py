"""What a letter of theirs means: each of our fields, from which of theirs, and what could not be read."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from huying.exchange.rules.kinds import InKind
from huying.exchange.rules.mapping import IN_FIELDS, PeerMap
from huying.exchange.rules.pictures import Picture, pictures_in
from huying.kernel.saying import said

_NEEDED: Final[Mapping[InKind, tuple[str, ...]]] = {
    InKind.ORDER: ("number", "text"),
    InKind.WITHDRAW: ("number",),
    InKind.REMIND: ("number",),
    InKind.REDO: ("number",),
    InKind.EVALUATION: ("number", "result"),
    InKind.NOTE: ("number",),
    InKind.DONE: ("number",),
}
_CODED: Final = ("kind", "channel", "item", "area", "result", "satisfaction")
NUMBER_MOST: Final = 64


@dataclass(frozen=True, slots=True)
class Line:
    """One field: its name of ours, its path and text of theirs, what it became, and what is wrong with it."""

    name: str
    path: str
    given: str
    became: str
    wrong: str = ""

    @property
    def zh(self) -> str:
        return IN_FIELDS[self.name]


@dataclass(frozen=True, slots=True)
class Reading:
    """A letter as read; with ``wrong`` not empty it is for a person. ``unused``: paths that nobody asked for.

    Pictures are never wrong here: one that cannot be had stops no letter.
    """

    kind: InKind | None
    number: str
    values: Mapping[str, str]
    lines: tuple[Line, ...]
    wrong: tuple[str, ...]
    unused: tuple[str, ...] = field(default=())
    pictures: tuple[Picture, ...] = ()


def read(of: PeerMap, record: Mapping[str, Any]) -> Reading:
    """The letter by the mapping; nothing is guessed."""
    lines = [_line(of, name, path, record) for name, path in of.fields.items() if name != "type"]
    kind, word = _kind(of, record)
    values = {line.name: line.became for line in lines if line.became and not line.wrong}
    wrong = [said("%(what)s：%(wrong)s", what=line.zh, wrong=line.wrong) for line in lines if line.wrong]
    if kind is None:
        wrong.insert(0, said("信件种类“%(word)s”没有对应。", word=word))
    else:
        _join_title(values)
        wrong += [said("缺%(what)s。", what=IN_FIELDS[name]) for name in _NEEDED[kind] if name not in values]
    asked = set(of.fields.values()) | of.ignore
    unused = tuple(path for path in _paths(record) if not any(_under(path, one) for one in asked))
    return Reading(
        kind,
        values.get("number", "")[:NUMBER_MOST],
        values,
        tuple(lines),
        tuple(wrong),
        unused,
        _pictures(of, record),
    )


def records_in(of: PeerMap, answer: Any) -> list[Mapping[str, Any]] | None:
    """The letters in an answer, or in a plain list; None where it is not shaped as the mapping says."""
    found = at_path(answer, of.records) if of.records and not isinstance(answer, list) else answer
    if isinstance(found, Mapping):
        found = [found]
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        return None
    return found


def number_in(of: PeerMap, record: Mapping[str, Any]) -> str:
    """Their number of the order a letter is about; "" where it says none."""
    return text_of(at_path(record, of.fields.get("number", "")))[:NUMBER_MOST]


def fingerprint(of: PeerMap, record: Mapping[str, Any]) -> str:
    """What makes a letter the same one when it comes again: SHA-256 of all that it says, in any order."""
    kept = {name: value for name, value in record.items() if name not in of.ignore}
    return hashlib.sha256(orjson.dumps(kept, option=orjson.OPT_SORT_KEYS, default=str)).hexdigest()


def at_path(whole: Any, path: str) -> Any:
    """What lies at a path such as ``data.list.0.no``; None where nothing does."""
    here = whole
    for part in path.split(".") if path else ():
        if isinstance(here, Mapping):
            here = here.get(part)
        elif isinstance(here, list) and part.isdecimal() and int(part) < len(here):
            here = here[int(part)]
        else:
            return None
    return here


def with_changes(record: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The letter with what a person mended, by path."""
    whole: dict[str, Any] = orjson.loads(orjson.dumps(dict(record), default=str))
    for path, value in changes.items():
        *way, last = path.split(".")
        here: Any = whole
        for part in way:
            here = here.setdefault(part, {}) if isinstance(here, dict) else {}
        if isinstance(here, dict):
            here[last] = value
    return whole


def text_of(value: Any) -> str:
    """A value of theirs as text; "" for what is no text, number or truth."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _pictures(of: PeerMap, record: Mapping[str, Any]) -> tuple[Picture, ...]:
    path = of.fields.get("photos")
    found = at_path(record, path) if path else None
    return () if isinstance(found, str) and found.strip() in of.empty else tuple(pictures_in(found))


def _line(of: PeerMap, name: str, path: str, record: Mapping[str, Any]) -> Line:
    if name == "photos":
        count = len(_pictures(of, record))
        told = said("%(n)s 张", n=count) if count else ""
        return Line(name, path, told, told)
    given = text_of(at_path(record, path))
    if given in of.empty:
        return Line(name, path, given, "")
    if name in _CODED:
        became = of.codes.get(name, {}).get(given, "")
        return Line(name, path, given, became, "" if became else said("“%(given)s”没有对应。", given=given))
    if name == "at" and (at := of.time(given)) is not None:
        return Line(name, path, given, at.isoformat())
    if name == "at":
        return Line(name, path, given, "", said("时间“%(given)s”看不懂。", given=given))
    if name in {"lon", "lat"} and not _is_number(given):
        return Line(name, path, given, "", said("“%(given)s”不是数。", given=given))
    if name == "number" and len(given) > NUMBER_MOST:
        return Line(name, path, given, "", said("编号超过 %(most)s 个字符。", most=NUMBER_MOST))
    return Line(name, path, given, given)


def _kind(of: PeerMap, record: Mapping[str, Any]) -> tuple[InKind | None, str]:
    path = of.fields.get("type")
    if path is None:
        return InKind.ORDER, ""
    word = text_of(at_path(record, path))
    meant = of.codes.get("type", {}).get(word)
    return (InKind(meant) if meant else None), word


def _join_title(values: dict[str, str]) -> None:
    title, text = values.get("title", ""), values.get("text", "")
    if title and title not in text:
        values["text"] = f"{title}。{text}" if text else title


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _paths(record: Mapping[str, Any], before: str = "") -> Iterator[str]:
    for name, value in record.items():
        path = f"{before}{name}"
        if isinstance(value, Mapping):
            yield from _paths(value, f"{path}.")
        else:
            yield path


def _under(path: str, asked: str) -> bool:
    return path == asked or asked.startswith(f"{path}.")
