"""A long work as pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from huying.longwork.queries import WorkInfo
from huying.longwork.rules.states import WorkState
from huying.loop.collect.channels.orders.reading import Reason
from huying.loop.collect.channels.orders.report import Remark
from huying.web.components import Chip, Tone

_TONES = {
    WorkState.WAITING: Tone.PLAIN,
    WorkState.RUNNING: Tone.ACCENT,
    WorkState.DONE: Tone.PLAIN,
    WorkState.FAILED: Tone.RED,
    WorkState.CANCELLED: Tone.PLAIN,
}
EXPORT, IMPORT, PLAN = "export", "import", "grid plan"


@dataclass(frozen=True, slots=True)
class Shown:
    """``told``: what there is to say, line by line. ``file``: whether it may still be fetched."""

    work: WorkInfo
    name: str
    chip: Chip
    told: Sequence[str]
    file: bool
    may_again: bool
    remarks: Sequence[tuple[str, int]] = ()
    errors: Sequence[tuple[int, str, str, str]] = ()


def shown(work: WorkInfo, now: datetime) -> Shown:
    """The work in words."""
    file = bool(work.file_name) and (work.expires_at is None or work.expires_at > now)
    state = _("正在停止") if work.stopping else _(work.state.zh)
    told = [line for line in (_progress(work), *_came_of_it(work), _of_file(work, file)) if line]
    redone = work.kind == EXPORT and work.finished and not file
    said = work.outcome if work.kind == IMPORT else {}
    return Shown(
        work, _(work.name), Chip(state, _TONES[work.state], work.state.value), told, file, redone,
        [(_(Remark(name).zh), count) for name, count in said.get("remarks", {}).items()],
        [(one["line"], one["number"], _(Reason(one["reason"]).zh), one["detail"]) for one in said.get("errors", ())],
    )  # fmt: skip


def _progress(work: WorkInfo) -> str:
    if work.state is WorkState.WAITING:
        return _("前面的任务做完就开始，不用守着，做好后在“我的任务”里取。")
    if work.state is not WorkState.RUNNING:
        return ""
    if work.kind == PLAN:
        return _("已算完 %(n)d%%") % {"n": work.share or 0}
    if work.total:
        return _("%(done)d / %(total)d 行") % {"done": work.done, "total": work.total}
    return _("已写 %(done)d 行") % {"done": work.done}


def _came_of_it(work: WorkInfo) -> Sequence[str]:
    if work.state is WorkState.FAILED:
        return [_(work.error) if work.error else ""]
    if work.state is WorkState.CANCELLED and work.kind == IMPORT:
        return [_("已写入的批次有效；再导入一次即可补全，不会重复。")]
    if work.state is not WorkState.DONE:
        return []
    said, took = work.outcome, ""
    if work.started_at and work.ended_at:
        seconds = max(1, round((work.ended_at - work.started_at).total_seconds()))
        took = _("用时 %(n)d 秒") % {"n": seconds}
    return [_("共 %(n)d 行") % {"n": said["rows"]} if "rows" in said else "", took]


def _of_file(work: WorkInfo, file: bool) -> str:
    if not work.file_name:
        return ""
    return filesizeformat(work.file_bytes) if file else _("文件已过期删除")
