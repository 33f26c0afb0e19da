"""What a find must be before it is taken in: words, photos, and for what was put right a before and an after."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from huying.geo.measure import distance
from huying.kernel.saying import said
from huying.patrol.rules.kinds import FileKind, FindKind

TEXT_LEAST: Final = 2
TEXT_MOST: Final = 2000
DONE_MOST: Final = 500
PLACE_MOST: Final = 300
#: Photos of each kind that one find takes; recordings one.
MOST: Final[Mapping[FileKind, int]] = {
    FileKind.SCENE: 6, FileKind.BEFORE: 3, FileKind.AFTER: 3, FileKind.VOICE: 1,
}  # fmt: skip
#: Photos of one spot taken further apart than this are pointed out to whoever checks, in metres.
FAR: Final = 100.0
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a phone took itself to be: degrees in CGCS2000 (WGS-84 differs by centimetres), accuracy in metres."""

    lon: float
    lat: float
    accuracy: float | None = None

    def possible(self) -> bool:
        good = math.isfinite(self.lon) and math.isfinite(self.lat)
        return good and abs(self.lon) <= 180 and abs(self.lat) <= 90


@dataclass(frozen=True, slots=True)
class NewFile:
    """A photo or recording by the name it was sent under; ``sha256`` of its bytes on the phone binds it to the rest."""

    id: str
    kind: FileKind
    sha256: str
    taken_at: datetime
    spot: Spot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFind:
    """What a worker found. ``key`` and ``tour`` were made on the phone; times are by its clock, which showed ``sent_at``
    when this was sent. ``done``: what was put right on the spot, under ``item``."""

    key: str
    kind: FindKind
    text: str
    found_at: datetime
    sent_at: datetime
    tour: str = ""
    place_text: str = ""
    item: str = ""
    done: str = ""
    spot: Spot | None = None
    files: Sequence[NewFile] = ()


def wrong_in(new: NewFind) -> dict[str, str]:
    """What is wrong with which field, in the words the worker reads; empty when it can be taken in."""
    wrong = _wrong_words(new)
    if new.spot is not None and not new.spot.possible():
        wrong["spot"] = said("位置不对，请重新定位。")
    if any(file.spot is not None and not file.spot.possible() for file in new.files):
        wrong["files"] = said("照片的位置不对，请重拍。")
    if any(not _DIGEST.fullmatch(file.sha256) for file in new.files):
        wrong["files"] = said("照片的摘要不对，请重拍。")
    if len({file.id for file in new.files}) != len(new.files):
        wrong["files"] = said("同一张照片用了两次，请重拍。")
    for kind, most in MOST.items():
        if sum(file.kind is kind for file in new.files) > most:
            wrong["files"] = said("%(kind)s最多 %(most)s 个，请少选几个。", kind=kind.zh, most=most)
    return wrong | (_wrong_fix(new) if new.kind is FindKind.FIXED else {})


def _wrong_words(new: NewFind) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not TEXT_LEAST <= len(new.text.strip()) <= TEXT_MOST:
        wrong["text"] = said("请写一下是什么事，2 到 2000 字。")
    if len(new.place_text) > PLACE_MOST:
        wrong["place_text"] = said("地点最多 300 字。")
    return wrong


def _wrong_fix(new: NewFind) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not TEXT_LEAST <= len(new.done.strip()) <= DONE_MOST:
        wrong["done"] = said("请写明怎么处置的，2 到 500 字。")
    if not new.item:
        wrong["item"] = said("请选事项。")
    before, after = of_kind(new.files, FileKind.BEFORE), of_kind(new.files, FileKind.AFTER)
    if not before or not after:
        wrong["files"] = said("处置前、处置后各要至少一张照片。")
    elif max(one.taken_at for one in before) >= min(one.taken_at for one in after):
        wrong["files"] = said("处置前的照片应先于处置后的照片拍。")
    return wrong


def of_kind(files: Sequence[NewFile], kind: FileKind) -> list[NewFile]:
    """Those of one kind, in their order."""
    return [file for file in files if file.kind is kind]


def apart(one: Spot | None, other: Spot | None) -> float | None:
    """Metres between two places beyond what the phone itself was unsure of; None where either is not known."""
    if one is None or other is None:
        return None
    unsure = (one.accuracy or 0.0) + (other.accuracy or 0.0)
    return max(0.0, distance(one.lon, one.lat, other.lon, other.lat) - unsure)


def widest_gap(new: NewFind) -> float | None:
    """The longest way between the place of a find and that of any photo of it, in metres; None where none is known."""
    spots = [file.spot for file in new.files if file.kind is not FileKind.VOICE]
    gaps = [gap for spot in spots if (gap := apart(spot, new.spot)) is not None]
    before = [file.spot for file in of_kind(new.files, FileKind.BEFORE)]
    after = [file.spot for file in of_kind(new.files, FileKind.AFTER)]
    gaps += [gap for one in before for other in after if (gap := apart(one, other)) is not None]
    return max(gaps, default=None)
