"""Where a conversation stands, what is heard, and what follows from it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from huying.chat.rules.kinds import Medium
from huying.kernel.terms import Term

# Half a report that nobody went on with is forgotten after so long.
FORGOTTEN_AFTER: Final = timedelta(days=1)
PICTURES_MOST: Final = 6


class Stage(Term):
    """What the other side was asked for last."""

    IDLE = "idle", "没有在说的事"
    MATTER = "matter", "等说是什么事"
    PLACE = "place", "等说在哪里"
    CONFIRM = "confirm", "等确认提交"
    WHICH = "which", "等说是补充还是新的事"
    PHONE = "phone", "等手机号"
    CODE = "code", "等验证码"


class Do(Term):
    """What the house is to do. The slow ones wait for a carrier outside."""

    FILE = "file", "登记诉求"
    ADD = "add", "补充到原来的诉求"
    PROGRESS = "progress", "查进度"
    RATE = "rate", "评价"
    REMIND = "remind", "催办"
    CALL = "call", "请人工"
    DANGER = "danger", "有危险，请人工"
    ASK_CODE = "ask_code", "发验证码"
    CHECK_CODE = "check_code", "核对验证码"
    UNBIND = "unbind", "解除手机绑定"
    BIND_STAFF = "bind_staff", "绑定工作人员"
    STOP = "stop", "退订短信"
    RESUME = "resume", "恢复短信"


SLOW: Final = frozenset({Do.ASK_CODE, Do.CHECK_CODE})


@dataclass(frozen=True, slots=True)
class Talk:
    """What has been said so far of the matter in hand. ``lon``, ``lat`` in GCJ-02 degrees; ``about`` the receipt that
    was offered; ``challenge`` what a code is checked against."""

    stage: Stage = Stage.IDLE
    text: str = ""
    place: str = ""
    lon: float | None = None
    lat: float | None = None
    pictures: int = 0
    kind: str = ""
    about: str = ""
    phone: str = ""
    challenge: str = ""

    @property
    def has_matter(self) -> bool:
        """Whether something would be lost if it were forgotten now."""
        return bool(self.text or self.pictures)


@dataclass(frozen=True, slots=True)
class Heard:
    """One message, as far as the conversation goes."""

    medium: Medium
    text: str = ""
    lon: float | None = None
    lat: float | None = None
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What the house knows of who speaks: receipts still open, newest first, and those that wait for their say.

    ``by_sms``: they write short messages, where 退订 and TD mean that no more notices come.
    """

    open: tuple[str, ...] = ()
    to_rate: tuple[str, ...] = ()
    title: str = ""
    by_sms: bool = False


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do, with what it needs."""

    do: Do
    number: str = ""
    text: str = ""
    solved: bool = False
    talk: Talk | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What follows from one message: where the conversation stands now, what is done, what is said first."""

    talk: Talk
    deeds: tuple[Deed, ...] = ()
    says: tuple[str, ...] = ()
