"""Forms that are kept once, under a key of their own, and whose faults are told by the names they have here."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Final
from uuid import UUID, uuid5

from ninja import Field

from huying.api.v1.interface import AskedRequest
from huying.kernel.errors import Invalid

_ONCE: Final = UUID("6f1b6a52-52a3-4a7d-9b0e-3b0f6f1c2a10")
Key = Annotated[
    str, Field(min_length=8, max_length=64, description="同一个键只算一次", examples=["talk-20260302-01"])
]


def once_of(request: AskedRequest, key: str) -> str:
    """The key as it is kept: apart for each system, and as short as that of a page's form."""
    return str(uuid5(_ONCE, f"{request.actor.key_id}:{key}"))


@contextmanager
def faults_named(**names: str) -> Iterator[None]:
    """What is wrong with a field of a page's form, told of the member of a body that it stands for."""
    try:
        yield
    except Invalid as wrong:
        fields = {names.get(name, name): text for name, text in wrong.fields.items()}
        raise Invalid(wrong.message, fields=fields) from wrong
