"""Photos enclosed in a body, each as base64: what a page lets wait under its form comes with the write itself."""

from base64 import b64decode
from collections.abc import Sequence
from typing import Annotated, Final

from ninja import Field

from huying.kernel.errors import Invalid
from huying.kernel.saying import said

# One grey pixel. What a body may hold in all is the server's to say (413).
EXAMPLE: Final = (
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP//////////////////////////////////////////////////////////////////////////"
    "////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z"
)
Photo = Annotated[
    str, Field(max_length=8 * 2**20, description="JPEG、PNG、WebP 照片的 base64", examples=[EXAMPLE])
]


def photos_in(given: Sequence[object], field: str = "photos") -> list[bytes]:
    """The photos as bytes, in their order. Raises Invalid naming the field and the place."""
    return [_photo(one, place, field) for place, one in enumerate(given, 1)]


def _photo(given: object, place: int, field: str) -> bytes:
    try:
        if isinstance(given, str) and given:
            return b64decode(given, validate=True)
    except ValueError:
        # Also what is no ASCII.
        pass
    raise Invalid(fields={field: said("第 %(n)d 张照片应为 base64。", n=place)})
