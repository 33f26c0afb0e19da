"""Our cases as requests of theirs, and what was done about them as updates; nothing of it twice."""

import re
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from huying.exchange.channels.interface import Away, Fate, Garbled, Parcel, Verdict
from huying.exchange.channels.open311.answers import Row
from huying.exchange.channels.open311.line import Fault, Line, in_path
from huying.exchange.channels.open311.marks import mark_in, marked
from huying.exchange.channels.open311.options import Options
from huying.exchange.channels.open311.pull import Pull
from huying.exchange.channels.open311.values import asked_at, plain
from huying.exchange.rules.kinds import OutKind
from huying.kernel.saying import said

NOT_THEIRS: Final = "-"
# Fields of a letter that steer it and are no parameters of a request.
_OURS: Final = frozenset({"type", "key", "service_request_id", "status", "words", "description", "attribute"})
_TOKEN: Final = re.compile(r"〔令牌 ([A-Za-z0-9._~-]{1,120})〕")
_WAIT: Final = timedelta(minutes=1)
_NO_SERVICE: Final = timedelta(minutes=10)
# How far back a request of ours is looked for whose answer was lost, and how far their clock may be ahead.
_LOST: Final = timedelta(days=7)
_CLOCKS: Final = timedelta(hours=1)
_POLLS: Final = 3
_DEFINED_FOR: Final = timedelta(hours=1)
# What a server answers that knows no updates.
_UNKNOWN_THERE: Final = frozenset({405, 501})


