"""REST 推送: the other system sends to us (``api.exchange`` takes it), and we send to it."""

import base64
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import orjson

from huying.exchange.channels.interface import Connector, Fate, Garbled, Parcel, Record, Settled, Verdict
from huying.exchange.channels.rest.asking import Line, Refused
from huying.exchange.channels.settings import Reader
from huying.exchange.rules.comparing import Listed
from huying.exchange.rules.reading import at_path, records_in, text_of
from huying.exchange.rules.signing import Signing

_ANSWER: Final = {
    "list": "results", "key": "key", "code": "code", "words": "message", "taken": ["ok"], "refused": ["refused"],
}  # fmt: skip
_LIST: Final = {"path": "", "records": "orders", "number": "number", "state": "state", "changed": "changed"}


@dataclass(frozen=True, slots=True)
class RestSettings:
    """``tell`` is the path letters are sent to; ``answer`` how its answer is read: where the list of verdicts lies, by
    which field each names its letter, and which codes mean taken or refused (any other: tried again). ``list`` is the
    path of a day's orders, ``again`` that of orders by number."""

    address: str
    tell: str
    wraps: str
    batch: int
    seconds: int
    signing: Signing
    files: str
    answer: Mapping[str, Any]
    listing: Mapping[str, Any]
    again: str


def read_settings(reader: Reader) -> RestSettings:
    """What all systems over HTTP have in common; the reader goes on to what is only theirs."""
    return RestSettings(
        address=reader.address("address"),
        tell=reader.text("tell", "/letters"),
        wraps=reader.text("wraps", "letters"),
        batch=reader.number("batch", 100, 1, 1000),
        seconds=reader.number("seconds", 15, 1, 120),
        signing=Signing(reader.choice("signing", Signing.SHA256.value, tuple(Signing))),
        files=reader.choice("files", "base64", ("base64", "multipart", "none")),
        answer=reader.table("answer", _ANSWER),
        listing=reader.table("list", _LIST),
        again=reader.text("again", ""),
    )


class RestPush(Connector):
    """Letters go out in batches, each with its key; what the answer does not name is tried again."""

    every = timedelta(hours=1)
    asked = False

    def __init__(self, of: Settled) -> None:
        super().__init__(of)
        reader = Reader(of.settings)
        self.set = read_settings(reader)
        self.read_more(reader)
        reader.done()
        self.batch = self.set.batch
        self.line = Line(
            self.set.address, of.secret, self.set.signing, self.set.seconds, {"User-Agent": "huying"}
        )

    def read_more(self, reader: Reader) -> None:
        """Settings of a connector that builds on this one."""

    def deliver(self, parcels: Sequence[Parcel], now: datetime) -> Sequence[Verdict]:
        """One request for all without pictures; in multipart each letter with pictures goes alone."""
        if self.set.files != "multipart":
            return self._told(parcels, now)
        found: dict[str, Verdict] = {}
        plain = [one for one in parcels if not one.files]
        found |= {one.key: said for one, said in zip(plain, self._told(plain, now), strict=True)}
        for one in parcels:
            if one.files:
                found[one.key] = self._with_pictures(one, now)
        return [found[one.key] for one in parcels]

    def listed(self, day: date, now: datetime) -> Sequence[Listed] | None:
        names = self.set.listing
        if not names["path"]:
            return None
        answer = self._asked(str(names["path"]), {"day": day.isoformat()}, now)
        rows = at_path(answer, str(names["records"]))
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            raise Garbled("对方的对账清单看不懂。")
        return [
            Listed(
                text_of(at_path(row, str(names["number"]))),
                text_of(at_path(row, str(names["state"]))),
                self.of.map.time(text_of(at_path(row, str(names["changed"])))),
            )
            for row in rows
        ]

    def again(self, numbers: Sequence[str], now: datetime) -> Sequence[Record]:
        if not self.set.again:
            return ()
        found: list[Record] = []
        for at in range(0, len(numbers), 50):
            answer = self._asked(self.set.again, {"numbers": ",".join(numbers[at : at + 50])}, now)
            records = records_in(self.of.map, answer)
            if records is None:
                raise Garbled
            found += records
        return found

    def close(self) -> None:
        self.line.close()

    def _asked(self, path: str, params: Mapping[str, str], now: datetime) -> Any:
        try:
            return self.line.ask(path, params, now)[0]
        except Refused as no:
            raise Garbled(str(no)) from no

    def _told(self, parcels: Sequence[Parcel], now: datetime) -> Sequence[Verdict]:
        if not parcels:
            return []
        letters = [_with_base64(one) if self.set.files == "base64" else dict(one.fields) for one in parcels]
        body = orjson.dumps({self.set.wraps: letters} if self.set.wraps else letters[0])
        try:
            answer = self.line.tell(self.set.tell, body, now, key=parcels[0].key if len(parcels) == 1 else "")
        except Refused as no:
            if len(parcels) == 1:
                return [Verdict(Fate.REFUSED, str(no))]
            # One of many is refused and nobody says which: each alone will tell.
            raise Garbled(str(no)) from no
        return self._verdicts(parcels, answer)

    def _verdicts(self, parcels: Sequence[Parcel], answer: Any) -> Sequence[Verdict]:
        names = self.set.answer
        rows = at_path(answer, str(names["list"])) if names["list"] else answer
        if isinstance(rows, Mapping):
            rows = [rows]
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            raise Garbled("对方的回答里没有处理结果。")
        said = {text_of(at_path(row, str(names["key"]))): row for row in rows}
        if len(parcels) == 1 and len(rows) == 1 and not names["key"]:
            said = {parcels[0].key: rows[0]}
        return [self._verdict(said.get(one.key)) for one in parcels]

    def _verdict(self, row: Mapping[str, Any] | None) -> Verdict:
        if row is None:
            return Verdict(Fate.LATER, "对方没有说收到没有")
        names = self.set.answer
        code, words = text_of(at_path(row, str(names["code"]))), text_of(at_path(row, str(names["words"])))
        if code in names["taken"]:
            return Verdict(Fate.TAKEN)
        return Verdict(Fate.REFUSED if code in names["refused"] else Fate.LATER, f"{code} {words}".strip())

    def _with_pictures(self, one: Parcel, now: datetime) -> Verdict:
        body, media = _multipart(one)
        try:
            answer = self.line.tell(self.set.tell, body, now, media, key=one.key)
        except Refused as no:
            return Verdict(Fate.REFUSED, str(no))
        return self._verdicts([one], answer)[0]


def _with_base64(one: Parcel) -> dict[str, Any]:
    fields = dict(one.fields)
    if one.files and one.files_path:
        fields[one.files_path] = [
            {"name": each.name, "type": each.media_type, "sha256": each.sha256,
             "content": base64.b64encode(each.content).decode()}
            for each in one.files
        ]  # fmt: skip
    return fields


def _multipart(one: Parcel) -> tuple[bytes, str]:
    """Signed as a whole, so it is put together here: RFC 7578, the letter first as ``letter``."""
    mark = f"huying{secrets.token_hex(12)}"
    head = (
        f'--{mark}\r\nContent-Disposition: form-data; name="letter"\r\nContent-Type: application/json\r\n\r\n'
    )
    body = head.encode() + orjson.dumps(dict(one.fields))
    for each in one.files:
        body += (
            f'\r\n--{mark}\r\nContent-Disposition: form-data; name="{one.files_path}"; filename="{each.name}"\r\n'
            f"Content-Type: {each.media_type}\r\n\r\n"
        ).encode() + each.content
    return body + f"\r\n--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"
