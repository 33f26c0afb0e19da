"""The left side of every desk: which doors a person's posts open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from huying.access.actor import Actor
from huying.access.permissions import Permission as P
from huying.access.roles import Role
from huying.web.remembering import per_language


@dataclass(frozen=True, slots=True)
class Door:
    """A page of the navigation: URL name, label, icon, and the permissions any of which opens it."""

    route: str
    label: str
    icon: str
    permissions: frozenset[P]


@dataclass(frozen=True, slots=True)
class Link:
    """A door that exists and is open to the actor. ``mark``: how much waits behind it for the actor's own hand."""

    href: str
    label: str
    icon: str
    here: bool
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Doors under one heading; ``open`` where they are shown without asking for them."""

    title: str
    links: tuple[Link, ...]
    open: bool


def _door(route: str, label: str, icon: str, *permissions: P) -> Door:
    return Door(route, label, icon, frozenset(permissions))


DOORS: Final[Sequence[tuple[str, Sequence[Door]]]] = (
    (
        _("办理"),
        (
            _door("desk:index", _("坐席登记"), "phone", P.APPEAL_RECEIVE),
            _door("chat:index", _("对话待接"), "voice", P.CASE_ANSWER),
            _door("dispatch:index", _("分拨台"), "route", P.CASE_DISPATCH, P.CASE_HAND_UP),
            _door("handling:index", _("我的工单"), "inbox", P.ORDER_SIGN),
            _door("dispute:index", _("争议裁定"), "scale", P.DISPUTE_RULE),
            _door("delay:index", _("延期挂账"), "pause", P.DELAY_RECOMMEND, P.DELAY_APPROVE),
            _door("check:index", _("核查"), "check", P.CASE_CHECK),
            _door("follow_up:index", _("回访"), "voice", P.CASE_FOLLOW_UP),
            _door("visit:index", _("社区回访"), "person", P.CASE_VISIT),
            _door("case:index", _("全部案件"), "list", P.CASE_READ),
        ),
    ),
    (
        _("协同"),
        (
            _door("call:index", _("呼叫到场"), "bell", P.CASE_CALL, P.ORDER_ANSWER),
            _door("promise:index", _("承诺"), "star", P.CASE_READ),
            _door("deliberation:meetings", _("会议和议事"), "voice", P.DELIBERATION_READ),
            _door("duty:index", _("值班"), "clock", P.TEAM_READ),
            _door("emergency:index", _("应急"), "alert", P.EMERGENCY_READ, P.EMERGENCY_OPEN),
            _door("device:index", _("设备"), "pin", P.DEVICE_READ),
            _door("video:index", _("视频报警"), "camera", P.VIDEO_READ),
            _door("facility:index", _("服务设施"), "pin", P.FACILITY_EDIT, P.SERVICE_READ),
            _door("service:index", _("服务点单"), "inbox", P.SERVICE_RUN),
            _door("volunteers:musters", _("志愿召集"), "bell", P.VOLUNTEER_READ),
            _door("volunteers:units", _("共建单位"), "building", P.VOLUNTEER_READ),
            _door("visits:index", _("走访"), "person", P.VISIT_READ),
            _door("residents:index", _("住户"), "building", P.RESIDENT_READ),
            _door("patrol:app", _("巡查"), "map", P.PATROL_WALK),
            _door("patrols:index", _("巡查管理"), "eye", P.PATROL_READ),
        ),
    ),
    (
        _("监管与统计"),
        (
            _door("oversight:index", _("监管看板"), "eye", P.BOARD_READ),
            _door("figures:index", _("统计"), "chart", P.FIGURE_READ),
            _door("reports:index", _("报告"), "book", P.REPORT_READ),
            _door("checkup:index", _("体检"), "check", P.REPORT_READ),
            _door("assessment:rankings", _("考核"), "medal", P.FIGURE_READ),
            _door("lab:index", _("政策实验"), "chart", P.LAB_RUN),
            _door("service:circle", _("生活圈"), "map", P.SERVICE_READ),
            _door("command:index", _("指挥大屏"), "wall", P.BOARD_READ),
        ),
    ),
    (
        _("预防"),
        (
            _door("insight:index", _("民情"), "chart", P.INSIGHT_READ),
            _door("warning:index", _("预警"), "alert", P.INSIGHT_READ),
            _door("hot:index", _("热点问题"), "voice", P.INSIGHT_READ),
            _door("recurring:index", _("反复问题"), "route", P.INSIGHT_READ),
            _door("risk:index", _("风险提示"), "shield", P.CASE_READ, P.CATALOGUE_EDIT),
            _door("campaign:index", _("专项治理"), "list", P.INSIGHT_READ),
            _door("campaign:mine", _("排查任务"), "check", P.APPEAL_RECEIVE),
        ),
    ),
    (
        _("管理"),
        (
            _door("catalogue:index", _("职责清单"), "book", P.CATALOGUE_READ),
            _door("knowledge:index", _("知识库"), "reply", P.KNOWLEDGE_READ),
            _door("admin:precedents", _("先例"), "scale", P.DISPUTE_RULE, P.CATALOGUE_EDIT),
            _door("admin:corrections", _("事项更正"), "check", P.CATALOGUE_EDIT),
            _door("admin:settings", _("时限与规则"), "clock", P.CATALOGUE_EDIT),
            _door("admin:areas", _("区划与网格"), "map", P.AREA_EDIT),
            _door("gridding:index", _("网格调整方案"), "map", P.AREA_EDIT),
            _door("teams:index", _("网格队伍"), "person", P.TEAM_EDIT),
            _door("roster:index", _("排班"), "clock", P.DUTY_EDIT),
            _door("emergency:responders", _("应急力量"), "person", P.RESPONDER_EDIT),
            _door("emergency:plans", _("应急预案"), "alert", P.EMERGENCY_SET),
            _door("visits:setting", _("走访标准"), "clock", P.VISIT_SET),
            _door("admin:bodies", _("单位"), "building", P.BODY_EDIT),
            _door("admin:accounts", _("人员与岗位"), "person", P.ACCOUNT_EDIT),
            _door("admin:keys", _("接口密钥"), "key", P.KEY_EDIT),
            _door("webhook:index", _("订阅推送"), "route", P.WEBHOOK_EDIT),
            _door("admin:chats", _("对话渠道"), "voice", P.KEY_EDIT),
            _door("opendata_admin", _("开放数据"), "book", P.OPENDATA_EDIT),
            _door("exchange:index", _("系统对接"), "route", P.EXCHANGE_READ, P.EXCHANGE_EDIT),
            _door("admin:texts", _("通知和模板"), "bell", P.TEXT_EDIT),
            _door("imports:index", _("批量导入"), "upload", P.ORDERS_IMPORT),
            _door("audit:index", _("审计记录"), "shield", P.AUDIT_READ),
            _door("admin:erasures", _("个人信息删除"), "shield", P.PERSON_ERASE, P.AUDIT_READ),
            _door("admin:health", _("运行状况"), "eye", P.ACCOUNT_EDIT, P.AUDIT_READ),
        ),
    ),
)

# What is seldom wanted stands folded, except where somebody's day begins in it or they are in it now.
_FOLDED: Final = DOORS[-1][0]

# Where a post's day begins; several posts begin with the first of them.
_HOMES: Final[Mapping[Role, str]] = {
    Role.SEAT: "desk:index",
    Role.GRID_WORKER: "handling:index",
    Role.COMMUNITY_STATION: "handling:index",
    Role.STREET_DISPATCHER: "dispatch:index",
    Role.STREET_LEADER: "oversight:index",
    Role.DEPARTMENT_HANDLER: "handling:index",
    Role.DISTRICT_DISPATCHER: "dispatch:index",
    Role.SUPERVISOR: "oversight:index",
    Role.RULING_OFFICER: "dispute:index",
    Role.EVALUATOR: "follow_up:index",
    Role.ADMINISTRATOR: "admin:accounts",
    Role.AUDITOR: "audit:index",
}


def home_for(actor: Actor) -> str:
    """The address of the page a person's first post works at; "" when none of their posts has one."""
    for grant in actor.grants:
        if grant.role in _HOMES:
            return reverse(_HOMES[grant.role])
    return ""


