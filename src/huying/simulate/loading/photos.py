"""Pictures for the latest reports: drawn, not taken, and small; so that whoever checks has something to compare.

A few of them serve for all: the same picture is one file in the store, however many reports show it.
"""

import io
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Any, Final

from PIL import Image, ImageDraw

from huying.cases.actions import StoredPhoto, store_photo
from huying.cases.lifecycle import Verb
from huying.catalogue.rules.kinds import Evidence
from huying.simulate.chance import dice, unit
from huying.simulate.days import Call
from huying.simulate.stories import Deed

_SIZE: Final = (480, 360)
_HORIZON: Final = 190
_SCENES: Final = 6
# Older ones lie in the archive and nobody checks them any more.
_YOUNGER_THAN: Final = timedelta(days=14)


def pictures(seed: int, district: int, call: Call, deed: Deed, now: datetime) -> Mapping[str, Any]:
    """The photos that the list demands of a report that was made lately, as facts of that step."""
    if deed.verb is not Verb.REPORT or call.condition is None or deed.at < now - _YOUNGER_THAN:
        return {}
    scene = int(unit(seed, "scene", call.series) * _SCENES)
    wanted = call.condition.evidence
    facts = {"photos_before": (Evidence.BEFORE, False), "photos": (Evidence.AFTER, True)}
    return {
        name: [_stored(district, scene, mended)] for name, (kind, mended) in facts.items() if kind in wanted
    }


@lru_cache(maxsize=2 * _SCENES)
def _stored(district: int, scene: int, mended: bool) -> StoredPhoto:
    return store_photo(district, drawn(scene, mended=mended))


def drawn(scene: int, *, mended: bool) -> bytes:
    """A street as a PNG: before, with a fault and rubbish on it; mended, the same street without."""
    rng = dice(scene, "street")
    picture = Image.new("RGB", _SIZE, (206, 220, 230))
    pen = ImageDraw.Draw(picture)
    _houses(pen, rng)
    pen.rectangle((0, _HORIZON, _SIZE[0], _HORIZON + 34), fill=(186, 180, 170))
    pen.rectangle((0, _HORIZON + 34, *_SIZE), fill=(112, 114, 118))
    for left in range(-20, _SIZE[0], 90):
        pen.rectangle((left, 292, left + 46, 298), fill=(232, 232, 226))
    (_mended if mended else _faulty)(pen, rng)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _houses(pen: ImageDraw.ImageDraw, rng: Random) -> None:
    left = -rng.randrange(40)
    while left < _SIZE[0]:
        width, top = rng.randrange(70, 130), rng.randrange(40, 120)
        tone = rng.randrange(150, 215)
        pen.rectangle((left, top, left + width, _HORIZON), fill=(tone, tone - 8, tone - 20))
        for x in range(left + 12, left + width - 16, 26):
            for y in range(top + 14, _HORIZON - 24, 30):
                pen.rectangle((x, y, x + 12, y + 16), fill=(96, 112, 128))
        left += width + 4


def _faulty(pen: ImageDraw.ImageDraw, rng: Random) -> None:
    x, y = rng.randrange(140, 300), rng.randrange(250, 280)
    hole = [(x + rng.randrange(-6, 7) + 62 * i, y + rng.randrange(-16, 17)) for i in (0, 1, 2)]
    low = [(x + 124 - 40 * i, y + 46 + rng.randrange(-10, 11)) for i in range(4)]
    pen.polygon([*hole, *low], fill=(52, 50, 50), outline=(38, 36, 36))
    for _heap in range(26):
        left, top = rng.randrange(30, 130), rng.randrange(196, 232)
        tone = rng.choice(((70, 92, 68), (140, 104, 60), (196, 196, 190), (60, 64, 84)))
        pen.ellipse((left, top, left + rng.randrange(10, 26), top + rng.randrange(8, 18)), fill=tone)


def _mended(pen: ImageDraw.ImageDraw, rng: Random) -> None:
    x, y = rng.randrange(140, 300), rng.randrange(250, 280)
    pen.rectangle((x - 8, y - 18, x + 134, y + 58), fill=(90, 92, 96))
    pen.rectangle((54, 176, 84, 226), fill=(44, 110, 82))
    pen.rectangle((50, 170, 88, 180), fill=(36, 90, 68))
