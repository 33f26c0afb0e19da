"""Whether a proof holds against published roots: the platform's own reading of its files (R404).

``examples/verify_ledger.py`` reads the same files without anything of this platform; both must agree.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from huying.cases.ledger import GENESIS, PROOF_FORMAT, ROOTS_FORMAT, root_from, root_link, roots_begin
from huying.kernel.digest import canonical, digest
from huying.kernel.errors import Invalid
from huying.kernel.saying import said

Record = Mapping[str, Any]
_DAMAGED = (LookupError, TypeError, ValueError, AttributeError)


class Held(NamedTuple):
    """How many entries a published root covers, of how many."""

    covered: int
    entries: int


def held(proof: Record, roots: Record) -> Held:
    """Follow every case of a proof file to the roots. Raises Invalid, naming the first thing that does not hold."""
    try:
        return _held(proof, roots)
    except _DAMAGED as error:
        raise Invalid(said("文件残缺：%(why)s", why=str(error))) from error


def _held(proof: Record, roots: Record) -> Held:
    days = _days(roots)
    _must(
        (proof["format"], proof["district"]) == (PROOF_FORMAT, roots["district"]), "证明文件的区或格式不符。"
    )
    covered = entries = 0
    for case in proof["cases"]:
        covered += _case(case, days)
        entries += len(case["entries"])
    whole = digest(canonical(_without(proof, "check")), proof["algorithm"]).hex()
    _must(proof["check"] == whole, "证明文件其余部分被改动。")
    return Held(covered, entries)


def _days(roots: Record) -> Mapping[str, Record]:
    link = b""
    for place, day in enumerate(roots["days"], 1):
        link = link or roots_begin(roots["district"], day["algorithm"])
        link = root_link(link, _without(day, "link"), day["algorithm"])
        _must(
            (day["place"], day["link"]) == (place, link.hex()),
            said("总摘要文件第 %(place)s 行（%(day)s）被改动。", place=place, day=day["day"]),
        )
    _must((roots["format"], roots["head"]) == (ROOTS_FORMAT, link.hex()), "总摘要文件首尾被改动。")
    return {day["day"]: day for day in roots["days"]}


def _case(case: Record, days: Mapping[str, Record]) -> int:
    seal, covered = GENESIS, 0
    for seq, entry in enumerate(case["entries"], 1):
        here = said("案件 %(number)s 第 %(seq)s 步", number=case["number"], seq=seq)
        algorithm = entry["algorithm"]
        whole = digest(canonical(_without(entry, "check")), algorithm).hex()
        _must(entry["check"] == whole, said("%(here)s：记载被改动。", here=here))
        seal = digest(seal + bytes.fromhex(entry["content"]), algorithm)
        _must((entry["seq"], entry["seal"]) == (seq, seal.hex()), said("%(here)s：封签对不上。", here=here))
        day = days.get(entry.get("day", ""))
        if day is not None:
            path = _path(entry["path"])
            reached = root_from(seal, path, day["algorithm"]).hex()
            _must(
                reached == day["root"],
                said("%(here)s：与 %(day)s 公布的总摘要不符。", here=here, day=entry["day"]),
            )
            covered = seq
    return covered


def _path(path: Iterable[Any]) -> list[tuple[str, bytes]]:
    return [(side, bytes.fromhex(other)) for side, other in path]


def _without(record: Record, name: str) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != name}


def _must(holds: bool, told: str) -> None:
    if not holds:
        raise Invalid(told)
