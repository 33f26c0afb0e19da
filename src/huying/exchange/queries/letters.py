"""Letters for who puts them right: what they say, why they are stuck, what was done with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

from huying.access.actor import Actor
from huying.exchange.models import Incoming, Mending, Outgoing, Peer
from huying.exchange.models.sealing import open_json
from huying.exchange.policy import must_read
from huying.exchange.queries.composing import compose
from huying.exchange.queries.held import open_peer
from huying.exchange.rules.kinds import InKind, InState, OutKind, OutState, Way
from huying.exchange.rules.mapping import peer_map
from huying.exchange.rules.pictures import pictures_in
from huying.exchange.rules.reading import at_path, text_of, with_changes
from huying.kernel.errors import NotFound
from huying.kernel.numbers import case_number
from huying.kernel.saying import said
from huying.people.actions.viewings import NewViewing, record_viewings
from huying.people.rules.kinds import ViewingKind
from huying.people.rules.masking import mask_name, mask_phone

_STUCK: Final = {Way.IN: InState.PERSON.value, Way.OUT: OutState.DEAD.value}
_HIDDEN: Final = {"name": mask_name, "phone": mask_phone}


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One letter of a list, without its words."""

    id: int
    way: Way
    peer: str
    peer_code: str
    number: str
    case: str
    kind: str
    state: InState | OutState
    at: datetime
    tries: int
    reason: str
    pictures: str = ""


@dataclass(frozen=True, slots=True)
class LetterView:
    """One letter as it may be seen: names and phones masked where the mapping knows them. ``changed``: by path."""

    line: LetterLine
    content: Mapping[str, Any]
    changed: Mapping[str, Any]
    mendings: Sequence[Mending]

    @property
    def text(self) -> str:
        """The content as JSON a person can read."""
        return orjson.dumps(dict(self.content), option=orjson.OPT_INDENT_2, default=str).decode()


def stuck_for(
    actor: Actor, way: Way, *, code: str = "", before: int | None = None, limit: int = 50, state: str = ""
) -> list[LetterLine]:
    """Letters that wait for a person (or stand as asked), newest first, from a place on. Raises Denied."""
    must_read(actor)
    peers = {row.pk: row for row in Peer.objects.filter(district=actor.district)}
    of: Any = Incoming if way is Way.IN else Outgoing
    rows = of.objects.filter(district=actor.district, state=state or _STUCK[way])
    if code:
        rows = rows.filter(peer_id__in=[pk for pk, row in peers.items() if row.code == code])
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [_line(way, row, peers[row.peer_id]) for row in rows.order_by("-id")[:limit]]


def letter_for(actor: Actor, way: Way, number: int, now: datetime) -> LetterView:
    """One letter; that it was looked at is written down. Raises Denied, NotFound."""
    must_read(actor)
    of: Any = Incoming if way is Way.IN else Outgoing
    row = of.objects.filter(district=actor.district, id=number).first()
    if row is None:
        raise NotFound
    peer = Peer.objects.get(pk=row.peer_id)
    content, changed = _content(way, row, peer), open_json(row.district, "mended", row.mended_sealed)
    seen = NewViewing(ViewingKind.VIEW, f"对接信件 {peer.name} {row.number}"[:200], case_id=row.case_id)
    record_viewings(actor, [seen], now)
    mendings = Mending.objects.filter(district=actor.district, way=way.value, letter_id=number).order_by(
        "-id"
    )
    return LetterView(_line(way, row, peer), content, changed, list(mendings[:20]))


def _content(way: Way, row: Any, peer: Peer) -> dict[str, Any]:
    if way is Way.OUT:
        opened = open_peer(row.district, peer.code)
        return dict(compose(opened, [row])[0].fields) if opened else {}
    content = open_json(row.district, "incoming", row.content_sealed)
    content = with_changes(content, open_json(row.district, "mended", row.mended_sealed))
    # Whoever may write another mapping may not show by it what the one before hid.
    return masked(content, list(peer.maps.order_by("number").values_list("map", flat=True)))


def masked(content: Mapping[str, Any], mappings: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The letter with who the caller is hidden, as far as any of the mappings knows where that stands."""
    hidden: dict[str, str] = {}
    for mapping in mappings:
        hidden |= _hidden(content, peer_map(mapping).fields)
    return with_changes(content, hidden)


def _hidden(content: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, str]:
    hidden = {
        fields[name]: hide(text_of(at_path(content, fields[name])))
        for name, hide in _HIDDEN.items()
        if name in fields and text_of(at_path(content, fields[name]))
    }
    if "photos" in fields and at_path(content, fields["photos"]):
        # A picture as letters is of no use to a reader.
        count = len(pictures_in(at_path(content, fields["photos"])))
        hidden[fields["photos"]] = said("（%(n)s 张照片）", n=count)
    return hidden


def _line(way: Way, row: Any, peer: Peer) -> LetterLine:
    kinds: Any = InKind if way is Way.IN else OutKind
    return LetterLine(
        id=row.id, way=way, peer=peer.name, peer_code=peer.code, number=row.number,
        case=case_number(row.district, row.case_id) if row.case_id else "",
        kind=kinds(row.kind).zh if row.kind else "", state=(InState if way is Way.IN else OutState)(row.state),
        at=row.received_at if way is Way.IN else row.made_at, tries=row.tries,
        reason=row.reason if way is Way.IN else row.error,
        pictures=row.pictures_error if way is Way.IN else "",
    )  # fmt: skip
