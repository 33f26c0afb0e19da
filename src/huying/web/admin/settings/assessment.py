"""考核规则: when periods end, how much must be judged for a rank, and the sheet by which each case is scored."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.figures.actions import write_rule
from huying.figures.queries import RuleInfo, rule_versions_for
from huying.figures.rules.matters import STANDARD, ScoreLine, Sheet
from huying.figures.rules.measures import Measure
from huying.figures.rules.ranking import PLAIN, Threshold
from huying.figures.rules.schemes import NATURAL, Scheme
from huying.figures.rules.versions import Rule, RuleKind
from huying.kernel.errors import HuyingError, Invalid
from huying.kernel.saying import together, worded
from huying.people.queries import account_names
from huying.web.admin.annals import beside
from huying.web.admin.settings.reading import whole_of
from huying.web.evaluation.saying import unspoken
from huying.web.guard import StaffRequest, guarded
from huying.web.present.formulas import spoken

_FIELDS: Final = ("code", "zh", "en", "points", "least", "most")
_SPARE: Final = 2
_PLATFORMS: Final[Mapping[RuleKind, Rule]] = {
    RuleKind.PERIOD: NATURAL,
    RuleKind.RANKING: PLAIN,
    RuleKind.MATTER: STANDARD,
}


@guarded(P.CATALOGUE_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """Each rule as it holds, its versions, and the form of a further one; a refusal keeps what was typed."""
    wrong: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        kind = _kind(request.POST)
        try:
            number = write_rule(request.actor, _said(kind, request.POST), request.now)
        except HuyingError as error:
            said = together([*error.fields.values()], " ") or error.message
            wrong, status = {kind.value: worded(said, _)}, error.status
        else:
            messages.success(request, _("第 %(n)d 版已保存。") % {"n": number})
            return redirect("admin:assessment")
    held = {kind: rule_versions_for(request.actor, kind) for kind in RuleKind}
    names = account_names(info.made_by for infos in held.values() for info in infos if info.made_by)
    context = {
        "tab": "assessment",
        "today": timezone.localdate(request.now).isoformat(),
        "rules": [_rule(kind, held[kind], names, request, wrong.get(kind.value, "")) for kind in RuleKind],
        "measures": [_(one.zh) for one in Measure],
        "changes": beside(request, Subject.FORMULA, limit=30),
    }
    return render(request, "admin/settings/assessment.html", context, status=status)


def _kind(said: QueryDict) -> RuleKind:
    """Which form was sent, by what it asks."""
    if "points" in said:
        return RuleKind.MATTER
    return RuleKind.PERIOD if "first_day" in said else RuleKind.RANKING


def _said(kind: RuleKind, said: QueryDict) -> Rule:
    """The rule that a form says. Raises Invalid."""
    try:
        since = date.fromisoformat(said.get("since", ""))
    except ValueError as error:
        raise Invalid("请选从哪天起。") from error
    if kind is RuleKind.PERIOD:
        return Scheme(whole_of(said.get("first_day", "")), valid_from=since)
    if kind is RuleKind.RANKING:
        return Threshold(whole_of(said.get("least", "")), valid_from=since)
    return Sheet([_line(typed) for typed in _typed(said) if typed["zh"].strip()], valid_from=since)


def _line(typed: Mapping[str, str]) -> ScoreLine:
    points, least, most = unspoken(typed["points"]), whole_of(typed["least"]), whole_of(typed["most"])
    return ScoreLine(typed["code"].strip(), typed["zh"].strip(), typed["en"].strip(), points, least, most)


def _typed(said: QueryDict) -> Sequence[Mapping[str, str]]:
    rows = zip(*(said.getlist(name) for name in _FIELDS), strict=False)
    return [dict(zip(_FIELDS, row, strict=True)) for row in rows]


def _rule(
    kind: RuleKind, held: Sequence[RuleInfo], names: Mapping[int, str], request: StaffRequest, wrong: str
) -> dict[str, Any]:
    newest = held[0].rule if held else _PLATFORMS[kind]
    typed = request.POST if wrong else None
    since = max(timezone.localdate(request.now), newest.valid_from).isoformat()
    return {
        "kind": kind.value,
        "name": _(kind.zh),
        "wrong": wrong,
        "since": typed.get("since", since) if typed else since,
        "versions": [
            {"rule": one.rule, "at": one.made_at, "by": names.get(one.made_by or 0, ""), "words": _words(one.rule)}
            for one in held
        ],
        "value": typed.get("first_day", typed.get("least", "")) if typed else _value(newest),
        "lines": (_typed(typed) if typed else _lines(newest)) if kind is RuleKind.MATTER else [],
    }  # fmt: skip


def _value(rule: Rule) -> str:
    match rule:
        case Scheme():
            return str(rule.first_day)
        case Threshold():
            return str(rule.least)
        case _:
            return ""


def _lines(rule: Rule) -> Sequence[Mapping[str, str]]:
    lines = rule.lines if isinstance(rule, Sheet) else ()
    told = [
        {"code": one.code, "zh": one.zh, "en": one.en, "points": spoken(one.points), "least": str(one.least),
         "most": str(one.most)}
        for one in lines
    ]  # fmt: skip
    return [*told, *({name: "" for name in _FIELDS} for _spare in range(_SPARE))]


def _words(rule: Rule) -> str:
    match rule:
        case Scheme(first_day=1):
            return _("自然月")
        case Scheme(first_day=day):
            return _("每月 %(a)d 日到次月 %(b)d 日") % {"a": day, "b": day - 1}
        case Threshold(least=least):
            return _("不足 %(n)d 件不排名") % {"n": least}
        case _:
            english = get_language() == "en"
            return "；".join(f"{one.en if english else one.zh} {one.least}～{one.most}" for one in rule.lines)
