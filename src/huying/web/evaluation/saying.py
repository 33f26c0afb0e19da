"""Indicators in words: their names, their values, their formulas."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huying.figures.rules import expressions
from huying.figures.rules.formulas import Figure, Formula, Unit
from huying.figures.rules.measures import Measure
from huying.web.present.formulas import spoken
from huying.web.remembering import per_language


def words_of(figure: Figure) -> str:
    """A figure as a board shows it; — where there is none."""
    if figure.value is None:
        return "—"
    match figure.formula.unit:
        case Unit.SHARE:
            return f"{figure.value * 100:.1f}%"
        case Unit.HOURS:
            return f"{figure.value:.1f}"
        case _:
            return f"{figure.value:.2f}"


def change_words(now: Figure, before: Figure | None) -> str:
    """By how much a figure differs from that of the period before; "" where one of them has no value."""
    if now.value is None or before is None or before.value is None:
        return ""
    share = now.formula.unit is Unit.SHARE
    by = round((now.value - before.value) * (100 if share else 1), 1 if share else 2)
    if not by:
        return _("持平")
    sign, size = "+" if by > 0 else "−", abs(by)
    return f"{sign}{size:.1f}" if share or now.formula.unit is Unit.HOURS else f"{sign}{size:.2f}"


def name_of(formula: Formula) -> str:
    """An indicator's name in the reader's language."""
    return formula.en if get_language() == "en" else formula.zh


@per_language
def divided(formula: Formula) -> str:
    """A whole indicator as it is reckoned, with the brackets that a division of sums needs."""
    above, below = formula.numerator, formula.denominator
    upper = f"({spoken(above)})" if expressions.is_sum(above) else spoken(above)
    lower = spoken(below) if expressions.is_single(below) else f"({spoken(below)})"
    return f"{upper} ÷ {lower}"


def unspoken(text: str) -> str:
    """A formula as a person writes it, in measures' names of the reader's language or Chinese, as it is kept."""
    names = {name: one.value for one in Measure for name in (one.zh, _(one.zh))}
    kept = text.replace("×", "*").replace("−", "-").replace("（", "(").replace("）", ")")
    for name in sorted(names, key=len, reverse=True):
        kept = kept.replace(name.replace("（", "(").replace("）", ")"), f" {names[name]} ")
    return " ".join(kept.split())
