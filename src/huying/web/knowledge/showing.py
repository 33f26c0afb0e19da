"""How articles look in lists: whose they are, how they stand, how often they helped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.kernel.errors import NotFound
from huying.knowledge.policy import may_write
from huying.knowledge.queries import ArticleInfo
from huying.knowledge.rules import Standing
from huying.people.queries import bodies, body
from huying.web.components import Chip, Tone

_TONES: Mapping[Standing, Tone] = {
    Standing.ENDING: Tone.AMBER,
    Standing.OVER: Tone.RED,
}


@dataclass(frozen=True, slots=True)
class Row:
    """An article as a list shows it; ``uses`` within the last 90 days."""

    article: ArticleInfo
    standing: Chip
    owner: str
    uses: int
    mine: bool


def rows(actor: Actor, articles: Sequence[ArticleInfo], uses: Mapping[int, int]) -> list[Row]:
    """Articles with whatever a list says of them."""
    return [
        Row(
            one,
            chip_of(one.standing),
            owner(actor.district, one.body_id),
            uses.get(one.id, 0),
            may_write(actor, one.body_id),
        )
        for one in articles
    ]


def chip_of(standing: Standing) -> Chip:
    """How an article stands, as a mark."""
    return Chip(_(standing.zh), _TONES.get(standing, Tone.PLAIN), standing.value)


def owner(district: int, body_id: int | None) -> str:
    """The short name of the body that answers for an article; "" for nobody."""
    if body_id is None:
        return ""
    try:
        info = body(district, body_id)
    except NotFound:
        return ""
    return info.short_name or info.name


def owners(district: int, now: datetime) -> list[tuple[str, str]]:
    """(number, name) of every body that may answer for an article."""
    return [(str(one.id), one.short_name or one.name) for one in bodies(district, now)]
