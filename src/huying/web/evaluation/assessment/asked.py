"""What the pages of assessment are asked by their addresses; what is not understood falls back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.access.roles import Role
from huying.figures.queries import PeriodInfo, Ranking, periods_for, ranking_for
from huying.figures.rules.ranking import Ranked

_DEFAULT_ORDER: Final[Mapping[Ranked, str]] = {Ranked.WORKERS: "valid_report_rate"}
_ORDER_OF_ROLE: Final[Mapping[Role, str]] = {
    Role.SEAT: "valid_report_rate",
    Role.STREET_DISPATCHER: "first_decision",
    Role.DISTRICT_DISPATCHER: "first_decision",
    Role.SUPERVISOR: "check_rate",
}
POSTS: Final = (
    Role.SEAT, Role.STREET_DISPATCHER, Role.DISTRICT_DISPATCHER, Role.DEPARTMENT_HANDLER, Role.COMMUNITY_STATION,
    Role.SUPERVISOR,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RankingAsked:
    """Which ranking of which period, by what, of which role; ``version`` None: as it stands."""

    kind: Ranked
    info: PeriodInfo
    order: str
    role: Role
    area: str
    version: int | None

    def ranking(self, actor: Actor, now: datetime) -> Ranking:
        """What is asked for. Raises Denied, NotFound."""
        return ranking_for(
            actor, self.info.period, self.kind, now, order=self.order, area=self.area, role=self.role.value,
            version=self.version, known=self.info.closings,
        )  # fmt: skip


def ranking_asked(query: QueryDict, actor: Actor, now: datetime) -> tuple[RankingAsked, Sequence[PeriodInfo]]:
    """The ranking asked for, and the periods there are; the one that runs where none is asked for."""
    periods = periods_for(actor, now)
    of, post = query.get("of", ""), query.get("role", "")
    kind = Ranked(of) if of in set(Ranked) else Ranked.DEPARTMENTS
    role = Role(post) if post in POSTS else POSTS[0]
    order = query.get("order", "")[:40] or _DEFAULT_ORDER.get(kind, "")
    if not order:
        order = _ORDER_OF_ROLE.get(role, "score") if kind is Ranked.POSTS else "score"
    version, area = query.get("version", ""), query.get("area", "")
    return RankingAsked(
        kind, period_asked(query, periods), order, role,
        area if area.isascii() and area.isdigit() and len(area) <= 12 else "",
        int(version) if version.isascii() and version.isdigit() and len(version) < 5 else None,
    ), periods  # fmt: skip


def period_asked(query: QueryDict, periods: Sequence[PeriodInfo]) -> PeriodInfo:
    """The period of an address by its days; the one that runs for any other."""
    wanted = query.get("period", "")
    return next((one for one in periods if period_key(one) == wanted), periods[0])


def period_key(info: PeriodInfo) -> str:
    """By what an address names a period."""
    return f"{info.period.first.isoformat()}_{info.period.last.isoformat()}"


def period_words(info: PeriodInfo) -> str:
    """A period in words, with whether it is closed."""
    days = f"{info.period.first:%Y-%m-%d} — {info.period.last:%Y-%m-%d}"
    return f"{days} · {state_words(info)}"


def state_words(info: PeriodInfo) -> str:
    """Whether a period runs, waits to be closed, is closed, or was reopened."""
    if info.closed is not None:
        return _("已封账")
    if info.closings:
        return _("已重开")
    return _("待封账") if info.over else _("进行中")


def number_of(text: str) -> int | None:
    """A number of an address, None for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def day_of(text: str) -> date | None:
    """A day of an address, None for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
