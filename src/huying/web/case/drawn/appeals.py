"""What callers said: one matter may be said by hundreds."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from huying.cases.queries.page import AppealView
from huying.prevent.risk.rules.reading import signals
from huying.web.drawing import icon, moment, said

# Of hundreds who say the same, the first are read for danger as the page is drawn; all were when they came.
_HEARD: Final = 10


def appeal_list(callers: Sequence[Mapping[str, Any]], number: str) -> SafeString:
    """Each with ``appeal``, ``channel`` and ``kind`` in words, and ``may_unmask``; a sentence where nobody is left."""
    if not callers:
        return mark_safe(f'<p class="faint">{said(_("没有诉求人。"))}</p>')
    words = {name: said(text) for name, text in _words().items()}
    return mark_safe(
        "".join(_appeal(one, number, words, heard=at < _HEARD) for at, one in enumerate(callers))
    )


def _words() -> Mapping[str, str]:
    return {
        "receipt": _("回执号"), "gone": _("已撤回或已转出"), "erased": _("诉求人信息已依法删除"), "see": _("查看"),
        "whole": _("完整的诉求人信息"), "nobody": _("匿名"),
        "risk": _("风险提示"), "judge": _("说得对不对"),
    }  # fmt: skip


def _appeal(one: Mapping[str, Any], number: str, words: Mapping[str, str], *, heard: bool) -> str:
    appeal: AppealView = one["appeal"]
    kind = f" · {said(one['kind'])}" if one["kind"] else ""
    danger = _danger(appeal.text, number, words) if heard else ""
    gone = "" if appeal.active else f" · {words['gone']}"
    return (
        f'<article class="appeal{"" if appeal.active else " appeal-gone"}">\n'
        f'  <p class="keep appeal-text">{said(appeal.text)}</p>\n{_answers(appeal)}{danger}'
        f'  <p class="faint">{said(one["channel"])}{kind} · {moment(appeal.received_at)} · {words["receipt"]} '
        f'<span class="number">{said(appeal.receipt)}</span>{gone}</p>\n'
        f'  <p class="caller">{icon("person")}{_caller(appeal, number, words, may=one["may_unmask"])}</p>\n</article>'
    )


def _answers(appeal: AppealView) -> str:
    """What the caller was asked about the item, and said."""
    if not appeal.answers:
        return ""
    pairs = "".join(
        f'<dt>{said(asked)}</dt><dd class="keep">{said(told)}</dd>' for asked, told in appeal.answers
    )
    return f'  <dl class="facts">{pairs}</dl>\n'


def _danger(text: str, number: str, words: Mapping[str, str]) -> str:
    """What of danger the words speak of; a person decides what to do about it."""
    heard = signals(text)
    if not heard:
        return ""
    told = "；".join(f"{said(_(one.kind.zh))}“{said('”“'.join(one.words))}”" for one in heard)
    return (
        f'  <p class="risk-line">{icon("alert")}<strong>{words["risk"]}</strong> {told} '
        f'<a class="no-print" href="{reverse("risk:index")}?number={number}">{words["judge"]}</a></p>\n'
    )


def _caller(appeal: AppealView, number: str, words: Mapping[str, str], *, may: bool) -> str:
    caller = appeal.caller
    if caller is None:
        return words["nobody"]
    if caller.erased:
        return words["erased"]
    shown = f'<span>{said(caller.name) or "—"} <span class="number">{said(caller.phone)}</span></span>'
    if not may:
        return shown
    address = said(reverse("case:caller", args=[number, appeal.id]))
    return (
        f'{shown}<a class="button button-small button-quiet no-print" href="{address}">{words["see"]}'
        f'<span class="unseen">{words["whole"]}</span></a>'
    )
