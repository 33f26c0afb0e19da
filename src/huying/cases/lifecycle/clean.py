"""The check of what was given for a step, before anything is read or locked."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from huying.cases.lifecycle.facts import FACTS, Fact, FactKind
from huying.cases.lifecycle.steps import Step
from huying.kernel.errors import Invalid, MissingFact
from huying.kernel.numbers import parse_case_number
from huying.kernel.saying import said


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
        except Invalid as error:
            wrong[name] = error.message
        except (ValueError, TypeError, OverflowError):
            wrong[name] = said("%(what)s填写有误。", what=fact.zh)
    if wrong:
        raise Invalid(fields=wrong)
    missing = {name: said("请填写%(what)s。", what=FACTS[name].zh) for name in step.asks if name not in clean}
    if missing:
        raise MissingFact(fields=missing)
    return clean


def _text(fact: Fact, value: Any) -> str:
    if not isinstance(value, str):
        raise Invalid(said("%(what)s应为文字。", what=fact.zh))
    text = value.replace("\x00", "").strip()
    if not text:
        raise Invalid(said("请填写%(what)s。", what=fact.zh))
    if len(text) > fact.most:
        told = {"what": fact.zh, "most": fact.most, "now": len(text)}
        raise Invalid(said("%(what)s最多 %(most)s 字，现在 %(now)s 字。", **told))
    return text


def _choice(fact: Fact, value: Any) -> str:
    text = _text(fact, value)
    if fact.choices and text not in fact.choices:
        raise Invalid(said("%(what)s没有“%(given)s”这一项。", what=fact.zh, given=text))
    return text


def _code(fact: Fact, value: Any) -> str:
    counted = isinstance(value, int) and not isinstance(value, bool)
    return _choice(fact, str(value) if counted else value)


def _number(fact: Fact, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise Invalid(said("%(what)s应为编号。", what=fact.zh))
    number = int(value) if str(value).isascii() and str(value).isdigit() else -1
    if not 0 < number < 2**63:
        raise Invalid(said("%(what)s应为编号。", what=fact.zh))
    return number


def _numbers(fact: Fact, value: Any) -> list[int]:
    if not isinstance(value, list | tuple) or len(value) > 20:
        raise Invalid(said("%(what)s最多 %(most)s 个。", what=fact.zh, most=20))
    return list(dict.fromkeys(_number(fact, each) for each in value))


def _yes_no(fact: Fact, value: Any) -> bool:
    known = {True: True, False: False, "true": True, "false": False, "yes": True, "no": False}
    if not isinstance(value, bool | str) or value not in known:
        raise Invalid(said("%(what)s请选是或否。", what=fact.zh))
    return known[value]


def _instant(fact: Fact, value: Any) -> datetime:
    at = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    if at.utcoffset() is None:
        raise Invalid(said("%(what)s须注明时区。", what=fact.zh))
    return at


def _stars(fact: Fact, value: Any) -> int:
    stars = int(value)
    if not 1 <= stars <= 5:
        raise Invalid(said("%(what)s为一到五星。", what=fact.zh))
    return stars


def _case(fact: Fact, value: Any) -> int:
    if isinstance(value, str) and not value.isdigit():
        return parse_case_number(value)[1]
    return _number(fact, value)


def _parts(fact: Fact, value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list | tuple) or not 1 <= len(value) <= 20:
        raise Invalid("请拆成二到二十一项，每项写明事项。")
    parts = []
    for part in value:
        if not isinstance(part, Mapping) or not part.get("item") or not str(part.get("title", "")).strip():
            raise Invalid("每个拆分项都要有标题和事项。")
        parts.append(
            {
                "item": _short(part["item"], FACTS["item"].zh, 32),
                "title": _short(part["title"], "标题", 120),
                "condition": _place(part.get("condition")),
                "area": _short(part["area"], FACTS["area"].zh, 15) if part.get("area") else None,
            }
        )
    return parts


def _short(given: Any, what: str, most: int) -> str:
    if not isinstance(given, str):
        raise Invalid(said("%(what)s应为文字。", what=what))
    if len(text := given.strip()) > most:
        raise Invalid(
            said("%(what)s最多 %(most)s 字，现在 %(now)s 字。", what=what, most=most, now=len(text))
        )
    return text


def _place(given: Any) -> int | None:
    """The number of a filing condition within its item."""
    if given in (None, ""):
        return None
    text = str(given)
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise Invalid("没有这个立案条件。")
    return int(text)


def _reasons(fact: Fact, value: Any) -> list[str]:
    if not isinstance(value, list | tuple):
        raise Invalid("理由应为若干句话。")
    return [str(each)[:200] for each in value][:8]


def _degrees(fact: Fact, value: Any) -> float:
    degrees = float(value)
    if not -180 <= degrees <= 180:
        raise Invalid(said("%(what)s填写有误。", what=fact.zh))
    return degrees


def _photos(fact: Fact, value: Any) -> list[Any]:
    if not isinstance(value, list | tuple) or not all(hasattr(each, "sha256") for each in value):
        raise Invalid("照片须先上传。")
    if len(value) > fact.most:
        raise Invalid(said("%(what)s最多 %(most)s 张。", what=fact.zh, most=fact.most))
    return list(value)


_READERS: Final[Mapping[FactKind, Callable[[Fact, Any], Any]]] = {
    FactKind.PUBLIC: _text,
    FactKind.INTERNAL: _text,
    FactKind.CODE: _code,
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
    FactKind.PROMISE: _number,
    FactKind.DEGREES: _degrees,
}
