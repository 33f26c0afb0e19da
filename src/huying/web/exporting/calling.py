"""Lists of calls to the spot and of promises."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from huying.cases.queries.desks.calls import calls_for
from huying.cases.queries.desks.promises import promises_for
from huying.catalogue.queries.situations import situations, situations_for
from huying.kernel.cells import Cell
from huying.places.queries import area_name
from huying.web.admin.settings.situations import duty_words
from huying.web.calling.promises import asked as promises_asked
from huying.web.exporting.cases import cells, heads
from huying.web.exporting.listed import Asked, Listed, at, backwards, paged
from huying.web.oversight.asked import digits, within
from huying.web.present.promises import due_words
from huying.web.taking import CALLS, PROMISES, SITUATIONS

_PAGE: Final = 500


def _call_heads(asked: Asked) -> Sequence[str]:
    return [
        _("启动情形"), _("呼叫事由"), _("呼叫方"), _("人员"), _("呼叫时间"), _("结束时间"), _("单位"), _("应答时间"),
        _("报到时间"), *heads(asked),
    ]  # fmt: skip


def _calls(asked: Asked) -> Iterator[Sequence[Cell]]:
    district = asked.actor.district
    names = {line.code: line.name for line in situations(district)}
    under_way, area = asked.query.get("of") != "over", within(digits(asked.query.get("area", "")))

    def page(before: int | None) -> Sequence[object]:
        return calls_for(
            asked.actor, asked.now, under_way=under_way, area=area, before=before or 0, limit=_PAGE
        )

    for one in backwards(page, _PAGE):
        of = [
            names.get(one.situation, ""), one.demand, area_name(district, one.area), one.by, at(one.called_at),
            at(one.ended_at),
        ]  # fmt: skip
        for body in one.called:
            yield [*of, body.name, at(body.answered_at), at(body.arrived_at), *cells(one.line)]


def _promise_heads(asked: Asked) -> Sequence[str]:
    return [
        _("承诺"), _("类别"), _("单位"), _("状态"), _("期限"), _("到期时间"), _("作出时间"), _("报告兑现"),
        _("记为没有兑现"), *heads(asked),
    ]  # fmt: skip


def _promises(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted = promises_asked(asked.query)
    for one in paged(lambda after: promises_for(asked.actor, asked.now, wanted, after, _PAGE)):
        yield [
            one.words, _(one.kind.zh), one.body_name, _(one.state.zh), due_words(one.season, one.until), at(one.until),
            at(one.made_at), at(one.kept_at), at(one.broken_at), *cells(one.line),
        ]  # fmt: skip


def _situation_heads(asked: Asked) -> Sequence[str]:
    return [_("编号"), _("类别"), _("情形"), _("何时启动"), _("谁牵头"), _("谁到场"), _("谁兜底")]


def _situations(asked: Asked) -> Iterator[Sequence[Cell]]:
    word = asked.query.get("q", "").strip()[:40]
    for line in situations_for(asked.actor):
        if any(word in text for text in (line.code, line.kind, line.name, line.when)):
            duties = "、".join(map(duty_words, line.assisting))
            last = duty_words(line.fallback) if line.fallback else ""
            yield [line.code, line.kind, line.name, line.when, duty_words(line.lead), duties, last]


LISTS: Final = (
    Listed(CALLS, _call_heads, _calls),
    Listed(PROMISES, _promise_heads, _promises),
    Listed(SITUATIONS, _situation_heads, _situations),
)
