"""The check of what was given for a step, before anything is read or locked."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from huying.cases.lifecycle.facts import FACTS, Fact, FactKind
from huying.cases.lifecycle.steps import Step
from huying.kernel.errors import Invalid, MissingFact
from huying.kernel.numbers import parse_case_number


def clean_facts(step: Step, given: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a step in their own types; empty values count as not given.

    Raises:
        MissingFact: something the step asks for is not there; ``fields`` names each.
        Invalid: something has the wrong type, is too long, or is not asked for here; ``fields`` names each.
    """
    present = {name: value for name, value in given.items() if value is not None and value != ""}
    wrong: dict[str, str] = {}
    clean: dict[str, Any] = {}
    for name, value in present.items():
        fact = FACTS.get(name)
        if fact is None or name not in step.asks + step.takes:
            wrong[name] = "这一步不需要这项内容。"
            continue
        try:
            clean[name] = _READERS[fact.kind](fact, value)
        except (ValueError, TypeError, Invalid) as error:
            wrong[name] = str(error) or f"{fact.zh}填写有误。"
    if wrong:
        raise Invalid(fields=wrong)
    missing = {name: f"请填写{FACTS[name].zh}。" for name in step.asks if name not in clean}
    if missing:
        raise MissingFact(fields=missing)
    return clean


def _text(fact: Fact, value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{fact.zh}应为文字。")
    text = value.replace("\x00", "").strip()
    if not text:
        raise ValueError(f"请填写{fact.zh}。")
    if len(text) > fact.most:
        raise ValueError(f"{fact.zh}最多 {fact.most} 字，现在 {len(text)} 字。")
    return text


def _choice(fact: Fact, value: Any) -> str:
    text = _text(fact, value)
    if fact.choices and text not in fact.choices:
        raise ValueError(f"{fact.zh}没有“{text}”这一项。")
    return text


def _number(fact: Fact, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError(f"{fact.zh}应为编号。")
    number = int(value) if str(value).isascii() and str(value).isdigit() else -1
    if not 0 < number < 2**63:
        raise ValueError(f"{fact.zh}应为编号。")
    return number


def _numbers(fact: Fact, value: Any) -> list[int]:
    if not isinstance(value, list | tuple) or len(value) > 20:
        raise ValueError(f"{fact.zh}最多 20 个。")
    return list(dict.fromkeys(_number(fact, each) for each in value))


def _yes_no(fact: Fact, value: Any) -> bool:
    known = {True: True, False: False, "true": True, "false": False, "yes": True, "no": False}
    if not isinstance(value, bool | str) or value not in known:
        raise ValueError(f"{fact.zh}请选是或否。")
    return known[value]


def _instant(fact: Fact, value: Any) -> datetime:
    at = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    if at.utcoffset() is None:
        raise ValueError(f"{fact.zh}须注明时区。")
    return at


def _stars(fact: Fact, value: Any) -> int:
    stars = int(value)
    if not 1 <= stars <= 5:
        raise ValueError(f"{fact.zh}为一到五星。")
    return stars


def _case(fact: Fact, value: Any) -> int:
    if isinstance(value, str) and not value.isdigit():
        return parse_case_number(value)[1]
    return _number(fact, value)


def _parts(fact: Fact, value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list | tuple) or not 1 <= len(value) <= 20:
        raise ValueError("请拆成二到二十一项，每项写明事项。")
    parts = []
    for part in value:
        if not isinstance(part, Mapping) or not part.get("item") or not str(part.get("title", "")).strip():
            raise ValueError("每个拆分项都要有标题和事项。")
        parts.append(
            {
                "item": str(part["item"])[:32],
                "title": str(part["title"]).strip()[:120],
                "condition": int(part["condition"]) if part.get("condition") else None,
                "area": str(part["area"])[:15] if part.get("area") else None,
            }
        )
    return parts


def _reasons(fact: Fact, value: Any) -> list[str]:
    if not isinstance(value, list | tuple):
        raise ValueError("理由应为若干句话。")
    return [str(each)[:200] for each in value][:8]


def _photos(fact: Fact, value: Any) -> list[Any]:
    if not isinstance(value, list | tuple) or not all(hasattr(each, "sha256") for each in value):
        raise ValueError("照片须先上传。")
    if len(value) > fact.most:
        raise ValueError(f"照片最多 {fact.most} 张。")
    return list(value)


_READERS: Final[Mapping[FactKind, Callable[[Fact, Any], Any]]] = {
    FactKind.PUBLIC: _text,
    FactKind.INTERNAL: _text,
    FactKind.CODE: lambda fact, value: _choice(fact, str(value)),
    FactKind.CHOICE: _choice,
    FactKind.BODY: _number,
    FactKind.BODIES: _numbers,
    FactKind.CASE: _case,
    FactKind.APPEAL: _number,
    FactKind.INSTANT: _instant,
    FactKind.YES_NO: _yes_no,
    FactKind.STARS: _stars,
    FactKind.PARTS: _parts,
    FactKind.REASONS: _reasons,
    FactKind.PHOTOS: _photos,
}
