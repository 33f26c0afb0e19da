"""The only writer: called by whoever changes something, in the same transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from huying.access.actor import Actor
from huying.annals.models import Change
from huying.annals.rules import Deed, Subject, differing

_LONGEST = 500


@dataclass(frozen=True, slots=True)
class NewChange:
    """One thing changed: its kind, key and name, what was done, and how it is told before and after."""

    subject: Subject
    about: str
    name: str
    deed: Deed
    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)
    holds_from: datetime | None = None


def note_change(by: Actor, new: NewChange, now: datetime) -> None:
    """Write one change down."""
    note_changes(by, [new], now)


def note_changes(by: Actor, new: Sequence[NewChange], now: datetime) -> None:
    """Write changes down, in the caller's transaction; one statement. What changed nothing is left out."""
    Change.objects.bulk_create([_row(by, one, now) for one in new if _says_something(one)])


def _says_something(one: NewChange) -> bool:
    return one.deed is not Deed.CHANGE or any(differing(one.before, one.after))


def _row(by: Actor, one: NewChange, now: datetime) -> Change:
    before, after = differing(one.before, one.after)
    return Change(
        district=by.district,
        at=now,
        account_id=by.account_id,
        key_id=by.key_id,
        actor_name=by.name[:60],
        subject=one.subject.value,
        about=one.about[:60],
        name=one.name[:120],
        deed=one.deed.value,
        before={part: text[:_LONGEST] for part, text in before.items()},
        after={part: text[:_LONGEST] for part, text in after.items()},
        holds_from=one.holds_from if one.holds_from and one.holds_from > now else None,
    )
