"""Data segments: ``QN=…;ST=…;CN=…;PW=…;MN=…;Flag=…;PNUM=…;PNO=…;CP=&&…&&``, read and written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from huying.kernel.errors import Invalid
from huying.kernel.saying import said

Group = Mapping[str, str]
_OPEN: Final = "CP=&&"
_CLOSE: Final = "&&"
_ANSWER, _PARTED = 0b01, 0b10


@dataclass(frozen=True, slots=True)
class Segment:
    """One data segment. What was not told is empty or None; the elder standard tells neither QN nor Flag of data.

    ``groups`` are the parts of CP between semicolons, each with its fields between commas. ``flag`` is the number of the
    standard: bit 0 asks for an answer, bit 1 says that the segment is one of several, the six above are the version.
    ``password`` never appears in a printed segment.
    """

    system: str
    command: str
    device: str
    groups: tuple[Group, ...] = ()
    number: str = ""
    password: str = field(default="", repr=False)
    flag: int | None = None
    count: int | None = None
    part: int | None = None

    @property
    def wants_answer(self) -> bool:
        """Whether bit 0 of Flag is set."""
        return bool((self.flag or 0) & _ANSWER)

    @property
    def is_part(self) -> bool:
        """Whether it is one of several: numbered so, whether Flag says it or not (devices forget to)."""
        return self.count is not None and self.part is not None and self.count > 1

    @property
    def version(self) -> int:
        """0 for HJ/T 212-2005, 1 for HJ 212-2017, more for what comes later."""
        return (self.flag or 0) >> 2

    @property
    def fields(self) -> dict[str, str]:
        """All fields of CP together; of a name that is told twice the last."""
        return {name: value for group in self.groups for name, value in group.items()}


def read_segment(data: bytes) -> Segment:
    """The segment in a frame's data: UTF-8 or GB 18030, fields unknown to the standard left out.

    Raises Invalid when CP is not closed, a field is no ``name=value``, MN, ST or CN is missing, or a number is none.
    """
    text = _text(data)
    head, opened, rest = text.partition(_OPEN)
    inside, closed, after = rest.rpartition(_CLOSE)
    if opened and (not closed or after.strip()):
        raise Invalid("数据区 CP 没有以 && 结束。")
    told = _fields(head.replace(",", ";").split(";"))
    missing = [name for name in ("ST", "CN", "MN") if not told.get(name)]
    if missing:
        raise Invalid(said("数据段缺少 %(names)s。", names="、".join(missing)))
    groups = (_fields(group.split(",")) for group in inside.split(";"))
    return Segment(
        system=told["ST"], command=told["CN"], device=told["MN"],
        groups=tuple(group for group in groups if group),
        number=told.get("QN", ""), password=told.get("PW", ""),
        flag=_whole(told, "Flag"), count=_whole(told, "PNUM"), part=_whole(told, "PNO"),
    )  # fmt: skip


def write_segment(segment: Segment) -> bytes:
    """The data of a frame, in the standard's order of fields. Raises Invalid for what would not be read back."""
    if segment.is_part != bool((segment.flag or 0) & _PARTED):
        raise Invalid("有包号时 Flag 的第 1 位应当是 1，没有时应当是 0。")
    head = {
        "QN": segment.number, "ST": segment.system, "CN": segment.command, "PW": segment.password,
        "MN": segment.device, "Flag": segment.flag, "PNUM": segment.count, "PNO": segment.part,
    }  # fmt: skip
    told = {name: str(value) for name, value in head.items() if value not in ("", None)}
    for name, value in [*told.items(), *(pair for group in segment.groups for pair in group.items())]:
        _check(name, value)
    inside = ";".join(_joined(group, ",") for group in segment.groups)
    text = f"{_joined(told, ';')};{_OPEN}{inside}{_CLOSE}"
    data = text.encode("gb18030")
    # Some of its bytes would be read as another text of UTF-8.
    return data if _text(data) == text else text.encode()


def _joined(fields: Group, between: str) -> str:
    return between.join(f"{name}={value}" for name, value in fields.items())


def _check(name: str, value: str) -> None:
    if not name or name != name.strip() or value != value.strip() or set(name + value) & set("&,;=\r\n"):
        raise Invalid(said("%(name)s 的值里有协议自己用的符号。", name=name))


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def _fields(written: Iterable[str]) -> dict[str, str]:
    found = {}
    for each in written:
        if not each.strip():
            continue
        name, sign, value = each.partition("=")
        if not sign or not name.strip():
            raise Invalid(said("“%(text)s”不是“名称=值”。", text=each.strip()[:40]))
        found[name.strip()] = value.strip()
    return found


def _whole(told: Group, name: str) -> int | None:
    text = told.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise Invalid(said("%(name)s 应当是 0 到 9999 的整数，不是“%(text)s”。", name=name, text=text[:20]))
    return int(text)
