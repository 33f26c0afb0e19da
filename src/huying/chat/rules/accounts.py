"""What an account with each vendor needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from huying.chat.rules.crypt import key_bytes
from huying.chat.rules.kinds import Vendor
from huying.kernel.errors import Invalid

# 客服消息: so long after a person last wrote may they be written to freely (微信公众平台 客服消息; 小程序 客服消息).
WINDOW: Final = timedelta(hours=48)
MOST_SECRET: Final = 500
NAME_MOST: Final = 40
# Which fields each vendor's account must have; the others may stay empty.
NEEDED: Final[Mapping[Vendor, Sequence[str]]] = {
    Vendor.WECHAT: ("app_id", "secret", "token"),
    Vendor.MINI: ("app_id", "secret", "token"),
    Vendor.WECOM: ("app_id", "agent", "secret", "token", "aes_key"),
    Vendor.DINGTALK: ("app_id", "secret"),
    Vendor.SMS: ("app_id", "secret"),
    Vendor.CONSOLE: (),
}


@dataclass(frozen=True, slots=True)
class Secrets:
    """What nobody is shown again. ``webhook`` is a group robot's whole address, ``webhook_secret`` signs what goes
    there; ``send_url`` is where short messages go."""

    secret: str = ""
    token: str = ""
    aes_key: str = ""
    webhook: str = ""
    webhook_secret: str = ""
    send_url: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """An account as an adapter needs it."""

    id: int
    district: int
    key: str
    vendor: Vendor
    name: str
    app_id: str
    agent: str
    template: str
    host: str
    secrets: Secrets

    @property
    def sealed(self) -> bool:
        """安全模式: whether messages come sealed."""
        return bool(self.secrets.aes_key)


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What an administrator fills in."""

    vendor: Vendor
    name: str
    app_id: str = ""
    agent: str = ""
    template: str = ""
    host: str = ""
    secrets: Secrets = Secrets()


def clean(new: NewAccount) -> NewAccount:
    """The account without blanks. Raises Invalid; ``fields`` names everything that is wrong."""
    tidy = replace(
        new, name=new.name.strip(), app_id=new.app_id.strip(), agent=new.agent.strip(), template=new.template.strip(),
        host=new.host.strip().rstrip("/"),
        secrets=Secrets(**{one.name: getattr(new.secrets, one.name).strip() for one in fields(Secrets)}),
    )  # fmt: skip
    wrong = {name: "这一项要填。" for name in NEEDED[new.vendor] if not _value(tidy, name)}
    if not 1 <= len(tidy.name) <= NAME_MOST:
        wrong["name"] = "请起个名字，最多 40 字。"
    for name in ("host", "webhook", "send_url"):
        if _value(tidy, name) and not is_address(_value(tidy, name)):
            wrong[name] = "网址应以 https:// 或 http:// 开头。"
    if tidy.secrets.aes_key:
        try:
            key_bytes(tidy.secrets.aes_key)
        except Invalid as bad:
            wrong |= bad.fields
    if wrong:
        raise Invalid(fields=wrong)
    return tidy


def is_address(text: str) -> bool:
    """Whether a text is a whole address of the web."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"https", "http"} and bool(parts.hostname)


def _value(new: NewAccount, name: str) -> str:
    return str(getattr(new if hasattr(new, name) else new.secrets, name))
