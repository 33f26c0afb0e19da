"""A case as the suggester sees it: the list's names for its item, the codes of its place."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from huying.catalogue import queries as catalogue
from huying.catalogue.rules.lines import ItemLine
from huying.kernel.errors import NotFound
from huying.loop.allocate.rules.history.contexts import Features
from huying.loop.allocate.rules.history.roles import stem
from huying.people import queries as people
from huying.places import queries as places

_STREET, _COMMUNITY, _GRID = 9, 12, 15


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of a case that has to be given to a body. ``area`` is the finest code known."""

    item: str
    area: str
    kind: str
    channel: str
    at: datetime
    condition: int | None = None


def line_of(district: int, item: str) -> ItemLine | None:
    """The item in the live list; None when it is not, or no longer, there."""
    try:
        return catalogue.item(district, item)
    except NotFound:
        return None


def features_of(district: int, asked: Asked) -> Features:
    """The features of a case; places by code, so that a renamed street keeps its experience."""
    line = line_of(district, asked.item)
    area = asked.area
    return Features(
        at=localtime(asked.at),
        class_name=line.class_name if line else "",
        group=line.group_name if line else "",
        leaf=asked.item,
        words=line.name if line else "",
        street=area[:_STREET] if len(area) >= _STREET else "",
        community=area[:_COMMUNITY] if len(area) >= _COMMUNITY else "",
        grid=area if len(area) >= _GRID else "",
        kind=asked.kind,
        source=asked.channel,
    )


def role_in(district: int, body: str, features: Features) -> str:
    """What a body is to a case: this community's station, this street's enforcement team, or itself."""
    try:
        info = people.body(district, int(body))
    except NotFound:
        return body
    for mark, code in (("community", features.community), ("street", features.street)):
        if code and info.area == code:
            name = area_name(district, code)
            return f"{mark}:{info.kind}:{info.name.replace(name, '').replace(stem(name), '')}"
    return body


def area_name(district: int, code: str) -> str:
    """The name of an area; its code when it is not known."""
    try:
        return places.area(district, code).name
    except NotFound:
        return code
