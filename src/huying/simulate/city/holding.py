"""What the stand-in holds: the letters it sends in their order, and everything it was told, each letter once.

The journal is written before anything is answered: killed at any moment, it holds what it acknowledged.
"""

import threading
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from huying.simulate.city.dialect import FORMAT, ZONE


class Holding:
    """All that one stand-in knows. Safe to be asked from many threads."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self.sent: list[dict[str, Any]] = []
        self.told: dict[str, list[dict[str, Any]]] = {}
        self.keys: Counter[str] = Counter()
        self.states: dict[str, tuple[str, str]] = {}
        self.pushed = 0
        path = folder / "journal.jsonl"
        if path.exists():
            for line in path.read_bytes().splitlines():
                try:
                    self._apply(orjson.loads(line))
                except orjson.JSONDecodeError:
                    continue  # The line that was being written when it was killed was never acknowledged.
        self._journal = path.open("ab", buffering=0)

    def send(self, letters: list[dict[str, Any]]) -> None:
        """Letters that are to go out."""
        with self._lock:
            for letter in letters:
                self._write({"sent": letter})

    def take(self, letter: dict[str, Any]) -> None:
        """A letter that came; by its key the same one is kept once, and counted."""
        with self._lock:
            self._write({"told": letter})

    def push_done(self, count: int) -> None:
        """So many of the letters are acknowledged."""
        with self._lock:
            self._write({"pushed": count})

    def after(self, at: int, size: int) -> list[dict[str, Any]]:
        with self._lock:
            return self.sent[at : at + size]

    def orders(self) -> dict[str, dict[str, Any]]:
        """Every order by its number, as sent last."""
        with self._lock:
            return {one["orderNo"]: one for one in self.sent if one["msgType"] == "ORDER"}

    def listed(self, day: str) -> list[dict[str, str]]:
        """The orders of a day with the state it was told last."""
        with self._lock:
            return [
                {"orderNo": number, "status": self.states.get(number, ("", ""))[0],
                 "opTime": self.states.get(number, ("", ""))[1]}
                for number, one in self.orders().items()
                if one["createTime"].startswith(day)
            ]  # fmt: skip

    def summary(self) -> dict[str, Any]:
        """What tests compare: numbers sent, what was told of each in order, and which keys came more than once."""
        with self._lock:
            return {
                "sent": len(self.sent),
                "orders": sorted(self.orders()),
                "told": {number: [_brief(one) for one in found] for number, found in self.told.items()},
                "keys": len(self.keys),
                "again": sum(times - 1 for times in self.keys.values()),
                "pushed": self.pushed,
            }

    def _write(self, line: dict[str, Any]) -> None:
        self._journal.write(orjson.dumps(line) + b"\n")
        self._apply(line)

    def _apply(self, line: dict[str, Any]) -> None:
        if "sent" in line:
            self.sent.append(line["sent"])
        elif "pushed" in line:
            self.pushed = max(self.pushed, line["pushed"])
        else:
            self._told(line["told"])

    def _told(self, letter: dict[str, Any]) -> None:
        key, number = str(letter.get("msgId")), str(letter.get("orderNo"))
        self.keys[key] += 1
        if self.keys[key] > 1:
            return
        self.told.setdefault(number, []).append(letter)
        if letter.get("status"):
            self.states[number] = (letter["status"], f"{datetime.now(UTC).astimezone(ZONE):{FORMAT}}")


def _brief(letter: dict[str, Any]) -> str:
    return f"{letter.get('msgType')}:{letter.get('status', '')}"
