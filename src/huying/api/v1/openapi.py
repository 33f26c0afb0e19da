"""What the interface's description says of each verb: made from the table."""

from collections.abc import Mapping
from typing import Any, Final

from huying.api.described.examples import example_of
from huying.api.described.whole import KEY_HEADER, MATCH_HEADER
from huying.api.v1.enclosed import EXAMPLE as PHOTO
from huying.cases.lifecycle import FACTS, TABLE, Fact, FactKind, Outcome, Verb

_EXAMPLES: Final[Mapping[str, Any]] = {
    "item": "0205", "kind": "complaint", "area": "440310001002003",
    "reply": "您好，垃圾已于今天上午清运，今后每日两次巡查。",
    "reason": "经现场核实，属重复诉求", "note": "已电话告知物业", "progress": "维修人员已到现场，预计今天完成。",
    "result": "清运垃圾约 2 立方米", "body": 12, "assists": [15], "contacted_at": "2026-03-02T10:15:00+08:00",
    "reached": True, "solved": True, "satisfaction": "satisfied", "speed": 5, "effect": 5, "service": 4, "answer": 5,
    "way": "seat", "appeal": 1, "into": "440310-000012345", "grounds": "该路段养护由水务局负责", "proposed": 15,
    "ruling": "由水务局承办", "until": "2026-06-01T18:00:00+08:00", "supervision": "请三日内办结并书面说明",
    "words": "谢谢，很快就解决了", "stars": 5, "pledge": 1, "promise": "三月底前完成改造", "bodies": [12], "call": 1,
    "parts": [{"title": "占道停车", "item": "0301"}, {"title": "绿地损坏", "item": "0407"}],
}  # fmt: skip

# Needed by a guard in the usual case, though not in every row of the table.
_SHOWN: Final[Mapping[Verb, list[str]]] = {Verb.REPORT: ["reply"]}


def _json_type(fact: Fact) -> dict[str, Any]:
    number = {"type": "integer", "minimum": 1}
    match fact.kind:
        case FactKind.PUBLIC | FactKind.INTERNAL:
            return {"type": "string", "minLength": 1, "maxLength": fact.most}
        case FactKind.CHOICE:
            return {"type": "string", "enum": list(fact.choices)}
        case FactKind.YES_NO:
            return {"type": "boolean"}
        case FactKind.STARS:
            return {"type": "integer", "minimum": 1, "maximum": 5}
        case FactKind.INSTANT:
            return {"type": "string", "format": "date-time"}
        case FactKind.CODE | FactKind.CASE:
            return {"type": "string", "maxLength": fact.most}
        case _:
            return _many(fact, number)


def _many(fact: Fact, number: dict[str, Any]) -> dict[str, Any]:
    match fact.kind:
        case FactKind.BODIES:
            return {"type": "array", "items": number, "maxItems": 20}
        case FactKind.PHOTOS:
            photo = {"type": "string", "description": "照片的 base64，JPEG、PNG、WebP"}
            return {"type": "array", "items": photo, "maxItems": fact.most, "examples": [[PHOTO]]}
        case FactKind.REASONS:
            return {"type": "array", "items": {"type": "string"}, "maxItems": 8}
        case FactKind.PARTS:
            return {"type": "array", "items": PART, "minItems": 1, "maxItems": 20}
        case _:
            return number


PART: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        "title": {"type": "string", "maxLength": 120}, "item": {"type": "string"},
        "condition": {"type": "integer"}, "area": {"type": "string"},
    },
    "required": ["title", "item"],
    "additionalProperties": False,
}  # fmt: skip


def names_of(verb: Verb) -> list[str]:
    """What the table asks for or takes in any row of a verb."""
    rows = [step for step in TABLE if step.verb is verb]
    return list(dict.fromkeys(name for step in rows for name in step.asks + step.takes))


def step_extra(verb: Verb) -> dict[str, Any]:
    """The operation of one verb: its body, headers, and what the table says of it in words."""
    rows = [step for step in TABLE if step.verb is verb]
    always = set.intersection(*(set(step.asks) for step in rows))
    properties = {name: _property(FACTS[name]) for name in names_of(verb)}
    outcomes = [step.outcome for step in rows if step.outcome]
    required = sorted(always)
    if outcomes and verb is not Verb.WITHDRAW:
        values = list(dict.fromkeys(outcome.value for outcome in outcomes))
        said = "；".join(f"{value} {Outcome(value).zh}" for value in values)
        properties["outcome"] = {"type": "string", "enum": values, "description": said}
        required += ["outcome"] if all(step.outcome for step in rows) else []
    properties["order"] = {"type": "integer", "description": "工单编号；本单位只有一张时不必写"}
    schema = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    body = {
        "application/json": {
            "schema": schema,
            "example": _example(properties, required + _SHOWN.get(verb, [])),
        }
    }
    return {
        "description": _described(verb),
        "parameters": [MATCH_HEADER, KEY_HEADER],
        "requestBody": {"required": bool(required), "content": body},
    }


def _property(fact: Fact) -> dict[str, Any]:
    said = {**_json_type(fact), "description": fact.zh}
    return said | ({"examples": [_EXAMPLES[fact.name]]} if fact.name in _EXAMPLES else {})


def _example(properties: Mapping[str, Any], names: list[str]) -> dict[str, Any]:
    return {name: _EXAMPLES.get(name) or example_of(properties[name], {}, name) for name in names}


def _described(verb: Verb) -> str:
    lines = []
    for step in TABLE:
        if step.verb is verb:
            start = "、".join(sorted(state.zh for state in step.sources))
            end = f" → {step.target.zh}" if step.target else "，状态不变"
            how = f"（{step.outcome.zh}）" if step.outcome else ""
            guards = "".join(f"；{guard.zh}" for guard in step.guards)
            lines.append(f"* {start}{how}{end}。须有权限“{step.permission.zh}”{guards}。")
    return "\n".join(dict.fromkeys(lines))
