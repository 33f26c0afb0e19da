"""Pages as staff open them: through the front, signed in, rendered; small and large history side by side."""

import logging
import re
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

import httpx
from django.db import connection
from django.test import Client

from huying.simulate.bench.figures import Figure, percentile
from huying.simulate.bench.house import scratch
from huying.simulate.bench.house.processes import Running, served
from huying.simulate.bench.intake import Plan
from huying.simulate.bench.load import floor
from huying.simulate.bench.load.knocking import Knock, knock

REQUESTS: Final = 100
WARMING: Final = 8
TURNS: Final = 5
MOST_RATIO: Final = 1.5
_CSRF: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Page:
    """Who opens what: a login of the cast, the path, the most milliseconds its median may take.

    ``compared``: whether ten thousand cases can fill the page as well.
    """

    name: str
    login: str
    path: str
    most: float
    compared: bool = True


@dataclass(frozen=True, slots=True)
class Opened:
    """A page's times in milliseconds, how many statements it sends and what they alone take, its size in bytes as sent,
    and the milliseconds of processor time the web process spent on it."""

    p50: float
    p95: float
    queries: int
    floor: float | None
    size: int
    worked: float


LISTS: Final = (
    # Three things on one page: the queue, the first of its cases whole, and what is suggested for it.
    Page("分拨台：街道，队列、案件和建议", "jiedao", "/dispatch/", 30),
    Page("分拨台：区，全部在办", "quji", "/dispatch/?tab=all", 30),
    Page("队列：承办单位", "shiwu", "/handling/?tab=sent", 15),
    Page("我的工单：五十行和打开的案件", "shiwu", "/handling/?tab=reported", 30),
    Page("队列：区，处置中", "quji", "/case/?state=handling", 15),
    Page("队列：区，红灯", "quji", "/case/?lamp=red", 15),
    Page("队列：街道，黄灯", "jiedao", "/case/?lamp=yellow", 15),
    Page("队列：区，投诉", "quji", "/case/?kind=complaint", 15),
    Page("队列：区，热线来的", "quji", "/case/?channel=hotline", 15),
    Page("队列：区，一个事项", "quji", "/case/?item={item}", 15),
    Page("队列：区，已办结", "quji", "/case/?closed=1", 15),
    Page("队列：承办单位，已办结", "shiwu", "/case/?closed=1", 15),
    Page("案件页", "quji", "/case/{case}", 15),
    Page("案件页：承办人", "shiwu", "/case/{own}", 15),
    Page("监管看板", "duban", "/oversight/", 20),
    Page("评价看板", "pingjia", "/evaluation/", 20),
    Page("考核排名：部门", "pingjia", "/evaluation/assessment/", 50),
    Page("考核排名：网格", "pingjia", "/evaluation/assessment/?of=grids", 50),
    Page("考核排名：部门经办人", "pingjia", "/evaluation/assessment/?of=posts&role=department_handler", 50),
    Page("一事一考核：低分在前", "pingjia", "/evaluation/assessment/matters", 50),
    Page("民情：区", "quji", "/insight/", 50),
    Page("民情：街道", "lingdao", "/insight/", 50),
    Page("热点问题：三十天", "quji", "/insight/hot/", 50),
    Page("热点问题：一年", "quji", "/insight/hot/?days=365", 50),
    Page("反复问题", "quji", "/insight/recurring/", 50),
    Page("预警", "quji", "/warnings/", 50),
    Page("地图：五千点", "quji", "/case/points?bbox={box}", 30, compared=False),
    Page("地图：两千五百点", "quji", "/case/points?bbox={part}", 30),
    Page("检索：常见词", "quji", f"/case/?q={quote('垃圾')}", 60),
    Page("检索：常见词，已办结", "quji", f"/case/?closed=1&q={quote('垃圾')}", 60),
    Page("检索：四个字", "quji", f"/case/?closed=1&q={quote('占用通道')}", 60),
    Page("检索：两百件里有的词", "quji", "/case/?closed=1&q={rare}", 60),
    Page("检索：街道，两百件里有的词", "jiedao", "/case/?closed=1&q={rare}", 60),
)


def opened(
    plans: Sequence[Plan], pages: Sequence[Page], password: str, requests: int = REQUESTS
) -> list[dict[str, Opened]]:
    """Every page on each of these scratch databases; pages this version does not have are left out.

    Each page is asked for in turns on all of them, so that what a noisy machine does to one it does to the others.
    """
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with ExitStack() as stack:
        houses = [
            _House(plan, stack.enter_context(served(plan.database, plan.log, worker=False)), password)
            for plan in plans
        ]
        heard = {page.name: _in_turns(houses, page, requests) for page in pages}
    found: list[dict[str, Opened]] = []
    for place, house in enumerate(houses):
        with scratch.using(house.plan.database):
            found.append({page.name: house.weighed(page, heard[page.name][place])
                          for page in pages if all(times.took for times in heard[page.name])})  # fmt: skip
    return found


