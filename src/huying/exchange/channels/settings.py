"""Settings of a connector read from JSON, every mistake named."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from huying.kernel.errors import Invalid
from huying.kernel.saying import said


@dataclass(slots=True)
class Reader:
    """Reads one setting after the other; ``done`` raises Invalid for all that was wrong or unknown."""

    given: Mapping[str, Any]
    wrong: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def text(self, name: str, usual: str = "", *, needed: bool = False) -> str:
        self.asked.add(name)
        value = self.given.get(name, usual)
        if not isinstance(value, str) or (needed and not value.strip()):
            self.wrong[name] = "请填写。"
            return usual
        return value.strip()

    def number(self, name: str, usual: int, least: int, most: int) -> int:
        self.asked.add(name)
        value = self.given.get(name, usual)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.wrong[name] = said("应为 %(least)s 到 %(most)s 的整数。", least=least, most=most)
            return usual
        return value

    def choice(self, name: str, usual: str, known: tuple[str, ...]) -> str:
        value = self.text(name, usual)
        if value not in known:
            self.wrong[name] = said("应为其中之一：%(known)s。", known="、".join(known))
            return usual
        return value

    def table(self, name: str, usual: Mapping[str, Any]) -> dict[str, Any]:
        self.asked.add(name)
        value = self.given.get(name, {})
        if not isinstance(value, Mapping):
            self.wrong[name] = "应为一张表。"
            return dict(usual)
        self.wrong |= {f"{name}.{other}": "没有这一项。" for other in value.keys() - usual.keys()}
        return {**usual, **value}

    def address(self, name: str) -> str:
        value = self.text(name, needed=True)
        try:
            parts = urlsplit(value)
            right = parts.scheme in {"http", "https"} and bool(parts.hostname)
        except ValueError:
            right = False
        if not right:
            self.wrong[name] = "应为 http:// 或 https:// 开头的地址。"
        return value.rstrip("/")

    def done(self) -> None:
        self.wrong |= {name: "没有这一项。" for name in self.given.keys() - self.asked}
        if self.wrong:
            told = "；".join(f"{name}：{what}" for name, what in self.wrong.items())
            raise Invalid(said("连接设置有误：%(what)s", what=told), fields=self.wrong)
