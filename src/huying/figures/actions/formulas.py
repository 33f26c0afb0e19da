"""Writing a district's own formulas; each is a further version and never changes what was ranked before."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.figures.models import FormulaVersion
from huying.figures.rules.formulas import Formula, Unit
from huying.kernel.errors import Conflict, Denied, Invalid


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
    """Keep the version and return its number.

    Raises Denied; Invalid where it cannot be reckoned; Conflict where it would begin before an earlier version.
    """
    if not by.may_everywhere(Permission.CATALOGUE_EDIT):
        raise Denied
    if not new.code.isidentifier() or len(new.code) > 30:
        raise Invalid(fields={"code": "代码只能用字母、数字和下划线，最多 30 个字符。"})
    Formula(new.code, new.zh, new.en, new.numerator, new.denominator).check()
    with transaction.atomic():
        same = FormulaVersion.objects.select_for_update().filter(district=by.district, code=new.code)
        last = same.order_by("-version").first()
        if last is not None and new.valid_from < last.valid_from:
            raise Conflict("新版本的生效日期不能早于上一版。")
        row = FormulaVersion.objects.create(
            district=by.district, code=new.code, version=last.version + 1 if last else 1, zh=new.zh, en=new.en,
            valid_from=new.valid_from, numerator=new.numerator, denominator=new.denominator,
            unit=new.unit.value, better=new.better, made_at=now, made_by=by.account_id,
        )  # fmt: skip
    return row.version
