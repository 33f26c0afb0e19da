"""What we would send, as the other side writes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from huying.exchange.rules.mapping import OUT_FIELDS, PeerMap
from huying.kernel.saying import said

_CODED: Final = ("type", "state", "kind", "result", "satisfaction", "item", "area", "body")
# Words without a list of their own go as they are; states and kinds of letters never do.
_MUST_BE_CODED: Final = frozenset({"type", "state", "result", "satisfaction"})
# Where a field is missing here it is left out there.
_PERSONAL: Final = frozenset({"name", "phone"})


@dataclass(frozen=True, slots=True)
class Written:
    """Their letter by our fields; ``wrong`` names what has no code, and then nothing is sent."""

    fields: Mapping[str, Any]
    wrong: tuple[str, ...]


def write(of: PeerMap, facts: Mapping[str, Any], *, own: bool) -> Written:
    """The letter that tells these facts; ``own``: the order came from this system, so its caller may go back."""
    fields: dict[str, Any] = {}
    wrong: list[str] = []
    for name, path in of.out_fields.items():
        value = facts.get(name)
        if value in (None, "", []) or (name in _PERSONAL and not (own and of.caller)):
            continue
        if isinstance(value, datetime):
            value = of.told(value)
        if name in _CODED:
            value, trouble = _coded(of, name, str(value))
            if trouble:
                wrong.append(trouble)
        _put(fields, path, value)
    for path, value in of.constants.items():
        _put(fields, path, value)
    return Written(fields, tuple(wrong))


def _coded(of: PeerMap, name: str, value: str) -> tuple[str, str]:
    codes = of.out_codes.get(name)
    if codes is None:
        return value, ""
    if value in codes:
        return codes[value], ""
    if name not in _MUST_BE_CODED and "*" in codes:
        return codes["*"], ""
    return value, said("%(what)s“%(value)s”没有对方的代码。", what=OUT_FIELDS[name], value=value)


def _put(fields: dict[str, Any], path: str, value: Any) -> None:
    *way, last = path.split(".")
    here = fields
    for part in way:
        here = here.setdefault(part, {})
    here[last] = value
