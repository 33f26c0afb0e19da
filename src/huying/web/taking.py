"""Which lists may be taken away as files, by whom, and the address beside a list's filters where it is done.

The desks name what they list; how it becomes a file is known to ``web/exporting`` alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_noop as _

from huying.access.actor import Actor, Grant
from huying.access.permissions import Permission as P
from huying.kernel.errors import Denied
from huying.web.guard import StaffRequest

# What of an address says where one stands in a list, not what the list is.
PLACES: Final = ("after", "before", "case", "format", "next")


@dataclass(frozen=True, slots=True)
class Take:
    """One list. A single post must carry all of ``needs`` and one of ``either``: what another post lets one read stays
    on the screen. ``name`` is a text of the catalogue of texts."""

    kind: str
    name: str
    needs: tuple[P, ...]
    either: tuple[P, ...] = ()

    def carried_by(self, grant: Grant) -> bool:
        """Whether this post may take the list away."""
        enough = not self.either or any(map(grant.may, self.either))
        return enough and all(map(grant.may, self.needs))


# Whoever may export takes lists of everybody's work; what waits for oneself goes with the desk where it waits.
ALL: Final = Take("cases", _("全部案件"), (P.ORDERS_EXPORT, P.CASE_READ))
DISPATCH: Final = Take("dispatch", _("分拨台"), (P.ORDERS_EXPORT,), (P.CASE_DISPATCH, P.CASE_HAND_UP))
HANDLING: Final = Take("orders", _("我的工单"), (P.ORDER_SIGN,))
CHECKS: Final = Take("checks", _("核查"), (P.CASE_CHECK,))
DISPUTES: Final = Take("disputes", _("争议裁定"), (P.DISPUTE_RULE,))
DELAYS: Final = Take("delays", _("延期挂账"), (), (P.DELAY_RECOMMEND, P.DELAY_APPROVE))
FOLLOW_UPS: Final = Take("follow-ups", _("回访"), (P.CASE_FOLLOW_UP,))
VISITS: Final = Take("visits", _("社区回访"), (P.CASE_VISIT,))
PLANS: Final = Take("follow-up-plans", _("回访计划结果"), (P.ORDERS_EXPORT, P.FIGURE_READ))
ASKED: Final = Take("follow-up-cases", _("回访计划明细"), (P.ORDERS_EXPORT, P.FIGURE_READ))
OVERSIGHT: Final = Take("oversight", _("监管看板"), (P.ORDERS_EXPORT, P.BOARD_READ))
LATE: Final = Take("late", _("超时案件"), (P.ORDERS_EXPORT, P.BOARD_READ))
INTERVIEWS: Final = Take("interviews", _("约谈"), (P.ORDERS_EXPORT, P.BOARD_READ))
SUPERVISIONS: Final = Take("supervisions", _("督办单"), (P.ORDERS_EXPORT, P.BOARD_READ))
CALLS: Final = Take("calls", _("呼叫到场"), (P.ORDERS_EXPORT, P.CASE_READ))
PROMISES: Final = Take("promises", _("承诺"), (P.ORDERS_EXPORT, P.CASE_READ))
INSIGHT: Final = Take("insight", _("民情"), (P.ORDERS_EXPORT, P.INSIGHT_READ))
FIGURES: Final = Take("figures", _("统计"), (P.ORDERS_EXPORT, P.FIGURE_READ))
AUDIT: Final = Take("audit", _("审计记录"), (P.AUDIT_READ,))
CHANGES: Final = Take("changes", _("变更记录"), (P.AUDIT_READ,))
SIGN_INS: Final = Take("sign-ins", _("登录记录"), (P.AUDIT_READ,))
ERASURES: Final = Take("erasures", _("个人信息删除"), (), (P.PERSON_ERASE, P.AUDIT_READ))
ACCOUNTS: Final = Take("accounts", _("人员与岗位"), (P.ACCOUNT_EDIT,))
AREAS: Final = Take("areas", _("区划与网格"), (P.AREA_EDIT,))
ARTICLES: Final = Take("articles", _("知识库"), (P.KNOWLEDGE_READ,))
ENDING: Final = Take("ending", _("到期提醒"), (P.KNOWLEDGE_READ,))
ITEMS: Final = Take("catalogue", _("职责清单"), (P.CATALOGUE_READ,))

SITUATIONS: Final = Take("situations", _("呼叫启动情形"), (P.CATALOGUE_READ,))
BODIES: Final = Take("bodies", _("单位"), (P.BODY_EDIT,))
PRECEDENTS: Final = Take("precedents", _("先例"), (P.CATALOGUE_READ,))
GAPS: Final = Take("gaps", _("知识缺口"), (P.KNOWLEDGE_READ,))
# What reached oneself is one's own, whatever one's posts allow.
NOTICES: Final = Take("notices", _("消息"), ())
DELIVERIES: Final = Take("deliveries", _("发送情况"), (P.TEXT_EDIT,))
# Names of members, without their numbers or with the ends of them as on the screen.
TEAMS: Final = Take("teams", _("网格队伍"), (P.TEAM_READ,))
TEAM_MEMBERS: Final = Take("team-members", _("队员名单"), (P.TEAM_READ,))
POSTS: Final = Take("duty-posts", _("排班"), (P.TEAM_READ,))
ROSTER: Final = Take("roster", _("值班表"), (P.TEAM_READ,))
HANDOVERS: Final = Take("handovers", _("交接班"), (P.TEAM_READ,))
ON_DUTY: Final = Take("on-duty", _("谁在值班"), (P.TEAM_READ,))
MEETINGS: Final = Take("meetings", _("会议"), (P.DELIBERATION_READ,))
PROPOSALS: Final = Take("proposals", _("议事提案"), (P.DELIBERATION_READ,))
# Names as on the card; numbers masked as on the screen.
EMERGENCIES: Final = Take("emergencies", _("应急卡"), (P.EMERGENCY_READ,))
ALERTED: Final = Take("alerted", _("应急告警名单"), (P.EMERGENCY_READ,))
DEVICES: Final = Take("devices", _("设备"), (P.DEVICE_READ,))
VIDEO_ALARMS: Final = Take("video-alarms", _("视频报警"), (P.VIDEO_READ,))
# Places, not persons; shares and sums, nobody.
FACILITIES: Final = Take("facilities", _("服务设施"), (P.SERVICE_READ,))
CIRCLE: Final = Take("circle", _("生活圈"), (P.SERVICE_READ,))
SERVICE_DEMAND: Final = Take("service-demand", _("服务供需"), (P.SERVICE_READ,))
VOLUNTEERS: Final = Take("volunteers", _("志愿者"), (P.VOLUNTEER_READ,))
MUSTERS: Final = Take("musters", _("志愿召集"), (P.VOLUNTEER_READ,))
MUSTERED: Final = Take("mustered", _("召集名单"), (P.VOLUNTEER_READ,))
UNITS: Final = Take("units", _("共建单位"), (P.VOLUNTEER_READ,))
LISTINGS: Final = Take("listings", _("资源和需求清单"), (P.VOLUNTEER_READ,))
LIST_PROJECTS: Final = Take("list-projects", _("项目清单"), (P.VOLUNTEER_READ,))
VOLUNTEER_FIGURES: Final = Take("volunteer-figures", _("志愿服务统计"), (P.VOLUNTEER_READ,))
# Names masked as on the screen; that somebody took them away stands in the audit.
RESIDENTS: Final = Take("residents", _("住户"), (P.RESIDENT_READ, P.RESIDENT_EDIT))
BUILDINGS: Final = Take("buildings", _("楼栋"), (P.RESIDENT_READ,))
VISITS_OF_DAY: Final = Take("visits-of-day", _("走访"), (P.VISIT_READ,))
MISSED_VISITS: Final = Take("missed-visits", _("逾期未走访"), (P.VISIT_READ,))
WORKLOAD: Final = Take("visit-workload", _("走访工作量"), (P.VISIT_READ,))
PATROL_TOURS: Final = Take("patrol-tours", _("巡查上岗"), (P.PATROL_READ,))
PATROL_FINDS: Final = Take("patrol-finds", _("巡查发现"), (P.PATROL_READ,))
PATROL_CHECKS: Final = Take("patrol-checks", _("核实核查"), (P.PATROL_READ,))
RESPONDERS: Final = Take("responders", _("应急力量"), (P.RESPONDER_READ,))
BEHIND: Final = Take("behind", _("统计明细"), (P.ORDERS_EXPORT, P.FIGURE_READ))
RISKS: Final = Take("risks", _("风险提示"), (P.ORDERS_EXPORT, P.CASE_READ))
HOT_ISSUES: Final = Take("hot-issues", _("热点问题"), (P.ORDERS_EXPORT, P.INSIGHT_READ))
RECURRING: Final = Take("recurring", _("反复问题"), (P.ORDERS_EXPORT, P.INSIGHT_READ))
PROJECTS: Final = Take("projects", _("治理项目"), (P.ORDERS_EXPORT, P.INSIGHT_READ))
REPORTS: Final = Take("reports", _("报告"), (P.REPORT_READ,))
REPORT_CASES: Final = Take("report-cases", _("报告明细"), (P.ORDERS_EXPORT, P.REPORT_READ))
CHECKUP: Final = Take("checkup", _("街道体检"), (P.REPORT_READ,))
RANKINGS: Final = Take("rankings", _("考核排名"), (P.ORDERS_EXPORT, P.FIGURE_READ))
PERIODS: Final = Take("periods", _("考核期和封账"), (P.ORDERS_EXPORT, P.FIGURE_READ))
MATTERS: Final = Take("matters", _("一事一考核"), (P.ORDERS_EXPORT, P.FIGURE_READ))
# What a unit applied for goes with whoever applies or decides, as with what waits for oneself.
EXEMPTIONS: Final = Take(
    "exemptions", _("不计入考核"), (P.FIGURE_READ,), (P.EXEMPTION_ASK, P.EXEMPTION_DECIDE)
)
RATINGS: Final = Take("ratings", _("街道评部门"), (P.ORDERS_EXPORT, P.FIGURE_READ))
WARNINGS: Final = Take("warnings", _("预警"), (P.INSIGHT_READ,))
WARNED_CASES: Final = Take("warned-cases", _("预警案件"), (P.ORDERS_EXPORT, P.INSIGHT_READ))
CAMPAIGNS: Final = Take("campaigns", _("专项治理"), (P.INSIGHT_READ,))
CAMPAIGN_TASKS: Final = Take("campaign-tasks", _("排查任务"), (P.INSIGHT_READ,))
COUNTED: Final = Take("counted", _("今日明细"), (P.ORDERS_EXPORT, P.BOARD_READ))


def narrowed(take: Take, actor: Actor) -> Actor:
    """The actor with the posts alone that may take the list away. Raises Denied where none may."""
    grants = tuple(filter(take.carried_by, actor.grants))
    if not grants:
        raise Denied
    return replace(actor, grants=grants)


def address_of(take: Take, request: StaffRequest, fixed: Mapping[str, str] | None = None) -> str:
    """The list as it is asked for now, as a file; "" for who may not take it. The form is still to be added."""
    if not any(map(take.carried_by, request.actor.grants)):
        return ""
    kept = asked_without_place(request.GET)
    for name, value in (fixed or {}).items():
        kept[name] = value
    return f"{reverse('exporting:list', args=[take.kind])}?{kept.urlencode()}{'&' if kept else ''}format="


def asked_without_place(query: QueryDict) -> QueryDict:
    """A list's address without where one stands in it, what is empty left out."""
    kept = query.copy()
    for name in [name for name in kept if name in PLACES or not any(kept.getlist(name))]:
        del kept[name]
    return kept
