"""What people talk about, as a file: every theme and every place, week by week."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from huying.kernel.cells import Cell
from huying.reports.queries.insight import gathered, last_day
from huying.reports.rules.themes import WEEKS
from huying.web.exporting.listed import Asked, Listed
from huying.web.reports.addresses import digits
from huying.web.taking import INSIGHT


def _heads(asked: Asked) -> Sequence[str]:
    last = last_day(asked.actor.district, asked.now)
    weeks = [last - timedelta(weeks=back, days=6) for back in range(WEEKS - 1, -1, -1)]
    said = [_("按什么"), _("名称"), _("近四周"), _("前四周"), _("增减"), _("去年同期")]
    return [*said, *(_("%(day)s 起一周") % {"day": one.isoformat()} for one in weeks)]


def _rows(asked: Asked) -> Iterator[Sequence[Cell]]:
    found = gathered(asked.actor, digits(asked.query.get("area", "")), asked.now)
    for by, named, every in (
        (_("事项"), found.item_name, found.told),
        (_("区域"), found.place_name, found.where),
    ):
        for one in every:
            verdict = _(one.verdict.zh)
            yield [by, named(one.key), one.now, one.before, verdict, one.year_before, *one.weeks]


LISTS: Final = (Listed(INSIGHT, _heads, _rows),)
