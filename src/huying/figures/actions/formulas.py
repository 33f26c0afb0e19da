"""Writing a district's own formulas; each is a further version and never changes what was ranked before."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connection, transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.figures.models import FormulaVersion
from huying.figures.rules.formulas import DEFAULTS, Formula, Unit
from huying.kernel.errors import Conflict, Denied, Invalid

# A number of its own among the advisory locks; the second half is the district.
_LOCK: Final = 7_203


@dataclass(frozen=True, slots=True)
class NewFormula:
    """A version to be written; it holds for every period that ends on ``valid_from`` or later."""

    code: str
    zh: str
    en: str
    numerator: str
    denominator: str
    valid_from: date
    unit: Unit = Unit.SHARE
    better: int = 1


def write_formula(by: Actor, new: NewFormula, now: datetime) -> int:
    """Keep the version and return its number; what says the same as the last one is no further version.

    Raises Denied; Invalid where it cannot be reckoned; Conflict where it would begin before an earlier version.
    """
    if not by.may_everywhere(Permission.CATALOGUE_EDIT):
        raise Denied
    if not new.code.isidentifier() or len(new.code) > 30:
        raise Invalid(fields={"code": "代码只能用字母、数字和下划线，最多 30 个字符。"})
    Formula(new.code, new.zh, new.en, new.numerator, new.denominator).check()
    with transaction.atomic():
        _in_turn(by.district)
        same = FormulaVersion.objects.filter(district=by.district, code=new.code)
        last = same.order_by("-version").first()
        if last is not None and new.valid_from < last.valid_from:
            raise Conflict("新版本的生效日期不能早于上一版。")
        if last is not None and new == _said(last):
            # Pressed twice it is one version.
            return last.version
        row = FormulaVersion.objects.create(
            district=by.district, code=new.code, version=last.version + 1 if last else 1, zh=new.zh, en=new.en,
            valid_from=new.valid_from, numerator=new.numerator, denominator=new.denominator,
            unit=new.unit.value, better=new.better, made_at=now, made_by=by.account_id,
        )  # fmt: skip
        _tell(by, new, row.version, now)
    return row.version


def _in_turn(district: int) -> None:
    """One version at a time: before the first there is no row that two could wait for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, district])


def _said(row: FormulaVersion) -> NewFormula:
    return NewFormula(
        row.code, row.zh, row.en, row.numerator, row.denominator, row.valid_from, Unit(row.unit), row.better
    )


def _tell(by: Actor, new: NewFormula, version: int, now: datetime) -> None:
    own = FormulaVersion.objects.filter(district=by.district, code=new.code, version=version - 1).first()
    former = own or next((one for one in DEFAULTS if one.code == new.code), None)
    before = {} if former is None else _words(former.zh, former.numerator, former.denominator)
    deed = Deed.CREATE if former is None else Deed.CHANGE
    after = {**_words(new.zh, new.numerator, new.denominator), "自统计期末": new.valid_from.isoformat()}
    note_change(by, NewChange(Subject.FORMULA, new.code, new.zh, deed, before, after), now)


def _words(name: str, numerator: str, denominator: str) -> dict[str, str]:
    return {"名称": name, "分子": numerator, "分母": denominator}
