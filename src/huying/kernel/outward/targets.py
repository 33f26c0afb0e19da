"""A web address that somebody typed in, read strictly: what programs could read in two ways is refused."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import Final
from urllib.parse import urlsplit

from huying.kernel.errors import Invalid
from huying.kernel.outward.addresses import Allowed, refusal
from huying.kernel.saying import said

MOST: Final = 500
_LABEL: Final = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_PORTS: Final = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Target:
    """Where a call goes. ``host`` is a name or an address without brackets; ``path`` carries the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def netloc(self) -> str:
        """As the Host of a request says it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if _PORTS[self.scheme] == self.port else f"{host}:{self.port}"


def parse_target(address: str) -> Target:
    """The parts of a web address. Raises Invalid, naming what cannot be used; nothing is resolved yet.

    A host written in numbers must be four decimal ones: ``2130706433``, ``0x7f.1`` and ``0177.0.0.1`` all mean this
    very machine to some programs. A name in other letters must be given as it goes over the wire (``xn--…``).
    """
    if len(address) > MOST:
        raise Invalid(said("网址太长，最多 %(most)s 个字符。", most=MOST))
    if re.search(r"[^\x21-\x7e]|[\\#<>\"{}|^`]", address):
        raise Invalid(
            "网址里只能有英文字母、数字和常用符号，不能带空格和 #；中文域名请写成 xn-- 开头的形式。"
        )
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Invalid("网址写得不对。") from error
    if parts.scheme not in _PORTS or not parts.netloc:
        raise Invalid("网址须以 https:// 开头。")
    if "@" in parts.netloc:
        raise Invalid("网址里不能带用户名和密码。")
    _must_be_host(host, bracketed="[" in parts.netloc)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, _PORTS[parts.scheme] if port is None else port, path)


def reachable(target: Target, found: Sequence[str], allowed: Allowed) -> str:
    """The address of those ``found`` under the name to which the call goes.

    Raises Invalid where any of them is refused: a name that leads outside and inside is no honest one. Plain http and
    other ports than the operator's are for inner networks alone.
    """
    if not found:
        raise Invalid(said("找不到这个域名：%(host)s", host=target.host))
    for address in found:
        if why := refusal(address, allowed):
            raise Invalid(said("不能推送到 %(host)s：它%(why)s。", host=target.host, why=why))
    if not all(_is_inner(address, allowed) for address in found):
        if target.scheme != "https":
            raise Invalid("网址须以 https:// 开头。")
        if target.port not in allowed.ports:
            ports = "、".join(map(str, sorted(allowed.ports)))
            raise Invalid(said("端口只能是 %(ports)s。", ports=ports))
    return found[0]


def _is_inner(address: str, allowed: Allowed) -> bool:
    return allowed.is_inner(IPv6Address(address) if ":" in address else IPv4Address(address))


def _must_be_host(host: str, *, bracketed: bool) -> None:
    if bracketed:
        _must_be_number(host, IPv6Address)
        return
    labels = host.removesuffix(".").split(".")
    if not all(_LABEL.fullmatch(label) for label in labels) or len(host) > 253:
        raise Invalid("网址里的域名写得不对。")
    if labels[-1].isdigit() or labels[-1].startswith("0x"):
        _must_be_number(host, IPv4Address)


def _must_be_number(host: str, kind: type[IPv4Address] | type[IPv6Address]) -> None:
    try:
        if "%" in host:
            raise ValueError(host)
        kind(host)
    except ValueError as error:
        raise Invalid("网址里的 IP 地址写得不对。") from error
