"""The measures of a report in other words: a further version; its numbers and sentences stay as they were written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from huying.access.actor import Actor
from huying.kernel.errors import Conflict, Invalid, NotFound, StaleVersion
from huying.kernel.saying import said
from huying.reports.actions.awaiting import await_signature
from huying.reports.actions.writing import LANGUAGES, next_number
from huying.reports.models import Report, Signing
from huying.reports.policy import must_see, must_word
from huying.reports.rules.doc import Json, clean
from huying.reports.rules.kinds import Origin

MOST: Final = 12
_LONGEST: Final = {"who": 60, "what": 300}


@dataclass(frozen=True, slots=True)
class Worded:
    """A measure as somebody words it. ``of``: its place among the measures of the version; None: a new one."""

    who: str
    what: str
    by: date | None
    of: int | None = None


@transaction.atomic
def put_words(by: Actor, number: int, worded: Sequence[Worded], language: str, now: datetime) -> int:
    """Write the measures of a version in other words, as a further version; its id, the same where nothing changed.

    What is typed is shown in every language, for nobody translates it. Raises NotFound, Denied; Invalid (fields named);
    Conflict for a signed report; StaleVersion where a further version stands beside it.
    """
    report = Report.objects.select_for_update().filter(district=by.district, pk=number).first()
    if report is None:
        raise NotFound
    must_see(by, report.area)
    must_word(by, report.area)
    _check(worded)
    if Signing.objects.filter(report=report).exists():
        raise Conflict("这份报告已经签发，文字不能再改。可以重新生成一版。")
    same = {"district": report.district, "kind": report.kind, "area": report.area, "first": report.first}
    if next_number(same) != report.number + 1:
        raise StaleVersion("您打开之后有人改过这份报告，请打开最新的一版再改。")
    measures = [_measure(one, report.measures, language) for one in worded]
    if measures == report.measures:
        return report.pk
    made = Report.objects.create(
        **same, last=report.last, number=report.number + 1, origin=Origin.WORDS.value, area_name=report.area_name,
        unit=report.unit, text=report.text, measures=measures, numbers=report.numbers, made_at=now, made_by=by.name[:60],
        account_id=by.account_id,
    )  # fmt: skip
    await_signature(made, now)
    return made.pk


def _check(worded: Sequence[Worded]) -> None:
    if len(worded) > MOST:
        raise Invalid(said("措施最多 %(n)s 条。", n=MOST))
    wrong: dict[str, str] = {}
    for place, one in enumerate(worded):
        for name, most in _LONGEST.items():
            text = getattr(one, name).strip()
            if not text:
                wrong[f"{name}-{place}"] = said("不能为空。")
            elif len(text) > most:
                wrong[f"{name}-{place}"] = said("最多 %(n)s 字。", n=most)
        if one.by is None:
            wrong[f"by-{place}"] = said("请选日期。")
    if wrong:
        raise Invalid("措施没有写全：谁、做什么、什么时候，都要写。", fields=wrong)


def _measure(one: Worded, before: Sequence[Json], language: str) -> Json:
    former = before[one.of] if one.of is not None and 0 <= one.of < len(before) else None
    what: Mapping[str, str] = dict.fromkeys(LANGUAGES, clean(one.what.strip()))
    if former is not None and former["what"][language] == one.what.strip():
        what = former["what"]
    return {
        "who": clean(one.who.strip()),
        "what": dict(what),
        "by": str(one.by),
        "aim": former["aim"] if former else None,
    }
