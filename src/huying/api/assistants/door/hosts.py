"""Whether a request was meant for us: a page of another site must not speak through a visitor's browser."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from huying.kernel.errors import Denied

_HERE: Final = [".localhost", "127.0.0.1", "[::1]"]


def must_be_ours(headers: Mapping[bytes, str]) -> None:
    """Raise Denied for a host that is not ours, and for a browser's page that is of another one (DNS rebinding).

    Programs send no Origin. A page's must be our own, or one that the operator trusts.
    """
    host = headers.get(b"host", "")
    allowed = settings.ALLOWED_HOSTS or (_HERE if settings.DEBUG else [])
    domain, _port = split_domain_port(host)
    if not domain or not validate_host(domain, allowed):
        raise Denied("这个地址不是本系统的。")
    origin = headers.get(b"origin")
    if origin is None or origin in settings.CSRF_TRUSTED_ORIGINS:
        return
    if not host or urlsplit(origin).netloc.lower() != host.lower():
        raise Denied("来自其他网站的网页不能使用助手接口。")
