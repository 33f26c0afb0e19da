"""More lists of the house: units, precedents, what the knowledge base lacks, messages."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from huying.kernel.cells import Cell
from huying.knowledge.rules import GapKind
from huying.notices.queries import Delivery, MyNotice
from huying.places.queries import area_name
from huying.web.account.notices.pages import notices_asked
from huying.web.admin.bodies import bodies_asked
from huying.web.admin.precedents import precedents_asked
from huying.web.admin.texts.carriers import deliveries_asked
from huying.web.exporting.listed import Asked, Listed, at, backwards
from huying.web.knowledge.gaps import gaps_asked
from huying.web.taking import BODIES, DELIVERIES, GAPS, NOTICES, PRECEDENTS

_PAGE: Final = 500


def _body_heads(asked: Asked) -> Sequence[str]:
    return [_("代码"), _("全称"), _("简称"), _("类别"), _("区域代码"), _("管哪里"), _("启用"), _("停用")]


def _bodies(asked: Asked) -> Iterator[Sequence[Cell]]:
    district = asked.actor.district
    for one in bodies_asked(district, asked.query, asked.now):
        life = [day.isoformat() if day else "" for day in (one.active_from, one.active_to)]
        where = area_name(district, one.area)
        yield [one.code, one.name, one.short_name, _(one.kind.zh), one.area, where, *life]


def _precedent_heads(asked: Asked) -> Sequence[str]:
    return [
        _("事项代码"), _("事项"), _("条件"), _("区域代码"), _("区域"), _("归谁办"), _("依据"), _("案件编号"),
        _("裁定人"), _("裁定时间"), _("撤销时间"),
    ]  # fmt: skip


def _precedents(asked: Asked) -> Iterator[Sequence[Cell]]:
    for one in precedents_asked(asked.actor, asked.query, asked.now):
        held = one.precedent
        told: list[Cell] = [held.item, one.item, one.condition, held.area, one.area, one.body, held.grounds]
        yield [*told, held.case_number, held.ruled_by, at(held.valid_from), at(held.revoked_at)]


def _gap_heads(asked: Asked) -> Sequence[str]:
    return [_("问了什么"), _("坐席答复"), _("次数"), *(_(kind.zh) for kind in GapKind), _("最近一次")]


def _gaps(asked: Asked) -> Iterator[Sequence[Cell]]:
    for group in gaps_asked(asked.actor, asked.query):
        counts = [group.times_of(kind) for kind in GapKind]
        yield [group.words, group.reply, group.times, *counts, at(group.last)]


def _notice_heads(asked: Asked) -> Sequence[str]:
    return [_("时间"), _("什么事"), _("标题"), _("内容"), _("案件编号"), _("紧急"), _("读过")]


def _notices(asked: Asked) -> Iterator[Sequence[Cell]]:
    def page(before: int | None) -> Sequence[MyNotice]:
        return notices_asked(asked.actor, asked.query, before, _PAGE)

    for one in backwards(page, _PAGE):
        flags = [_("是") if flag else _("否") for flag in (one.urgent, one.read)]
        yield [at(one.at), _(one.occasion.zh), one.title, one.text, one.number, *flags]


def _delivery_heads(asked: Asked) -> Sequence[str]:
    return [
        _("时间"), _("方式"), _("状态"), _("什么事"), _("标题"), _("人员"), _("诉求人编号"), _("案件编号"),
        _("发出时间"), _("试了几次"), _("原因"),
    ]  # fmt: skip


def _deliveries(asked: Asked) -> Iterator[Sequence[Cell]]:
    def page(before: int | None) -> Sequence[Delivery]:
        return deliveries_asked(asked.actor, asked.query, before, _PAGE)

    for one in backwards(page, _PAGE):
        # As on the screen: whom among the callers by number alone, and not what was written to them.
        told: list[Cell] = [
            at(one.made_at),
            _(one.way.zh),
            _(one.state.zh),
            _(one.occasion.zh),
            one.title,
            one.to,
        ]
        yield [*told, one.caller_id or "", one.number, at(one.sent_at), one.tries, one.error]


LISTS: Final = (
    Listed(BODIES, _body_heads, _bodies),
    Listed(PRECEDENTS, _precedent_heads, _precedents),
    Listed(GAPS, _gap_heads, _gaps),
    Listed(NOTICES, _notice_heads, _notices),
    Listed(DELIVERIES, _delivery_heads, _deliveries),
)
