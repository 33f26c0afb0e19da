"""One question of an assistant: who stands behind it, when, and which case it means."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.timezone import localdate, localtime

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.api.intake.brakes import Brake
from huying.api.problems import TooMany, Unauthenticated
from huying.cases.queries.page import CaseView, case_for
from huying.kernel.clock import now as present
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.kernel.numbers import parse_case_number
from huying.people.actions import NewViewing, mark_key_used, record_viewings
from huying.people.queries import Asker, asker_of_key
from huying.people.rules.assistants import Leave
from huying.people.rules.kinds import ViewingKind

PER_MINUTE: Final = 120
_brake: Final = Brake(PER_MINUTE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question behind a key, and the moment at which it is asked."""

    asker: Asker
    now: datetime

    @property
    def actor(self) -> Actor:
        """Who reads: the person in their own posts, or the outside system."""
        return self.asker.reader

    @property
    def district(self) -> int:
        return self.actor.district

    @property
    def today(self) -> date:
        return localdate(self.now)

    def must(self, leave: Leave, *permissions: Permission) -> None:
        """Raise Denied unless this was left to the assistant, and one of the permissions is the person's."""
        if not self.asker.lets(leave) or (permissions and not any(map(self.actor.may, permissions))):
            raise Denied

    def case_ref(self, number: str) -> tuple[int, int]:
        """(district, id) of a number of the asker's district. Raises NotFound for everything else."""
        try:
            district, case_id = parse_case_number(number)
        except Invalid:
            raise NotFound from None
        if district != self.district:
            raise NotFound
        return district, case_id

    def case(self, number: str) -> CaseView:
        """The case as the person sees it; that an assistant read it is kept in the audit. Raises NotFound."""
        found = case_for(self.actor, *self.case_ref(number), self.now)
        self.saw("助手读取案件", found.line.id)
        return found

    def saw(self, what: str, case_id: int | None = None) -> None:
        """Write down that words of persons were handed over."""
        record_viewings(self.actor, [NewViewing(ViewingKind.VIEW, what, case_id=case_id)], self.now)


def asked_with(raw: str) -> Asked:
    """The question behind a key. Raises Unauthenticated."""
    now = present()
    asker = asker_of_key(raw, now) if raw else None
    if asker is None:
        raise Unauthenticated
    return Asked(asker, now)


def admitted(raw: str) -> Asked:
    """As ``asked_with``, at a door: it is counted. Raises TooMany when a key asks too often."""
    asked = asked_with(raw)
    if not _brake.takes(f"key {asked.asker.key_id}"):
        raise TooMany
    mark_key_used(asked.asker.key_id, asked.now)
    return asked


def moment(at: datetime | None) -> str | None:
    """A moment in the district's zone, to the minute, as ISO 8601."""
    return localtime(at).isoformat(timespec="minutes") if at is not None else None


def at_day(text: str, name: str) -> date | None:
    """A day as YYYY-MM-DD; None where nothing is given. Raises Invalid, naming the input."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid(fields={name: "日期请写成 2026-03-02 这样。"}) from None


def plain(value: Any) -> Any:
    """A term as its word, everything else as it is."""
    return getattr(value, "value", value)
