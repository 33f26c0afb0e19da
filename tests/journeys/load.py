"""Outside systems that never give up: ``python -m tests.journeys.load ADDRESS SEAT_KEY CENTRE_KEY FILE``.

Each sends appeals until the file ``FILE.stop`` appears, each appeal under its own key again and again until it is
acknowledged, as its own documents tell an outside system to do. What was acknowledged is written to FILE, a line each.
"""

import itertools
import json
import sys
import threading
import time
from pathlib import Path
from typing import Any, Final, TextIO

import httpx

SYSTEMS: Final = 4
# Seconds: nobody stops a load whose test was itself killed.
LONGEST: Final = 150.0
PAUSE: Final = 0.02


class Sender(threading.Thread):
    """One outside system: a hotline that gives appeals, and a centre that answers every third on the spot."""

    def __init__(self, name: str, address: str, seat: str, centre: str, file: TextIO, stop: Path) -> None:
        super().__init__(name=name)
        self.address, self.seat, self.centre, self.file, self.stop = address, seat, centre, file, stop
        self.deadline = time.monotonic() + LONGEST

    def run(self) -> None:
        for number in itertools.count():
            if self.stop.exists() or time.monotonic() > self.deadline:
                return
            self.one(f"load-{self.name}-{number:06d}", number)
            time.sleep(PAUSE)

    def one(self, key: str, number: int) -> None:
        appeal = {"text": f"{key} 春风路路灯不亮", "kind": "complaint", "phone": f"138{number:08d}"}
        kept = self.sent("/api/v1/appeals", appeal, self.seat, key)
        if kept is None:
            return
        if number % 5 == 0:
            again = self.sent("/api/v1/appeals", appeal, self.seat, key) or kept
            kept["same"] = again["receipt"] == kept["receipt"] and again["case"] == kept["case"]
        if number % 3 == 0:
            reply = {"reply": "您好，路灯已经修好，感谢反映。"}
            done = self.sent(f"/api/v1/cases/{kept['case']}/answer", reply, self.centre, f"{key}-answer")
            kept["answered"] = bool(done)
        self.file.write(json.dumps({**kept, "key": key}) + "\n")
        self.file.flush()

    def sent(self, path: str, body: dict[str, Any], raw: str, key: str) -> dict[str, Any] | None:
        """The acknowledgement, or None when it was refused or the load is over; a lost answer is asked for again."""
        headers = {"Authorization": f"Bearer {raw}", "Idempotency-Key": key}
        while time.monotonic() < self.deadline:
            try:
                answer = httpx.post(self.address + path, json=body, headers=headers, timeout=10)
            except httpx.TransportError:
                time.sleep(0.1)
                continue
            if answer.status_code in (200, 201):
                told: dict[str, Any] = answer.json()
                return told
            if answer.status_code < 500 and answer.status_code != 429:
                self.file.write(
                    json.dumps({"refused": answer.status_code, "key": key, "said": answer.text}) + "\n"
                )
                return None
            time.sleep(0.1)
        return None


def main(address: str, seat: str, centre: str, file: str) -> None:
    with Path(file).open("w", encoding="utf-8") as out:
        senders = [Sender(str(n), address, seat, centre, out, Path(f"{file}.stop")) for n in range(SYSTEMS)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
