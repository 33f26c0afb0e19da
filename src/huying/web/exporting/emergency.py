"""Emergencies as files: the cards, who was alerted for one, who is registered; phones masked."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from huying.emergency.queries import CardLine, card_for, cards_for, plans_of, responders_for
from huying.kernel.cells import Cell
from huying.kernel.errors import NotFound
from huying.places.queries import area_name
from huying.web.admin.asked import number_of
from huying.web.emergency.cards import wanted_of
from huying.web.emergency.people.listing import after_of, cursor_of, lines_of
from huying.web.emergency.people.listing import wanted_of as people_wanted
from huying.web.emergency.words import answer_chip
from huying.web.exporting.listed import Asked, Listed, at, backwards, paged
from huying.web.taking import ALERTED, EMERGENCIES, RESPONDERS

_STEP: Final = 500


def _card_heads(asked: Asked) -> Sequence[str]:
    return [
        _("应急卡"), _("案件编号"), _("种类"), _("情况"), _("区域代码"), _("区域"), _("地点"), _("报警时间"),
        _("报警人"), _("来源"), _("告警人数"), _("能去人数"), _("到场人数"), _("首个答应（秒）"), _("首个到场（秒）"),
        _("转值班"), _("指挥"), _("解除时间"), _("解除原因"),
    ]  # fmt: skip


def _cards(asked: Asked) -> Iterator[Sequence[Cell]]:
    names = {plan.code: _(plan.name) for plan in plans_of(asked.actor.district, ended=True)}
    wanted = wanted_of(asked.query)

    def page(before: int | None) -> list[CardLine]:
        return cards_for(asked.actor, wanted, before=before, limit=_STEP)

    for one in backwards(page, _STEP):
        yield [
            one.id, one.number, names.get(one.kind, one.name), one.words, one.area,
            area_name(asked.actor.district, one.area), one.place_text, at(one.opened_at), one.opened_by,
            _(one.source.zh), one.alerted, one.accepted, one.arrived, one.first_yes, one.first_there,
            _("是") if one.handed else "", one.taken_by, at(one.over_at), one.over_words,
        ]  # fmt: skip


def _alerted_heads(asked: Asked) -> Sequence[str]:
    return [
        _("圈"), _("姓名"), _("类型"), _("距离（米）"), _("位置"), _("告警时间"), _("答复"), _("答复用时（秒）"),
        _("代记"), _("到场用时（秒）"),
    ]  # fmt: skip


def _alerted(asked: Asked) -> Iterator[Sequence[Cell]]:
    number = number_of(asked.query.get("card", ""))
    if number is None:
        raise NotFound
    card = card_for(asked.actor, number)
    for row in card.alerts:
        where = _("本人报的位置") if row.reported else _("登记的位置")
        yield [
            row.ring, row.name, _(row.kind.zh), row.metres, where, f"{row.alerted_at.isoformat(timespec='seconds')}",
            answer_chip(row, card.line.open).text, row.seconds, row.answered_by, row.there,
        ]  # fmt: skip


def _people_heads(asked: Asked) -> Sequence[str]:
    return [
        _("类型"), _("名称"), _("电话"), _("技能"), _("负责人"), _("区域代码"), _("区域"), _("地址"), _("经度"),
        _("纬度"), _("日子"), _("时段"), _("按值班表"), _("暂不接警自"), _("退出时间"),
    ]  # fmt: skip


def _people(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted = people_wanted(asked.query)

    def page(after: str) -> tuple[Sequence[object], str]:
        found = responders_for(asked.actor, wanted, asked.now, after=after_of(after), limit=_STEP)
        return lines_of(asked.actor, found), cursor_of(found[-1]) if len(found) == _STEP else ""

    for line in paged(page):
        row = line.row
        yield [
            _(row.kind.zh), row.name, row.phone, line.skills, row.contact, row.area, line.where, row.place_text,
            row.lon, row.lat, line.days, line.hours, _("是") if row.on_roster else "", at(row.rests_since),
            at(row.left_at),
        ]  # fmt: skip


LISTS: Final = (
    Listed(EMERGENCIES, _card_heads, _cards),
    Listed(ALERTED, _alerted_heads, _alerted),
    Listed(RESPONDERS, _people_heads, _people),
)
