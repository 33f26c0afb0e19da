"""The settings of a GeoReport server, every mistake named."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from huying.exchange.channels.open311.line import Place
from huying.exchange.channels.settings import Reader


@dataclass(frozen=True, slots=True)
class Options:
    """``services`` narrows what is asked for to these codes. ``by`` is the time by which changes are asked for:
    ``updated`` (``updated_after``), or ``requested`` (``start_date``) where a server knows no other. A window reaches
    ``overlap`` back, and ``first`` days at the beginning; what may be late beyond it is found by number, every
    ``again``. ``takes`` says whether requests become orders here (``orders``), or only what we reported is followed
    (``none``). ``updates``: both, read, write or none. ``attributes`` answers required questions by service."""

    place: Place
    discovery: str
    every: timedelta
    by: str
    overlap: timedelta
    first: timedelta
    window: timedelta
    page: int
    paged: bool
    most: int
    again: timedelta
    takes: str
    closed: bool
    updates: str
    services: tuple[str, ...]
    service: str
    attributes: Mapping[str, Any]
    said: Mapping[str, Any]


def read_options(given: Mapping[str, Any], secret: str) -> Options:
    """Raises Invalid, with ``fields``, for settings that cannot be used."""
    reader = Reader(given)
    key_by = reader.choice("key", "param", ("param", "header", "none"))
    place = Place(
        address=reader.address("address"),
        suffix=reader.choice("format", "json", ("json", "xml")),
        jurisdiction=reader.text("jurisdiction"),
        key="" if key_by == "none" else secret,
        key_by=key_by,
        seconds=reader.number("seconds", 20, 1, 120),
        spare=reader.text("encoding", "gb18030"),
    )
    found = Options(
        place=place,
        discovery=reader.text("discovery"),
        every=timedelta(seconds=reader.number("every", 60, 1, 86400)),
        by=reader.choice("by", "updated", ("updated", "requested")),
        overlap=timedelta(seconds=reader.number("overlap", 3600, 0, 30 * 86400)),
        first=timedelta(days=reader.number("first", 1, 0, 90)),
        window=timedelta(days=reader.number("window", 30, 1, 90)),
        page=reader.number("page", 100, 1, 1000),
        paged=reader.choice("pages", "yes", ("yes", "no")) == "yes",
        most=reader.number("most", 1000, 1, 100_000),
        again=timedelta(seconds=reader.number("again", 3600, 1, 30 * 86400)),
        takes=reader.choice("takes", "orders", ("orders", "none")),
        closed=reader.choice("closed", "no", ("yes", "no")) == "yes",
        updates=reader.choice("updates", "both", ("both", "read", "write", "none")),
        services=tuple(filter(None, reader.text("services").replace("，", ",").replace(" ", "").split(","))),
        service=reader.text("service"),
        attributes=_named(reader, "attributes"),
        said={"open": "正在办理。", "closed": "已办结。"} | _named(reader, "said"),
    )
    reader.done()
    return found


def _named(reader: Reader, name: str) -> dict[str, Any]:
    """A table whose names are the other side's own."""
    value = reader.given.get(name, {})
    return reader.table(name, value if isinstance(value, Mapping) else {})
