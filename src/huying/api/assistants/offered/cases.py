"""Reading cases: searched, read, what comes next."""

from typing import Final

from pydantic import Field

from huying.access.permissions import Permission as P
from huying.api.assistants.asked import Asked, at_day
from huying.api.assistants.registry import Input, Told, Tool
from huying.api.assistants.told.cases import line, step, whole
from huying.cases.clocks import Lamp
from huying.cases.lifecycle import State
from huying.cases.queries.desks.soonest import soon_page
from huying.cases.queries.lists.queue import CaseFilter, CasePage, queue_for
from huying.cases.queries.settings.calendars import calendar_of
from huying.figures.rules.periods import Period, bounds

PAGE: Final = 20
MOST: Final = 50
NUMBER: Final = "案件编号，如 440310-000012345"


class Search(Input):
    """Filters; those left out do not filter."""

    words: str = Field("", max_length=100, description="全文检索的词，如“积水”")
    state: list[State] = Field([], max_length=12, description="状态，可多个")
    area: str = Field("", max_length=15, pattern=r"^[0-9]*$", description="区划代码前缀，6、9、12 或 15 位")
    body: int | None = Field(None, ge=0, lt=2**31, description="主办单位编号")
    item: str = Field("", max_length=32, description="事项代码前缀")
    lamp: Lamp | None = Field(None, description="灯：green 正常，yellow 临近，red 超时，still 不计时")
    closed: bool = Field(False, description="真：已办结的，新的在前；假：在办的，急的在前")
    since: str = Field("", max_length=10, description="受理日起，如 2026-03-01")
    until: str = Field("", max_length=10, description="受理日止（含）")
    after: str = Field("", max_length=200, description="上一页给出的 after")
    limit: int = Field(PAGE, ge=1, le=MOST, description="一页几件")


class Numbered(Input):
    """One case."""

    number: str = Field(max_length=20, description=NUMBER)


class Soon(Input):
    """Where, and which page."""

    area: str = Field(
        "", max_length=15, pattern=r"^[0-9]*$", description="区划代码前缀；空为本人岗位所管的全部"
    )
    body: int | None = Field(None, ge=0, lt=2**31, description="主办单位编号")
    after: str = Field("", max_length=200, description="上一页给出的 after")
    limit: int = Field(PAGE, ge=1, le=MOST, description="一页几件")


def _search(asked: Asked, given: Search) -> Told:
    first, last = at_day(given.since, "since"), at_day(given.until, "until")
    zone = calendar_of(asked.district).zone
    wanted = CaseFilter(
        states=frozenset(given.state), area=given.area, body_id=given.body, item=given.item, lamp=given.lamp,
        text=given.words.replace("\x00", ""), closed=given.closed,
        since=bounds(Period.day(first), zone)[0] if first else None,
        until=bounds(Period.day(last), zone)[1] if last else None,
    )  # fmt: skip
    return _page(asked, queue_for(asked.actor, wanted, asked.now, given.after, given.limit), "案件")


def _soon(asked: Asked, given: Soon) -> Told:
    wanted = CaseFilter(area=given.area, body_id=given.body)
    return _page(asked, soon_page(asked.actor, wanted, asked.now, given.after, given.limit), "即将到期的案件")


def _page(asked: Asked, page: CasePage, what: str) -> Told:
    if page.lines:
        asked.saw(f"助手查看{what}清单：{len(page.lines)} 件")
    more = "，后面还有" if page.after else ""
    return Told(
        f"{what} {len(page.lines)} 件{more}。",
        {"cases": [line(one) for one in page.lines], "after": page.after},
    )


def _read(asked: Asked, given: Numbered) -> Told:
    view = asked.case(given.number)
    now = view.line
    due = f"，{now.due_kind.zh}时限 {line(now)['due_at']}" if now.due_kind else ""
    return Told(
        f"{now.number}，{now.state.zh}，{now.body_name or '还没有主办单位'}{due}。", {"case": whole(view)}
    )


def _next(asked: Asked, given: Numbered) -> Told:
    view = asked.case(given.number)
    steps = [step(button) for button in view.buttons]
    names = "、".join(dict.fromkeys(one["name"] for one in steps)) or "没有轮到您的步骤"
    return Told(f"{view.line.number} 现在可以：{names}。", {"state": view.line.state.zh, "steps": steps})


TOOLS: Final = (
    Tool(
        "search_cases", "检索案件",
        "按词、状态、区域、单位、事项、灯和日期检索本人看得到的案件，一次最多 50 件，用 after 翻页。不含诉求人信息。",
        Search, {"cases": "案件", "after": "下一页的位置，空为末页"}, _search, (P.CASE_READ,),
    ),
    Tool(
        "read_case", "读一件案件",
        "读一件案件：诉求原话、时限及理由、工单、办理过程、接下来可办的步骤。不含诉求人姓名、电话和回执号，也不能要求显示。",
        Numbered, {"case": "案件"}, _read, (P.CASE_READ,),
    ),
    Tool(
        "next_steps", "接下来能办什么",
        "按流程表列出本人现在能在这件案件上办的步骤和每步要填什么。",
        Numbered, {"state": "状态", "steps": "步骤"}, _next, (P.CASE_READ,),
    ),
    Tool(
        "due_soon", "即将到期",
        "列出临近时限、还没有超时的案件，最先到期的在前。",
        Soon, {"cases": "案件", "after": "下一页的位置，空为末页"}, _soon, (P.CASE_READ,),
    ),
)  # fmt: skip
