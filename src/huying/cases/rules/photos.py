"""Photos are looked into, not believed: decoded, turned upright, shrunk, written anew without what they hid.

Re-encoding drops position, device and everything else that a file carries beside its picture, and whatever
pretended to be a picture.
"""

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from huying.kernel.errors import Invalid

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_PIXELS: Final = 60_000_000
LONGEST_SIDE: Final = 2560
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")


@dataclass(frozen=True, slots=True)
class CleanPhoto:
    """A JPEG picture with nothing but its pixels; ``sha256`` is of ``content``, in hex."""

    content: bytes
    sha256: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class StoredPhoto:
    """A cleaned photo in the store; ``path`` is relative to the store's root."""

    path: str
    sha256: str
    width: int
    height: int
    size: int


def clean_photo(content: bytes) -> CleanPhoto:
    """The picture in ``content``, upright, at most 2560 pixels long, as JPEG.

    Raises Invalid for an empty, too large or disguised file, and for one that cannot be decoded to its end.
    """
    if not content:
        raise Invalid("照片是空的，请重新选择。")
    if len(content) > MOST_BYTES:
        raise Invalid("照片太大，每张最多 20 MB。")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=_FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise Invalid("照片尺寸太大，请换一张。")
            picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Invalid("照片尺寸太大，请换一张。") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning, EOFError) as error:
        raise Invalid("这个文件不是照片，或已经损坏。支持 JPEG、PNG、WebP。") from error
    upright = ImageOps.exif_transpose(picture)
    flat = _on_white(upright)
    flat.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=85, optimize=True)
    data = out.getvalue()
    return CleanPhoto(data, hashlib.sha256(data).hexdigest(), flat.width, flat.height)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        page = Image.new("RGB", layered.size, "white")
        page.paste(layered, mask=layered.getchannel("A"))
        return page
    return picture.convert("RGB")
