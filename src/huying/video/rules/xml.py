"""XML as cameras and their gateways write it: read without trust, in the letters they really use.

No document type, no entities, nothing fetched. GB 2312 and GBK are read as GB 18030, which holds both; a declaration
that is wrong about its own letters is common, so the others are tried.
"""

import codecs
import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

MOST_BYTES: Final = 256 * 1024
_DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_CODECS: Final = {
    "utf-8": "utf-8-sig", "utf8": "utf-8-sig", "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030",
    "cp936": "gb18030", "gb_2312-80": "gb18030",
}  # fmt: skip
_USUAL: Final = ("utf-8-sig", "gb18030")


class UnreadableXml(ValueError):
    """It is no XML, is too large, or declares anything of its own."""


def read_xml(raw: bytes, charset: str = "") -> Element:
    """The root. ``charset``: as the way it came says. Raises UnreadableXml."""
    if not raw or len(raw) > MOST_BYTES:
        raise UnreadableXml
    try:
        root: Element = fromstring(_DECLARATION.sub("", text_of(raw, charset), count=1), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise UnreadableXml from error
    return root


def text_of(raw: bytes, charset: str = "") -> str:
    """The bytes as text: by their mark, by what they declare, by how they came, by what fits. Raises UnreadableXml."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        names: list[str] = ["utf-16"]
    elif raw.startswith(codecs.BOM_UTF8):
        names = ["utf-8-sig"]
    else:
        declared = _DECLARED.match(raw)
        said = [declared[1].decode("ascii") if declared else "", charset]
        names = [_CODECS[name.lower()] for name in said if name.lower() in _CODECS]
    for name in dict.fromkeys((*names, *_USUAL)):
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            continue
    raise UnreadableXml


def named(element: Element) -> str:
    """A tag without its namespace; makers differ in prefixes and forget them."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def all_named(element: Element, name: str) -> Iterator[Element]:
    """Every element of this name within, itself too, in order."""
    return (one for one in element.iter() if named(one) == name)


def child(element: Element | None, name: str) -> Element | None:
    """The first child of this name."""
    return None if element is None else next((one for one in element if named(one) == name), None)


def said(element: Element | None, name: str, most: int = 300) -> str:
    """What a child says, "" for none."""
    found = child(element, name)
    return (found.text or "").strip()[:most] if found is not None else ""
