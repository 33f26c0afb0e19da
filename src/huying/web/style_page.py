"""/style: every component with sample values, so that a new page is built from what is there."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from huying.web.components import (
    Chart,
    Chip,
    Choice,
    Column,
    Filter,
    Lamp,
    MapPoint,
    MapView,
    Pager,
    Tile,
    Tone,
    TrackStep,
    left_words,
)
from huying.web.guard import StaffRequest, signed_in


class SampleForm(forms.Form):
    """The kinds of fields a page may use."""

    result = forms.CharField(
        label=_("办理情况"),
        help_text=_("写清到场时间、怎么处理、结果如何。"),
        widget=forms.Textarea(attrs={"rows": 4}),
        min_length=10,
        error_messages={"min_length": _("太短了，至少写 10 个字。")},
    )
    kind = forms.ChoiceField(
        label=_("结果"),
        choices=[("1", _("已解决")), ("2", _("部分解决")), ("3", _("未解决"))],
        widget=forms.RadioSelect,
    )
    reached = forms.BooleanField(label=_("已联系诉求人"), required=False)
    phone = forms.CharField(label=_("联系电话"), required=False)


@signed_in()
def style_page(request: StaffRequest) -> HttpResponse:
    """The page, in the colours chosen; ``?theme=dark`` shows it dark, ``?theme=light`` light."""
    now = datetime.now(UTC)
    context: dict[str, Any] = {
        "shown": asked if (asked := request.GET.get("theme", "")) in {"dark", "light"} else "",
        "tiles": _tiles(),
        "questions": _questions(request.GET.get("state", "")),
        "rows": _rows(now),
        "page": Pager(next="?after=1", shown=5, total="128"),
        "lamps": _lamps(now),
        "steps": _steps(now),
        "form": SampleForm({"result": "已到场", "kind": "2"}),
        "charts": _charts(),
        "place": _map(),
        "empty_title": _("现在没有要办的工单"),
        "empty_hint": _("派给您的工单会出现在这里，最急的排在最前面，新到时有提示音。"),
        "swatches": ["paper", "surface", "sunken", "ink", "accent", "green", "amber", "red"],
    }
    return render(request, "style.html", context)


def _lamp(now: datetime, hours: float, tone: Tone, kind: str, *why: str) -> Lamp:
    due = now + timedelta(hours=hours)
    left = left_words(due, now) if tone in {Tone.GREEN, Tone.AMBER, Tone.RED} else ""
    return Lamp(tone, kind, due, left, why)


def _lamps(now: datetime) -> list[Lamp]:
    why = (
        "11月20日 16:40 派单，开始计时",
        "时限 8 个工作时（08:00–12:00，14:00–18:00）",
        "11月22日是周末，不计时",
    )
    return [
        _lamp(now, 26, Tone.GREEN, "办结", *why),
        _lamp(now, 0.6, Tone.AMBER, "签收", *why),
        _lamp(now, -2.2, Tone.RED, "首次联系", *why),
        _lamp(now, 90, Tone.PAUSED, "办结", "11月18日批准挂账，暂停计时"),
        _lamp(now, -30, Tone.DONE, "办结"),
    ]


def _rows(now: datetime) -> list[dict[str, Any]]:
    lamps = _lamps(now)
    told = [
        (
            "南山书院北门消防通道被三轮车堵住",
            "学苑街道 长岭社区",
            Chip("待签收", Tone.ACCENT),
            "区城管执法局",
            lamps[2],
        ),
        (
            "翠苑小区 3 栋楼下井盖缺失",
            "学苑街道 翠苑社区",
            Chip("待签收", Tone.ACCENT),
            "市政养护公司",
            lamps[1],
        ),
        (
            "夜间烧烤油烟扰民，晚上 11 点后仍在营业",
            "桃源街道 平山社区",
            Chip("办理中", Tone.ACCENT),
            "桃源街道办",
            lamps[0],
        ),
        ("路面塌陷约 0.5 平方米，已围挡", "桃源街道 福光社区", Chip("已挂账"), "区水务局", lamps[3]),
        ("咨询：老年人优待证怎么办理", "学苑街道", Chip("已结案", Tone.DONE), "学苑街道办", lamps[4]),
    ]
    return [
        {"title": t, "number": f"20261121-{i:05d}", "place": p, "state": s, "body": b, "clock": c}
        for i, (t, p, s, b, c) in enumerate(told, 318)
    ]


def _tiles() -> list[Tile]:
    return [
        Tile("待签收", "12", "?state=sent", unit="件", change="最久 46 分钟"),
        Tile("已超时", "3", "?late=1", unit="件", change="较昨日 −2", tone=Tone.RED),
        Tile("快到时限", "7", "?soon=1", unit="件", change="2 小时内", tone=Tone.AMBER),
        Tile("今日受理", "186", "?day=today", unit="件", change="较上周六 +14"),
        Tile("按期结案率", "98.2", "?figure=in_time", unit="%", change="本月，1,204 / 1,226"),
    ]


def _questions(state: str) -> list[Filter]:
    words = (("sent", "待签收", 12), ("working", "办理中", 31), ("done", "已反馈", 8))
    states = [Choice(value, text, value == state, count) for value, text, count in words]
    return [
        Filter("q", "搜索", "search"),
        Filter("state", "状态", choices=states),
        Filter("area", "街道", choices=[Choice("440305001", "学苑街道"), Choice("440305002", "桃源街道")]),
        Filter("since", "受理日期", "date"),
    ]


def _steps(now: datetime) -> list[TrackStep]:
    hour = timedelta(hours=1)
    return [
        TrackStep(now - hour, "正在处理", "已派清障车，预计 18:30 前清走。", "区城管执法局", current=True),
        TrackStep(now - 2 * hour, "已签收", "", "区城管执法局", lines=(("联系人", "值班室 0755-1234"),)),
        TrackStep(now - 3 * hour, "已派单", "", "学苑街道指挥中心"),
        TrackStep(now - 4 * hour, "已收到您的诉求", "", "呼应"),
    ]


def _charts() -> list[Chart]:
    days = ("15日", "16日", "17日", "18日", "19日", "20日", "21日")
    intake = (
        Column("受理", (171, 164, 180, 192, 205, 188, 186)),
        Column("结案", (160, 170, 169, 185, 190, 196, 172)),
    )
    kinds = ("占道经营", "噪声", "路面破损", "违停", "暴露垃圾")
    return [
        Chart("chart-days", "受理与结案", "line", days, intake, "件", "日期", tuple("?day=1" for _ in days)),
        Chart(
            "chart-kinds",
            "今日最多的事项",
            "bars-flat",
            kinds,
            (Column("件数", (38, 31, 22, 19, 12)),),
            "件",
            "事项",
        ),
    ]


def _map() -> MapView:
    points = (
        MapPoint(113.987, 22.588, "消防通道被堵", "#case-1", Tone.RED, "学苑街道，超时 2 小时"),
        MapPoint(113.981, 22.583, "井盖缺失", "#case-2", Tone.AMBER, "翠苑社区，还剩 36 分钟"),
        MapPoint(113.972, 22.591, "夜间烧烤扰民", "#case-3", Tone.ACCENT, "平山社区"),
    )
    return MapView("map-sample", "在办案件位置", points=points)
