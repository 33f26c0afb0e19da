"""ETags: what a thing read is compared by when it is read again (304) or changed (412)."""

from hashlib import blake2b

from django.db import connection
from django.http import HttpRequest

from huying.kernel.errors import Invalid

_LONGEST = 1000


def etag_of(body: bytes) -> str:
    """The tag of a whole answer."""
    return f'"{blake2b(body, digest_size=12).hexdigest()}"'


def tags(header: str) -> frozenset[str]:
    """The tags in a header, weak ones as strong. Raises Invalid for what is none."""
    if len(header) > _LONGEST:
        raise Invalid("If-Match 太长了。")
    found = frozenset(tag.strip().removeprefix("W/") for tag in header.split(",") if tag.strip())
    if not all(tag == "*" or (len(tag) > 1 and tag[0] == tag[-1] == '"') for tag in found):
        raise Invalid('If-Match 应为读到的 ETag，例如 "3"。')
    return found


def is_known(request: HttpRequest, etag: str) -> bool:
    """Whether the reader has this version already (``If-None-Match``)."""
    given = request.headers.get("If-None-Match", "")[:_LONGEST]
    bare = {tag.strip().removeprefix("W/") for tag in given.split(",")}
    return etag.removeprefix("W/") in bare or "*" in bare


def hold(address: str) -> None:
    """Let others who change the same address with ``If-Match`` wait until this transaction is over."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 904))", [address])
