"""What a GeoReport server answers, read by what it is and not by what it claims to be: JSON or XML, whatever the
``Content-Type``; with or without a byte order mark; in the encoding it says, or another; its root kept or left out; one
object where a list belongs.
"""

import re
from collections.abc import Mapping
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

import orjson
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from huying.exchange.channels.interface import Garbled

_SAID: Final = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]+)""")
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_CHARSET: Final = re.compile(r"charset\s*=\s*\"?([A-Za-z0-9._:-]+)", re.IGNORECASE)
# What Chinese programs call GB2312 is as a rule the larger set that contains it.
_WIDER: Final = {"gb2312": "gb18030", "gbk": "gb18030"}
# One of these makes an object a row and no wrapping around rows.
_LEAVES: Final = frozenset(
    {"service_request_id", "service_code", "update_id", "token", "code", "variable", "description", "specification"}
)  # fmt: skip
_LISTS: Final = frozenset(
    {"services", "service_requests", "requests", "service_request_updates", "request_updates", "errors", "attributes",
     "values", "endpoints"}
)  # fmt: skip
_DEPTH: Final = 12

Row = Mapping[str, Any]


def rows_of(content: bytes, media: str = "", spare: str = "gb18030") -> list[Row]:
    """The rows of an answer; an empty answer has none. ``spare`` is the encoding of a text that is no UTF-8 and does
    not say what it is. Raises Garbled for what is neither JSON nor XML, a web page included.
    """
    text = text_of(content, media, spare).strip()
    if not text:
        return []
    return _rows(_tree(text) if text.startswith("<") else _json(text), _DEPTH)


def text_of(content: bytes, media: str, spare: str) -> str:
    """The answer as text: UTF-8 where it can be, whatever it claims; else what it claims, then ``spare``."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    claimed = _SAID.match(content[:200])
    charset = _CHARSET.search(media)
    names = [
        "utf-8-sig",
        claimed[1].decode().lower() if claimed else "",
        charset[1].lower() if charset else "",
        spare,
    ]
    for name in filter(None, names):
        try:
            return content.decode(_WIDER.get(name, name))
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("latin-1")


def fault_of(rows: list[Row]) -> tuple[int, str] | None:
    """The error that an answer tells, whatever its status was: code (0 where none is said) and words."""
    if not rows or not all("code" in row and _is_fault(row) for row in rows):
        return None
    first = str(rows[0].get("code"))
    words = "；".join(str(row.get("description") or row.get("message") or "") for row in rows)
    return (int(first) if first.isascii() and first.isdecimal() and len(first) < 6 else 0), words[:300]


def _is_fault(row: Row) -> bool:
    return not row.keys() & {
        "service_request_id",
        "service_code",
        "update_id",
        "token",
        "variable",
        "datatype",
    }


def _json(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Garbled("对方的回答既不是 JSON 也不是 XML。") from error


def _tree(text: str) -> Any:
    try:
        # It is text already: what its head says of bytes holds no more.
        root = ElementTree.fromstring(_DECLARATION.sub("", text, count=1))
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise Garbled("对方的回答既不是 JSON 也不是 XML。") from error
    if root.tag.lower() == "html":
        raise Garbled("对方回答的是一个网页。")
    return _value(root, _DEPTH)


def _value(one: Element, depth: int) -> Any:
    parts = list(one)
    if not parts or depth == 0:
        return (one.text or "").strip()
    if _bare(one) in _LISTS:
        return [_value(part, depth - 1) for part in parts]
    found: dict[str, Any] = {}
    for part in parts:
        name, value = _bare(part), _value(part, depth - 1)
        if name in found:
            held = found[name]
            found[name] = [*held, value] if isinstance(held, list) else [held, value]
        else:
            found[name] = value
    return found


def _bare(one: Element) -> str:
    return one.tag.rsplit("}", 1)[-1]


def _rows(value: Any, depth: int) -> list[Row]:
    if isinstance(value, list):
        return [row for one in value for row in _rows(one, depth - 1)] if depth else []
    if not isinstance(value, Mapping) or not value:
        return []
    if value.keys() & _LEAVES or not depth:
        return [value]
    inner = [one for one in value.values() if isinstance(one, list | Mapping)]
    return [row for one in inner for row in _rows(one, depth - 1)] if inner else [value]