class Push:
    """Tells one server."""

    def __init__(
        self, line: Line, options: Options, pull: Pull, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.line, self.options, self.pull, self.sleep = line, options, pull, sleep
        self._required: dict[str, tuple[datetime, list[str]]] = {}

    def tell(self, one: Parcel, now: datetime) -> Verdict:
        """Hand one letter over. Raises Away, Garbled where nobody knows what became of it."""
        kind = str(one.fields.get("type", ""))
        code = str(one.fields.get("service_code") or self.options.service)
        if code == NOT_THEIRS:
            return Verdict(Fate.NEEDLESS, "这类事项不报给对方")
        try:
            return self._order(one, code, now) if kind == OutKind.ORDER else self._update(one, kind, now)
        except Fault as no:
            if no.code in _UNKNOWN_THERE and kind != OutKind.ORDER:
                return Verdict(Fate.NEEDLESS, said("对方不收进展：%(why)s", why=str(no)))
            return Verdict(Fate.REFUSED, str(no))

    def _order(self, one: Parcel, code: str, now: datetime) -> Verdict:
        if not code:
            # Filing decides it; nothing is reported as some other matter meanwhile.
            return Verdict(Fate.LATER, "还没有确定事项", _NO_SERVICE)
        if (token := _TOKEN.search(one.earlier)) is not None:
            return self._by_token(token[1], now)
        if one.again and (number := self._found(one.key, code, now)):
            return Verdict(Fate.TAKEN, number=number)
        answers = self._answers(one, code)
        if lacking := [name for name in self._must(code, now) if name not in answers]:
            return Verdict(Fate.REFUSED, said("对方必填的问题没有回答：%(what)s", what="、".join(lacking)))
        form = {name: value for name, value in one.fields.items() if name not in _OURS and _plain(value)}
        form |= {"service_code": code, "description": marked(str(one.fields.get("description", "")), one.key)}
        form |= {f"attribute[{name}]": value for name, value in answers.items()}
        rows = self.line.post("requests", form, now, one.key)
        told = plain(rows[0], self.pull.zone) if rows else {}
        if number := told.get("service_request_id", ""):
            return Verdict(Fate.TAKEN, number=number)
        if token_said := told.get("token", ""):
            return self._by_token(token_said, now)
        return Verdict(Fate.LATER, "对方没有给编号")

    def _by_token(self, token: str, now: datetime) -> Verdict:
        """The number that a token becomes. The token stays in the words, for the next try."""
        mark = f"〔令牌 {token}〕"
        try:
            path = f"tokens/{in_path(token)}"
            for turn in range(_POLLS):
                rows = self.line.get(path, {}, now)
                if rows and (number := plain(rows[0], self.pull.zone).get("service_request_id", "")):
                    return Verdict(Fate.TAKEN, number=number)
                if turn + 1 < _POLLS:
                    self.sleep(1.0)
        except Away as away:
            raise Away(f"{away.message}{mark}", rest=away.rest) from away
        except Garbled as odd:
            raise Garbled(f"{odd.message}{mark}") from odd
        return Verdict(Fate.LATER, f"对方受理中{mark}", _WAIT)

    def _found(self, key: str, code: str, now: datetime) -> str:
        """The number of the request that bears our mark; "" where there is none."""
        params = {
            "service_code": code,
            "start_date": asked_at(now - _LOST),
            "end_date": asked_at(now + _CLOCKS),
        }
        rows = self.pull.pages(params, now)
        return next(
            (row["service_request_id"] for row in rows if mark_in(row.get("description", "")) == key), ""
        )

    def _answers(self, one: Parcel, code: str) -> dict[str, Any]:
        """Answers to required questions: for every service, for this one, and what a person put in."""
        found: dict[str, Any] = {}
        for said_of in (
            self.options.attributes.get("*"),
            self.options.attributes.get(code),
            one.fields.get("attribute"),
        ):
            found |= dict(said_of) if isinstance(said_of, Mapping) else {}
        return found

    def _must(self, code: str, now: datetime) -> list[str]:
        at, held = self._required.get(code, (None, []))
        if at is not None and now - at < _DEFINED_FOR:
            return held
        try:
            rows = self.line.get(f"services/{in_path(code)}", {}, now)
        except Fault:
            # A service that asks nothing has no definition on many servers.
            rows = []
        found = [str(one["code"]) for one in _attributes(rows) if _is_required(one)]
        self._required[code] = (now, found)
        return found

    def _update(self, one: Parcel, kind: str, now: datetime) -> Verdict:
        if self.options.updates not in {"both", "write"}:
            return Verdict(Fate.NEEDLESS, "对方不收进展")
        number, status = str(one.fields.get("service_request_id", "")), str(one.fields.get("status", ""))
        if number not in self.pull.book.known([number]):
            return Verdict(Fate.NEEDLESS, "对方没有这一件")
        words = str(one.fields.get("words") or "")
        if kind == OutKind.STATE and not words:
            if self._stands(number, now) == status:
                return Verdict(Fate.NEEDLESS, "对方已是这个状态")
            words = str(self.options.said.get(status, status))
        if not words:
            return Verdict(Fate.NEEDLESS, "没有可以公开的话")
        if one.again and self._was_said(number, one.key, now):
            return Verdict(Fate.TAKEN)
        form = {
            "service_request_id": number, "status": status, "update_id_ext": one.key,
            "description": marked(words, one.key),
            "updated_datetime": one.fields.get("updated_datetime") or asked_at(now),
        }  # fmt: skip
        self.line.post("servicerequestupdates", form, now, f"update:{one.key}")
        return Verdict(Fate.TAKEN)

    def _stands(self, number: str, now: datetime) -> str:
        rows = self.pull.by_number([number], now)
        return rows[0].get("status", "") if rows else ""

    def _was_said(self, number: str, key: str, now: datetime) -> bool:
        try:
            rows = self.line.get("servicerequestupdates", {"service_request_id": number}, now)
        except Fault:
            return False
        return any(mark_in(str(row.get("description") or "")) == key for row in rows)


def _plain(value: Any) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _attributes(rows: list[Row]) -> list[Mapping[str, Any]]:
    found = rows[0].get("attributes") if rows else None
    found = next(iter(found.values())) if isinstance(found, Mapping) and len(found) == 1 else found
    return (
        [one for one in found if isinstance(one, Mapping) and one.get("code")]
        if isinstance(found, list)
        else []
    )


def _is_required(one: Mapping[str, Any]) -> bool:
    asks, must = str(one.get("variable", "true")).lower(), str(one.get("required", "false")).lower()
    return asks != "false" and must == "true"
