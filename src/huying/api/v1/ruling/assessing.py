"""考核规则: when periods end, how much must be judged for a rank, and the sheet by which each case is scored."""

from datetime import date
from typing import Annotated, Any, Final

from django.utils.translation import gettext_noop
from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.members import Body
from huying.api.v1.asking import SomeDay
from huying.api.v1.interface import AskedRequest, Malformed, must
from huying.api.v1.shapes import Problem
from huying.figures.actions import write_rule
from huying.figures.queries import RuleInfo, rule_versions_for
from huying.figures.rules.matters import STANDARD, ScoreLine, Sheet
from huying.figures.rules.ranking import PLAIN, Threshold
from huying.figures.rules.schemes import NATURAL, Scheme
from huying.figures.rules.versions import Rule, RuleKind, kind_of, said_of
from huying.kernel.errors import Invalid, NotFound

router = Router(tags=["时限与规则"])
_PLATFORMS: Final[tuple[Rule, ...]] = (NATURAL, PLAIN, STANDARD)
_ABOUT: Final = {RuleKind.PERIOD: "first_day", RuleKind.RANKING: "least", RuleKind.MATTER: "lines"}
_NOT_THIS: Final = gettext_noop("这一种规则没有这一项。")


class ScoreLineGiven(Body):
    """One line of the sheet by which a case is scored."""

    code: str = Field(min_length=1, max_length=30, examples=["solved"])
    zh: str = Field(min_length=1, max_length=30, examples=["解决"])
    en: str = Field(min_length=1, max_length=60, examples=["Solved"])
    points: str = Field(
        min_length=1, max_length=400, description="几分，写统计项的代码", examples=["100 * solved"]
    )
    least: int = Field(ge=-100, le=100, description="最低几分", examples=[0])
    most: int = Field(ge=-100, le=100, description="最高几分", examples=[100])


class AssessmentRuleGiven(Body):
    """A further version: of the three the one that the rule's kind is about."""

    since: SomeDay = Field(description="从哪天起", examples=["2099-01-01"])
    first_day: int | None = Field(None, ge=1, le=28, description="period：每期从几号起", examples=[None])
    least: int | None = Field(None, ge=1, le=1000, description="ranking：不足几件不排名", examples=[5])
    lines: list[ScoreLineGiven] | None = Field(
        None, min_length=1, max_length=15, description="matter：评分项，最高分加起来 100", examples=[None]
    )


class AssessmentRule(Schema):
    """A rule of assessment as it says itself."""

    kind: str = Field(
        description="period 考核周期，ranking 排名最少件数，matter 一事一考核", examples=["ranking"]
    )
    name: str = Field(examples=["排名最少件数"])
    version: int = Field(description="0 为平台默认")
    since: date | None
    said: dict[str, Any] = Field(description="first_day、least 或 lines", examples=[{"least": 5}])


class AssessmentRuleVersion(AssessmentRule):
    """One version of a rule."""


@router.get("/assessment-rules", response=page_of("rules", AssessmentRule), summary="考核规则")
def listed(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Each rule in its last version, which may hold from a day to come."""
    must(request.actor, Permission.FIGURE_READ)
    rows, after = cut([_newest(request, kind) for kind in RuleKind], turn, lambda row: row["kind"])
    return {"rules": rows, "after": after}


@router.get("/assessment-rules/{kind}", response=AssessmentRule, summary="一项考核规则")
def one(request: AskedRequest, kind: str) -> dict[str, Any]:
    """A rule in its last version."""
    must(request.actor, Permission.FIGURE_READ)
    return _newest(request, _known(kind))


@router.get(
    "/assessment-rules/{kind}/versions",
    response=page_of("versions", AssessmentRuleVersion),
    summary="考核规则的各版",
)
def versions(request: AskedRequest, kind: str, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """The district's own versions, the newest first."""
    must(request.actor, Permission.FIGURE_READ)
    found: list[RuleInfo] = rule_versions_for(request.actor, _known(kind))
    rows, after = cut(found, turn, lambda row: row.rule.version)
    return {"versions": [_told(row.rule) for row in rows], "after": after}


@router.put("/assessment-rules/{kind}", response={200: AssessmentRule, 409: Problem}, summary="改考核规则")
def written(request: AskedRequest, kind: str, given: AssessmentRuleGiven) -> dict[str, Any]:
    """A further version from a day on; what says the same is none, and days that are closed are not cut otherwise."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    write_rule(request.actor, _new(_known(kind), given), request.now)
    return _newest(request, _known(kind))


def _new(kind: RuleKind, given: AssessmentRuleGiven) -> Rule:
    """The rule that the body says. Raises Invalid where it says another kind's, or nothing."""
    said = {"first_day": given.first_day, "least": given.least, "lines": given.lines}
    wrong = {name: _NOT_THIS for name, value in said.items() if value is not None and name != _ABOUT[kind]}
    if said[_ABOUT[kind]] is None:
        wrong[_ABOUT[kind]] = Malformed.MISSING.zh
    if wrong:
        raise Invalid(fields=wrong)
    match kind:
        case RuleKind.PERIOD:
            return Scheme(given.first_day or 0, valid_from=given.since)
        case RuleKind.RANKING:
            return Threshold(given.least or 0, valid_from=given.since)
        case _:
            lines = [
                ScoreLine(one.code, one.zh, one.en, one.points, one.least, one.most)
                for one in given.lines or ()
            ]
            return Sheet(lines, valid_from=given.since)


def _known(kind: str) -> RuleKind:
    if kind not in set(RuleKind):
        raise NotFound
    return RuleKind(kind)


def _newest(request: AskedRequest, kind: RuleKind) -> dict[str, Any]:
    held = rule_versions_for(request.actor, kind)
    return _told(held[0].rule if held else next(one for one in _PLATFORMS if kind_of(one) is kind))


def _told(rule: Rule) -> dict[str, Any]:
    kind = kind_of(rule)
    return {
        "kind": kind.value, "name": kind.zh, "version": rule.version,
        "since": rule.valid_from if rule.version else None, "said": said_of(rule),
    }  # fmt: skip
