"""Lists of the house itself: the audit, people, areas, articles, the responsibility list."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from huying.annals.queries import ChangeInfo, changes_for
from huying.catalogue.queries import content_for, editions_for
from huying.catalogue.rules.sheets.columns import CONDITION_COLUMNS, ITEM_COLUMNS
from huying.erasure.queries import ErasureInfo, erasures_for
from huying.kernel.cells import Cell
from huying.kernel.numbers import case_number
from huying.knowledge.queries import ArticleInfo, articles_for, ending_for
from huying.people.queries import (
    AccountInfo,
    SignInInfo,
    ViewingInfo,
    accounts_for,
    posts_held,
    sign_ins_for,
    viewings_for,
)
from huying.places.queries import Level, area_name, area_path, areas
from huying.web.admin.annals import Part, told
from huying.web.admin.asked import audit_of, changes_of, sign_ins_of
from huying.web.admin.people.asking import accounts_asked
from huying.web.exporting.listed import Asked, Listed, at, backwards, paged
from huying.web.knowledge.asked import article_filter
from huying.web.knowledge.showing import owner
from huying.web.taking import ACCOUNTS, AREAS, ARTICLES, AUDIT, CHANGES, ENDING, ERASURES, ITEMS, SIGN_INS

_PAGE: Final = 500


def _audit_heads(asked: Asked) -> Sequence[str]:
    return [_("时间"), _("人员"), _("方式"), _("看了什么"), _("诉求人编号"), _("案件编号"), _("原因")]


def _audit(asked: Asked) -> Iterator[Sequence[Cell]]:
    narrowed = audit_of(asked.query)

    def page(after: str) -> tuple[Sequence[ViewingInfo], str]:
        found = viewings_for(asked.actor, **narrowed, before=int(after) if after else None, limit=_PAGE)
        return found, str(found[-1].id) if len(found) == _PAGE else ""

    for one in paged(page):
        number = case_number(asked.actor.district, one.case_id) if one.case_id else ""
        yield [at(one.at), one.actor_name, _(one.kind.zh), one.what, one.caller_id, number, one.reason]


def _change_heads(asked: Asked) -> Sequence[str]:
    return [
        _("时间"),
        _("人员"),
        _("哪一类"),
        _("对象"),
        _("做了什么"),
        _("哪一项"),
        _("原来"),
        _("现在"),
        _("何时起"),
    ]


def _changes(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted = changes_of(asked.query)

    def page(after: str) -> tuple[Sequence[ChangeInfo], str]:
        found = changes_for(asked.actor, wanted, int(after) if after else None, _PAGE)
        return found, str(found[-1].id) if len(found) == _PAGE else ""

    for one in paged(page):
        (change,) = told([one])
        head = [at(change.at), change.who, change.subject, change.name, change.deed]
        for part in change.parts or [Part("", "", "")]:
            yield [*head, part.name, part.before, part.after, at(change.holds_from)]


def _sign_in_heads(asked: Asked) -> Sequence[str]:
    return [_("时间"), _("人员"), _("登录名"), _("结果"), _("地址")]


def _sign_ins(asked: Asked) -> Iterator[Sequence[Cell]]:
    narrowed = sign_ins_of(asked.query)

    def page(after: str) -> tuple[Sequence[SignInInfo], str]:
        found = sign_ins_for(asked.actor, **narrowed, before=int(after) if after else None, limit=_PAGE)
        return found, str(found[-1].id) if len(found) == _PAGE else ""

    for one in paged(page):
        yield [at(one.at), one.name, one.login, _(one.outcome.zh), one.address]


def _erasure_heads(asked: Asked) -> Sequence[str]:
    return [_("时间"), _("人员"), _("删多少"), _("依据"), _("理由"), _("案件编号"), _("删了什么")]


def _erasures(asked: Asked) -> Iterator[Sequence[Cell]]:
    def page(before: int | None) -> Sequence[ErasureInfo]:
        return erasures_for(asked.actor, before, _PAGE)

    for one in backwards(page, _PAGE):
        numbers = "、".join(case_number(asked.actor.district, case_id) for case_id in one.cases)
        gone = "；".join(f"{_(kind.zh)} {count}" for kind, count in one.counts.items())
        yield [at(one.at), one.actor_name, _(one.scope.zh), _(one.basis.zh), one.reason, numbers, gone]


def _account_heads(asked: Asked) -> Sequence[str]:
    return [_("姓名"), _("登录名"), _("电话"), _("状态"), _("最近登录"), _("岗位")]


def _accounts(asked: Asked) -> Iterator[Sequence[Cell]]:
    narrowed = accounts_asked(asked.query, asked.now)

    def page(after: str) -> tuple[Sequence[tuple[AccountInfo, str]], str]:
        rows = accounts_for(asked.actor, after=int(after or 0), limit=_PAGE, **narrowed)
        held = posts_held([one.id for one in rows], asked.now)
        told = [
            "；".join(
                " ".join(
                    filter(
                        None, [_(post.role.zh), area_name(asked.actor.district, post.area), post.body_name]
                    )
                )
                for post in held[one.id]
            )
            for one in rows
        ]
        return list(zip(rows, told, strict=True)), str(rows[-1].id) if len(rows) == _PAGE else ""

    for one, posts in paged(page):
        standing = _("在用") if one.active else _("已停用")
        yield [one.name, one.login, one.phone, standing, at(one.last_login), posts]


def _area_heads(asked: Asked) -> Sequence[str]:
    return [_("代码"), _("级别"), _("名称"), _("全称"), _("上级代码"), _("经度"), _("纬度"), _("已画边界")]


def _areas(asked: Asked) -> Iterator[Sequence[Cell]]:
    district, within = asked.actor.district, asked.query.get("in", "")
    for level in (Level.STREET, Level.COMMUNITY, Level.GRID):
        for one in areas(district, level):
            if one.code.startswith(within):
                whole = " ".join(area_path(district, one.code))
                drawn = _("是") if one.outline is not None else _("否")
                yield [one.code, _(level.zh), one.name, whole, one.parent_code, one.lon, one.lat, drawn]


def _article_heads(asked: Asked) -> Sequence[str]:
    return [
        _("编号"), _("问题"), _("答复"), _("关键词"), _("事项代码"), _("责任单位"), _("生效"), _("到期"), _("状态"),
        _("修改时间"), _("修改人"),
    ]  # fmt: skip


def _articles(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted = article_filter(asked.actor.district, asked.query, asked.now)

    def page(after: str) -> tuple[Sequence[ArticleInfo], str]:
        found = articles_for(asked.actor, wanted, asked.now, after, _PAGE)
        return found.articles, found.after

    return (_article(asked, one) for one in paged(page))


def _ending(asked: Asked) -> Iterator[Sequence[Cell]]:
    return (_article(asked, one) for one in ending_for(asked.actor, asked.now))


def _article(asked: Asked, one: ArticleInfo) -> Sequence[Cell]:
    whose = owner(asked.actor.district, one.body_id)
    until = one.valid_until.isoformat() if one.valid_until else ""
    told: list[Cell] = [one.id, one.question, one.answer, " ".join(one.keywords), one.item, whose]
    held = [one.valid_from.isoformat(), until, _(one.standing.zh), at(one.changed_at), one.changed_by]
    return [*told, *held]


def _item_heads(asked: Asked) -> Sequence[str]:
    return [column.heading for column in (*ITEM_COLUMNS, *CONDITION_COLUMNS)]


def _items(asked: Asked) -> Iterator[Sequence[Cell]]:
    """The edition of the address, else the newest, a row for each condition."""
    told = asked.query.get("edition", "")
    number = int(told) if told.isascii() and told.isdigit() and len(told) < 9 else 0
    number = number or max((one.number for one in editions_for(asked.actor)), default=0)
    for line in content_for(asked.actor, number).items if number else ():
        head = [column.write(getattr(line, column.field)) for column in ITEM_COLUMNS]
        for condition in line.conditions or (None,):
            yield [
                *head,
                *(
                    column.write(getattr(condition, column.field)) if condition else ""
                    for column in CONDITION_COLUMNS
                ),
            ]


LISTS: Final = (
    Listed(AUDIT, _audit_heads, _audit),
    Listed(CHANGES, _change_heads, _changes),
    Listed(SIGN_INS, _sign_in_heads, _sign_ins),
    Listed(ERASURES, _erasure_heads, _erasures),
    Listed(ACCOUNTS, _account_heads, _accounts),
    Listed(AREAS, _area_heads, _areas),
    Listed(ARTICLES, _article_heads, _articles),
    Listed(ENDING, _article_heads, _ending),
    Listed(ITEMS, _item_heads, _items),
)
