"""Events as they go over the wire (the HTML standard's ``text/event-stream``)."""

from typing import Final

import orjson
from django.utils.translation import gettext as _
from django.utils.translation import override

from huying.cases.queries.desks.happenings import Happening, Place
from huying.kernel import clock
from huying.kernel.errors import Invalid

_DIGITS: Final = 19


def event_of(one: Happening, language: str) -> bytes:
    """One happening as an event ``case``: codes for scripts, words in the language for people."""
    with override(language):
        told = {
            "case": one.number,
            "verb": one.verb.value,
            "said": said_of(one),
            "state": one.state.value,
            "standing": _(one.state.zh),
            "open": one.open,
            "area": one.area,
            "where": one.area_name,
            "item": one.item,
            "matter": one.item_name,
            "urgency": one.urgency,
            "lamp": one.lamp(clock.now()).value,
            "lon": None if one.lon is None else round(one.lon, 5),
            "lat": None if one.lat is None else round(one.lat, 5),
            "at": one.at,
        }
    return packed("case", one.place, orjson.dumps(told, option=orjson.OPT_UTC_Z))


def said_of(one: Happening) -> str:
    """What was done, in the words of the log."""
    if one.outcome is None:
        return str(_(one.verb.zh))
    return str(_("%(verb)s：%(outcome)s") % {"verb": _(one.verb.zh), "outcome": _(one.outcome.zh)})


def reset_event(end: Place) -> bytes:
    """Tells a screen that it missed more than is kept: it reads its state anew and goes on from ``end``."""
    return packed("reset", end, b"{}")


def beat(place: Place) -> bytes:
    """A sign of life without content: up to where the reader has heard everything, and that the stream still runs."""
    return packed("beat", place, b"")


def packed(name: str, place: Place, data: bytes) -> bytes:
    """An event with the id from which a reader goes on; ``data`` is one line."""
    return b"event: %b\nid: %b\ndata: %b\n\n" % (name.encode(), id_of(place).encode(), data)


def id_of(place: Place) -> str:
    """A place in the order as the id of an event."""
    return "-".join(map(str, place))


def place_of(text: str) -> Place:
    """The place that an id names. Raises Invalid for a text that is none."""
    parts = text.split("-")
    if len(parts) != 3 or not all(
        part.isascii() and part.isdigit() and len(part) < _DIGITS for part in parts
    ):
        raise Invalid("不是有效的事件编号。")
    position, case_id, seq = map(int, parts)
    return position, case_id, seq
