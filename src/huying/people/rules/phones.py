"""One way to write each telephone number of the mainland, so that a caller is found again.

Kinds (工信部 numbering plan): mobiles of 11 digits that begin 13–19, landlines with an area code (010, 02x,
0xxx) and 7 or 8 digits, local landlines without one, 400 and 800 numbers of 10 digits.
"""

import re
import unicodedata
from typing import Final

from huying.kernel.errors import Invalid

_MOBILE: Final = re.compile(r"1[3-9]\d{9}")
_LANDLINE: Final = re.compile(r"0(?:10|2\d)[2-9]\d{7}|0[3-9]\d{2}[2-9]\d{6,7}")
_LOCAL: Final = re.compile(r"[2-9]\d{6,7}")
_SERVICE: Final = re.compile(r"[48]00\d{7}")
_LOOKS_LIKE_COUNTRY: Final = re.compile(r"(?:\+|00)86|86(?=1[3-9]\d{9}$)")
_BETWEEN: Final = re.compile(r"[\s\-‐‑–—.()·/]+")


def phone_or_none(text: str) -> str | None:
    """The normal form (digits only, no country code), or None when it is no telephone number."""
    folded = _BETWEEN.sub("", unicodedata.normalize("NFKC", text))
    bare = _LOOKS_LIKE_COUNTRY.sub("", folded, count=1) if _LOOKS_LIKE_COUNTRY.match(folded) else folded
    if bare != folded and re.fullmatch(r"(?:10|[2-9]\d{1,2})[2-9]\d{6,7}", bare):
        bare = f"0{bare}"
    for form in (_MOBILE, _LANDLINE, _LOCAL, _SERVICE):
        if form.fullmatch(bare) and bare.isascii():
            return bare
    return None


def normal_phone(text: str) -> str:
    """Like ``phone_or_none``, but raises ``Invalid`` naming the field ``phone``."""
    phone = phone_or_none(text)
    if phone is None:
        refusal = Invalid("电话号码不对，请填 11 位手机号，或区号加座机号。")
        refusal.fields["phone"] = refusal.message
        raise refusal
    return phone


def is_mobile(phone: str) -> bool:
    """Whether a number in normal form can take text messages."""
    return _MOBILE.fullmatch(phone) is not None
