"""``docs/lifecycle.md`` written from the table: ``python -m huying.site.documents.lifecycle``."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from huying.access.roles import ROLES
from huying.cases.lifecycle import (
    ALL_CLOCKS,
    CLOSED_STATES,
    FACTS,
    OPEN_STATES,
    TABLE,
    ClockKind,
    Guard,
    Orders,
    Part,
    State,
    Step,
)

PAGE: Final = Path(__file__).parents[4] / "docs" / "lifecycle.md"

_HEAD: Final = """# 案件的一生

本页由办理流程表生成（`python -m huying.site.documents.lifecycle`），请勿手改；表在 `src/huying/cases/lifecycle/table/`。
一件案件只能按本页列出的步骤变化；按钮、接口、权限、时限都从同一张表得出。没有“拒收”这一步：有异议可以提一次争议，时限照走。

## 状态图

不改变状态的步骤（记录进展、加派、提出争议等）不画在图上，见下表。

"""
_COLUMNS: Final = (
    "动作",
    "从",
    "到",
    "谁可以做",
    "须填",
    "可填",
    "开始计时",
    "停止计时",
    "重新计时",
    "工单",
    "条件",
)


def page() -> str:
    """The whole page as Markdown: the diagram, every step, and the steps of each state."""
    return _HEAD + "\n".join([*_diagram(), "", "## 步骤", "", *_table(), "", *_states()]) + "\n"


def _diagram() -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield '    state "未结" as open {'
    for state in _ordered(OPEN_STATES):
        yield f'        state "{state.zh}" as {state.value}'
    yield "    }"
    for state in _ordered(CLOSED_STATES):
        yield f'    state "{state.zh}" as {state.value}'
    for (source, target), words in _edges().items():
        yield f"    {source} --> {target}: {'、'.join(words)}"
    yield "```"


def _edges() -> dict[tuple[str, str], list[str]]:
    drawn: dict[tuple[str, str], list[str]] = {}
    for step in TABLE:
        if step.target is None:
            continue
        # What every open matter may do is one arrow from the frame around them.
        sources = (
            ["open"] if step.sources == OPEN_STATES else [state.value for state in _ordered(step.sources)]
        )
        for source in sources or ["[*]"]:
            words = drawn.setdefault((source, step.target.value), [])
            words.extend({_name(step)} - set(words))
    return drawn


def _table() -> Iterator[str]:
    yield _row(_COLUMNS)
    yield _row(["---"] * len(_COLUMNS))
    for step in TABLE:
        yield _row(_cells(step))


def _cells(step: Step) -> list[str]:
    return [
        f"{_name(step)} `{step.verb.value}`",
        _sources(step),
        step.target.zh if step.target else "不变",
        _who(step),
        _facts(step.asks),
        _facts(step.takes),
        _clocks(step.starts),
        _clocks(step.stops),
        _clocks(step.renews),
        "" if step.orders is Orders.KEEP else step.orders.zh,
        "；".join(guard.zh for guard in step.guards),
    ]


def _states() -> Iterator[str]:
    yield "## 状态与可做的动作"
    yield ""
    for state in State:
        names = dict.fromkeys(step.verb.zh for step in TABLE if state in step.sources)
        ended = "" if state in OPEN_STATES else "（已终结，不计时）"
        yield f"- **{state.zh}** `{state.value}`{ended}：{'、'.join(names) or '没有后续动作'}"


def _name(step: Step) -> str:
    said = [word for word in (_part(step), step.outcome.zh if step.outcome else "") if word]
    return f"{step.verb.zh}（{'，'.join(said)}）" if said else step.verb.zh


def _part(step: Step) -> str:
    twins = {other.part for other in TABLE if other.verb is step.verb}
    return step.part.zh if step.part is not Part.CASE and len(twins) > 1 else ""


def _sources(step: Step) -> str:
    if not step.sources:
        return "新案"
    return "任一未结状态" if step.sources == OPEN_STATES else "、".join(s.zh for s in _ordered(step.sources))


def _who(step: Step) -> str:
    if Guard.SYSTEM_ONLY in step.guards:
        return "系统"
    return "、".join(role.zh for role, may in ROLES.items() if step.permission in may)


def _facts(names: Iterable[str]) -> str:
    return "、".join(FACTS[name].zh for name in names)


def _clocks(kinds: frozenset[ClockKind]) -> str:
    return "全部" if kinds == ALL_CLOCKS else "、".join(kind.zh for kind in ClockKind if kind in kinds)


def _ordered(states: frozenset[State]) -> list[State]:
    return [state for state in State if state in states]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
