"""Rules of assessment that a district keeps in versions, each from a day on, and how each is read and told."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from huying.figures.rules.matters import Sheet, sheet_of
from huying.figures.rules.ranking import Threshold
from huying.figures.rules.schemes import Scheme
from huying.kernel.errors import Invalid
from huying.kernel.terms import Term

Rule = Scheme | Threshold | Sheet


class RuleKind(Term):
    """What a rule is about."""

    PERIOD = "period", "考核周期"
    RANKING = "ranking", "排名最少件数"
    MATTER = "matter", "一事一考核"


def read(kind: RuleKind, said: Mapping[str, Any], version: int, valid_from: date) -> Rule:
    """A rule as it is kept. Raises Invalid where it says what cannot be."""
    return _READERS[kind](said, version, valid_from)


def said_of(rule: Rule) -> dict[str, Any]:
    """What a rule says, as it is kept."""
    match rule:
        case Scheme():
            return {"first_day": rule.first_day}
        case Threshold():
            return {"least": rule.least}
        case _:
            lines = [
                {
                    "code": one.code, "zh": one.zh, "en": one.en, "points": one.points, "least": one.least,
                    "most": one.most,
                }
                for one in rule.lines
            ]  # fmt: skip
            return {"lines": lines}


def kind_of(rule: Rule) -> RuleKind:
    """What the rule is about."""
    match rule:
        case Scheme():
            return RuleKind.PERIOD
        case Threshold():
            return RuleKind.RANKING
        case _:
            return RuleKind.MATTER


def words_of(rule: Rule) -> dict[str, str]:
    """A rule by Chinese names of its parts, for the record of changes."""
    match rule:
        case Scheme():
            return {"每期起始日": str(rule.first_day)}
        case Threshold():
            return {"排名最少件数": str(rule.least)}
        case _:
            return {one.zh: f"{one.points}（{one.least} 到 {one.most} 分）" for one in rule.lines}


def _sheet(said: Mapping[str, Any], version: int, valid_from: date) -> Sheet:
    try:
        sheet = sheet_of(said, version, valid_from)
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid("评分项没有填全，分值应为整数。") from error
    sheet.check()
    return sheet


_READERS: Final[Mapping[RuleKind, Callable[[Mapping[str, Any], int, date], Rule]]] = {
    RuleKind.PERIOD: lambda said, version, since: Scheme(int(said["first_day"]), version, since),
    RuleKind.RANKING: lambda said, version, since: Threshold(int(said["least"]), version, since),
    RuleKind.MATTER: _sheet,
}