def links_for(actor: Actor | None, here: str, marks: Mapping[str, int] = MappingProxyType({})) -> list[Group]:
    """The groups with an open door; a route not mounted is left out. ``here`` is the request's path, ``marks`` counts by
    address what waits behind a door."""
    if actor is None:
        return []
    doors = frozenset(door for _title, doors in DOORS for door in doors if _open(door, actor))
    kept = _doors_for(doors, settings.ROOT_URLCONF)
    # A desk below another desk's address is here by itself, not both.
    nearest = max(
        (link.href for _msgid, _title, links in kept for link in links if _within(here, link.href)),
        key=len,
        default="",
    )
    wanted = {nearest, home_for(actor)}
    return [
        Group(
            title,
            tuple(replace(link, here=link.href == nearest, mark=marks.get(link.href, 0)) for link in links),
            open=msgid != _FOLDED or any(link.href in wanted for link in links),
        )
        for msgid, title, links in kept
    ]


@per_language
def _doors_for(open_doors: frozenset[Door], routes: object) -> tuple[tuple[str, str, tuple[Link, ...]], ...]:
    """(heading, its words, links) of these doors that are mounted among ``routes``, in the order of the table."""
    groups = ((title, [_address(door) for door in doors if door in open_doors]) for title, doors in DOORS)
    return tuple(
        (
            title,
            gettext(title),
            tuple(Link(href, gettext(door.label), door.icon, False) for door, href in pairs if href),
        )
        for title, pairs in groups
        if any(href for _door, href in pairs)
    )


def _open(door: Door, actor: Actor) -> bool:
    return any(actor.may(permission) for permission in door.permissions)


def _address(door: Door) -> tuple[Door, str]:
    try:
        return door, reverse(door.route)
    except NoReverseMatch:
        return door, ""


def _within(here: str, href: str) -> bool:
    return here == href or (href != "/" and here.startswith(href))
