"""What a campaign changed, by the cases that came in."""

from datetime import date, datetime, time, timedelta

from huying.cases.queries.lists.came import count_came
from huying.cases.queries.settings.calendars import calendar_of
from huying.places.queries import Level, areas
from huying.prevent.campaigns.queries.campaigns import CampaignView
from huying.prevent.campaigns.rules.effect import Counts

# Whole weeks, so that the same weekdays are compared.
_YEAR = timedelta(days=364)


def counts_of(district: int, view: CampaignView, today: date) -> Counts:
    """Cases of the campaign's items from its beginning until now or its end, here and in the streets without it, and in
    the same days of last year; four queries."""
    zone = calendar_of(district).zone
    last = min(today, view.line.due)
    first = datetime.combine(view.line.begins, time(), zone)
    until = datetime.combine(last + timedelta(days=1), time(), zone)
    streets = {code[:9] for code in view.areas}
    whole = any(len(code) < 9 for code in view.areas)
    others = [] if whole else [row.code for row in areas(district, Level.STREET) if row.code not in streets]

    def counted(codes: list[str], back: timedelta) -> int:
        return (
            count_came(district, first - back, until - back, view.items, codes)
            if codes and until > first
            else 0
        )

    here = list(view.areas)
    return Counts(
        counted(here, timedelta()), counted(here, _YEAR), counted(others, timedelta()), counted(others, _YEAR)
    )