def compared(pages: Sequence[Page], small: dict[str, Opened], large: dict[str, Opened]) -> list[Figure]:
    """Each page at its large history, with how many times longer it took than at the small one."""
    figures = []
    for page in pages:
        if page.name not in large:
            continue
        found, before = large[page.name], small.get(page.name) if page.compared else None
        ratio = found.p50 / before.p50 if before and before.p50 else 0.0
        note = f"p95 {found.p95:.1f}，处理器 {found.worked:.1f}，{found.queries} 次查询，{found.size / 1024:.0f} KB"
        if before:
            note += f"；小库 {before.p50:.1f}，{ratio:.2f} 倍" + (" ✗" if ratio > MOST_RATIO else "")
        figures.append(Figure(page.name, found.p50, "毫秒", page.most, found.floor, note=note))
    return figures


@dataclass
class _Times:
    took: list[float] = field(default_factory=list)
    worked: float = 0.0
    size: int = 0


class _House:
    """One running server with its database, and who is signed in there."""

    def __init__(self, plan: Plan, running: Running, password: str) -> None:
        self.plan, self._running, self._password = plan, running, password
        self._cookies: dict[str, str] = {}
        with scratch.using(plan.database):
            self._named = _names()

    def time(self, page: Page, requests: int, times: _Times) -> bool:
        """Ask so many times; whether the page is there."""
        port, login = self._running.port, page.login
        if login not in self._cookies:
            self._cookies[login] = signed_in(port, login, self._password)
        headers = {"Cookie": self._cookies[login], "Accept-Encoding": "gzip"}
        one = Knock(page.path.format(**self._named), headers=headers)
        before = self._running.worked()
        heard = knock(port, [one] * requests, connections=1, seconds=120, bodies=True)
        times.worked += 1000 * (self._running.worked() - before)
        times.took += [1000 * took for took in heard.took]
        times.size = len(heard.bodies[-1])
        return set(heard.status) == {200}

    def weighed(self, page: Page, times: _Times) -> Opened:
        """With the statements the page sends and what they alone take."""
        from django.contrib.auth import get_user_model

        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(get_user_model().objects.get(login=page.login))
        path = page.path.format(**self._named)
        client.get(path)
        statements = [
            each for each in floor.recorded(lambda: client.get(path)) if each[0].lstrip()[:6] == "SELECT"
        ]
        measured = (
            floor.measure(self.plan.database, floor.questions(statements), seconds=1) if statements else None
        )
        took = times.took
        return Opened(
            percentile(took, 0.5), percentile(took, 0.95), len(statements), measured.ms if measured else None,
            times.size, times.worked / len(took),
        )  # fmt: skip


def _in_turns(houses: Sequence[_House], page: Page, requests: int) -> list[_Times]:
    """Each house's times, asked in turns; empty ones where the page is not there."""
    for house in houses:
        if not house.time(page, WARMING, _Times()):
            return [_Times() for _ in houses]
    found = [_Times() for _ in houses]
    for _turn in range(TURNS):
        for house, times in zip(houses, found, strict=True):
            house.time(page, requests // TURNS, times)
    return found


def signed_in(port: int, login: str, password: str) -> str:
    """The cookies of a person who signed in at the form."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", follow_redirects=False) as client:
        form = client.get("/account/sign-in")
        token = _CSRF.search(form.text)
        if token is None:
            raise RuntimeError("there is no form to sign in with")
        data = {"login": login, "password": password, "csrfmiddlewaretoken": token[1]}
        answer = client.post("/account/sign-in", data=data, headers={"Referer": str(form.url)})
        if answer.status_code != 302:
            raise RuntimeError(f"{login} could not sign in: {answer.status_code}")
        return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


def _names() -> dict[str, str]:
    """A case with a long history, one of the water bureau's, a frequent item, boxes, and a word of two hundred cases."""
    found: dict[str, Any] = {}
    questions = {
        "case": "SELECT district || '-' || lpad(id::text, 9, '0') FROM cases_case WHERE closed_at IS NULL "
        "ORDER BY length DESC, id LIMIT 1",
        "own": "SELECT c.district || '-' || lpad(c.id::text, 9, '0') FROM cases_case c JOIN cases_order o "
        "ON o.district = c.district AND o.case_id = c.id JOIN people_post p ON p.body_id = o.body_id "
        "JOIN people_account a ON a.id = p.account_id WHERE a.login = 'shiwu' AND o.ended_at IS NULL "
        "AND c.closed_at IS NULL ORDER BY c.id LIMIT 1",
        "item": "SELECT item FROM cases_case WHERE closed_at IS NULL AND item <> '' GROUP BY item "
        "ORDER BY count(*) DESC LIMIT 1",
        "box": "SELECT concat_ws(',', min(lon), min(lat), max(lon), max(lat)) FROM cases_case WHERE closed_at IS NULL",
        "part": "SELECT concat_ws(',', min(lon), min(lat), max(lon), max(lat)) FROM (SELECT lon, lat FROM cases_case "
        "WHERE closed_at IS NULL AND lon IS NOT NULL ORDER BY lon LIMIT 2500) western",
        "rare": "SELECT word FROM ts_stat('SELECT words FROM cases_casesearch ORDER BY case_id LIMIT 5000') "
        "WHERE length(word) = 2 AND word ~ '^[\u4e00-\u9fff]+$' "
        "ORDER BY abs(ndoc - 200.0 * 5000 / (SELECT count(*) FROM cases_casesearch)), word LIMIT 1",
    }
    with connection.cursor() as cursor:
        for name, question in questions.items():
            cursor.execute(question)
            row = cursor.fetchone()
            found[name] = row[0] if row else ""
    return {**found, "rare": quote(found["rare"])}
