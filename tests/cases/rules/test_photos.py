import io

import pytest
from PIL import Image

from huying.cases.rules.photos import LONGEST_SIDE, clean_photo
from huying.kernel.errors import Invalid


def picture(size: tuple[int, int], kind: str = "JPEG", mode: str = "RGB", **extra: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, (200, 30, 30) if mode == "RGB" else (200, 30, 30, 0)).save(out, kind, **extra)
    return out.getvalue()


def test_position_and_device_are_gone() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera Maker"
    exif.get_ifd(0x8825)[2] = (22.0, 40.0, 0.0)
    clean = clean_photo(picture((80, 60), exif=exif))
    assert b"Camera Maker" not in clean.content
    assert not Image.open(io.BytesIO(clean.content)).getexif()


def test_a_photo_on_its_side_stands_up() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    clean = clean_photo(picture((80, 60), exif=exif))
    assert (clean.width, clean.height) == (60, 80)


def test_a_large_photo_becomes_small_and_a_clear_one_white() -> None:
    assert clean_photo(picture((4000, 3000))).width == LONGEST_SIDE
    clear = clean_photo(picture((10, 10), "PNG", "RGBA"))
    assert Image.open(io.BytesIO(clear.content)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "content",
    [b"", b"MZ\x90\x00 not a picture", b"<svg onload=alert(1)>", picture((50, 50))[:200], b"%PDF-1.4"],
)
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        clean_photo(content)
