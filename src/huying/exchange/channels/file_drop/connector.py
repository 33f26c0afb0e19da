"""文件交换: files from the other side are read whole, once, and marked as done; ours are written whole or not at all."""

import hashlib
import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

import orjson

from huying.exchange.channels.file_drop.formats import KINDS, Unreadable, read_file, write_file
from huying.exchange.channels.file_drop.places import Folder, Found, Place, Sftp
from huying.exchange.channels.interface import Connector, Fate, Fetched, Parcel, Settled, Verdict
from huying.exchange.channels.settings import Reader
from huying.exchange.rules.comparing import Listed
from huying.exchange.rules.reading import at_path, text_of

_UNFINISHED: Final = (".tmp", ".part", ".filepart", ".crdownload", ".writing")
_DONE, _BAD = ".done", ".bad"
_REMEMBERED: Final = 2000
_LIST: Final = {"folder": "", "number": "number", "state": "state", "changed": "changed"}


class FileDrop(Connector):
    """``inbox`` is where the other side lays its files, ``outbox`` where we lay ours; both below ``path``.

    A file is read when its mark lies beside it (``ready``, such as ``.ok``), or, without marks, when it has not grown
    for ``settle`` seconds. Read files are renamed to ``….done``, those that are no letters to ``….bad``.
    """

    def __init__(self, of: Settled) -> None:
        super().__init__(of)
        reader = Reader(of.settings)
        where = reader.choice("where", "folder", ("folder", "sftp"))
        path = reader.text("path", needed=True)
        sftp: dict[str, Any] = {}
        if where == "sftp":
            sftp = {
                "host": reader.text("host", needed=True), "port": reader.number("port", 22, 1, 65535),
                "user": reader.text("user", needed=True), "host_key": reader.text("host_key", needed=True),
                "seconds": reader.number("seconds", 15, 1, 120),
            }  # fmt: skip
        self.inbox, self.outbox = reader.text("inbox", "in"), reader.text("outbox", "out")
        self.ready, self.settle = reader.text("ready", ""), reader.number("settle", 5, 0, 3600)
        self.kind = reader.choice("format", "csv", KINDS)
        self.encoding = reader.choice("encoding", "utf-8-sig", ("utf-8-sig", "utf-8", "gbk", "gb18030"))
        self.root, self.record = reader.text("root", "letters"), reader.text("record", "letter")
        self.acknowledge = reader.text("acknowledge", "")
        self.listing = reader.table("list", _LIST)
        self.batch = reader.number("batch", 500, 1, 5000)
        self.every = timedelta(seconds=reader.number("every", 30, 1, 86400))
        reader.done()
        self.place: Place = Sftp(secret=of.secret, path=path, **sftp) if where == "sftp" else Folder(path)
        self._sizes: dict[str, int] = {}

    def fetch(self, cursor: str, now: datetime) -> Fetched:
        """The oldest file that is whole; its letters, or its text where it holds none."""
        read = _hashes(cursor)
        waiting = self._whole()
        if not waiting:
            return Fetched(cursor=cursor)
        name = waiting[0].name
        content = self.place.read(self.inbox, name)
        digest = hashlib.sha256(content).hexdigest()
        going_on = orjson.dumps([*read, digest][-_REMEMBERED:]).decode()
        more = len(waiting) > 1
        if digest in read:
            # It was read before it could be renamed, or came again under another name.
            return Fetched(cursor=cursor, more=more, token=(name, _DONE, ()))
        try:
            records = read_file(name, content, self.of.map, self.record)
        except Unreadable as why:
            text = f"{why}\n{content[:2000].decode('utf-8', errors='replace')}"
            return Fetched(cursor=going_on, more=more, origin=name, unreadable=[text], token=(name, _BAD, ()))
        numbers = tuple(text_of(at_path(one, self.of.map.fields.get("number", ""))) for one in records)
        return Fetched(records, going_on, more, name, token=(name, _DONE, numbers))

    def kept(self, fetched: Fetched, now: datetime) -> None:
        """Mark the file, and lay a receipt for it where the other side wants one."""
        if fetched.token is None:
            return
        name, mark, numbers = fetched.token
        if self.acknowledge and numbers:
            rows = [{"file": name, "number": number, "code": "ok"} for number in numbers]
            self.place.write(
                self.acknowledge, f"{name}.receipt.csv", write_file("csv", rows, self.encoding, "", "")
            )
        self.place.rename(self.inbox, name, f"{name}{mark}")
        self._sizes.pop(name, None)

    def deliver(self, parcels: Sequence[Parcel], now: datetime) -> Sequence[Verdict]:
        """One file for all; pictures lie beside it in ``files`` under their own digest, named in the letter."""
        letters = []
        for one in parcels:
            fields = dict(one.fields)
            for each in one.files:
                self.place.write(f"{self.outbox}/files", f"{each.sha256}.jpg", each.content)
            if one.files and one.files_path:
                fields[one.files_path] = [f"files/{each.sha256}.jpg" for each in one.files]
            letters.append(fields)
        keys = hashlib.sha256("\n".join(one.key for one in parcels).encode()).hexdigest()[:12]
        # Named by the letters in it: the same ones tried again are the same file.
        name = f"{self.of.code}-{parcels[0].key}-{len(parcels)}-{keys}.{self.kind}"
        content = write_file(self.kind, letters, self.encoding, self.root, self.record)
        self.place.write(self.outbox, name, content)
        if self.ready:
            self.place.write(self.outbox, f"{name}{self.ready}", b"")
        return [Verdict(Fate.TAKEN) for _ in parcels]

    def listed(self, day: date, now: datetime) -> Sequence[Listed] | None:
        """The list that the other side lays down for a day: ``YYYY-MM-DD`` with any ending; None until it lies there."""
        folder, names = str(self.listing["folder"]), self.listing
        if not folder:
            return None
        for one in self.place.files(folder):
            if one.name.startswith(day.isoformat()) and one.name.lower().endswith(KINDS):
                rows = read_file(one.name, self.place.read(folder, one.name), self.of.map, self.record)
                return [
                    Listed(
                        text_of(row.get(str(names["number"]))), text_of(row.get(str(names["state"]))),
                        self.of.map.time(text_of(row.get(str(names["changed"])))),
                    )
                    for row in rows
                ]  # fmt: skip
        return None

    def close(self) -> None:
        self.place.close()

    def _whole(self) -> list[Found]:
        """The files that are written to their end, the oldest first."""
        files = self.place.files(self.inbox)
        names = {one.name for one in files}
        found = []
        for one in files:
            low = one.name.lower()
            if low.startswith(".") or low.endswith(_UNFINISHED) or not low.endswith(KINDS):
                continue
            if self.ready and f"{one.name}{self.ready}" not in names:
                continue
            grown, self._sizes[one.name] = self._sizes.get(one.name) != one.size, one.size
            # Clocks of servers differ: what has not grown since the last look is whole, too.
            if not self.ready and grown and time.time() - one.at < self.settle:
                continue
            found.append(one)
        return sorted(found, key=lambda one: (one.at, one.name))


def _hashes(cursor: str) -> list[str]:
    try:
        found = orjson.loads(cursor) if cursor else []
    except orjson.JSONDecodeError:
        return []
    return found if isinstance(found, list) else []
