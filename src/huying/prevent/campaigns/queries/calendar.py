"""The season's calendar of a district, and what of it is to be begun now."""

from collections.abc import Sequence
from datetime import date

from huying.prevent.campaigns.models import Campaign
from huying.prevent.campaigns.models import Season as Row
from huying.prevent.campaigns.rules.season import Coming, Festival, Season, coming


def seasons(district: int) -> list[Season]:
    """The lines in force, by code; one query."""
    return [_season(row) for row in Row.objects.filter(district=district, ended_at=None).order_by("code")]


def season_of(district: int, code: str) -> Season | None:
    """The line of this code in force."""
    return next((one for one in seasons(district) if one.code == code), None)


def proposals(district: int, today: date) -> Sequence[Coming]:
    """What the calendar proposes today and nobody has begun for this year; two queries."""
    found = coming(seasons(district), today)
    begun = set(
        Campaign.objects.filter(district=district, season__in=[one.season.code for one in found])
        .values_list("season", "begins")
    )  # fmt: skip
    return [
        one for one in found
        if not any(code == one.season.code and one.proposed <= begins <= one.last for code, begins in begun)
    ]  # fmt: skip


def _season(row: Row) -> Season:
    return Season(
        row.code, row.name, Festival(row.festival) if row.festival else None, row.first, row.last, row.weeks_before,
        tuple(row.items), tuple(row.areas), row.lead, row.task,
    )  # fmt: skip
