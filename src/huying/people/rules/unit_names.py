"""One unit, many spellings: the form in which unit names of order files are compared."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Final

_BRACKETS: Final = str.maketrans("〔〕【】[]", "()()()")
_SHORTER: Final = (("街道办事处", "街道"), ("办事处", "街道"), ("办公室", "办"), ("规划国土委", "规土委"))
_IN_BRACKETS: Final = re.compile(r"^(?P<unit>.+)\((?P<office>[^()]*)\)$")


def reconciled(
    name: str,
    *,
    places: Collection[str] = (),
    district: str = "",
    aliases: Mapping[str, str] | None = None,
) -> str:
    """The unit that a spelling means.

    Width, spaces and kinds of brackets are evened out, 街道办事处 and 办事处 become 街道, 办公室 becomes
    办, the ``district``'s own name is dropped at the front and 处置 at the end. The office in brackets is
    dropped where the unit already names one of ``places`` (stems such as 龙田): 六联社区（坪山街道办事处）
    is 六联社区, while 城建办（龙田街道办事处） is one of several 城建办.
    ``aliases`` maps spellings in this form to the unit meant, last. Applying it twice changes nothing.
    """
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name)).translate(_BRACKETS)
    while (shorter := _shortened(text, places, district)) != text:
        text = shorter
    return (aliases or {}).get(text, text)


def _shortened(text: str, places: Collection[str], district: str) -> str:
    for longer, shorter in _SHORTER:
        text = text.replace(longer, shorter)
    if district and text.startswith(district) and len(text) > len(district) + 1:
        text = text[len(district) :]
    text = text.removesuffix("处置") or text
    bracketed = _IN_BRACKETS.match(text)
    if bracketed and any(place in bracketed["unit"] for place in places):
        return bracketed["unit"]
    return text
