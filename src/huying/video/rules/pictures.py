"""A picture made so coarse that nobody is known on it: what pages show until somebody says why they want more.

No detector stands between a face and a page. Those that could be had find some faces and miss those that are turned,
masked, small or in the dark, and number plates of other countries; what one misses is shown. A picture of 24 fields
hides all of them alike, and still tells fire from rain.
"""

import io
from typing import Final

from PIL import Image

#: Fields along the longer side.
FIELDS: Final = 24
_EDGE: Final = 20


def coarse(content: bytes) -> bytes:
    """The fields of a clean picture, one pixel each, as PNG: no more of it is in there."""
    picture = Image.open(io.BytesIO(content), formats=("JPEG",))
    picture.draft("RGB", (FIELDS * 4, FIELDS * 4))
    width, height = picture.size
    scale = FIELDS / max(width, height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return _png(picture.convert("RGB").resize(size, Image.Resampling.BOX))


def enlarged(fields: bytes) -> bytes:
    """The fields as squares large enough to be looked at."""
    picture = Image.open(io.BytesIO(fields), formats=("PNG",))
    width, height = picture.size
    return _png(picture.resize((width * _EDGE, height * _EDGE), Image.Resampling.NEAREST))


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
