"""A day is the district's day: read from an instant in UTC, it is yesterday until eight in the morning here."""

import re

from tests.structure.tree import ROOT, written

# Spelt in pieces, or this file would find itself.
OF_UTC = re.compile(r"\bnow\(\)" + r"(\.date\(\)|\.timetuple\(|:%)")


def test_no_day_is_read_from_an_instant_in_utc() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in written(".py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if OF_UTC.search(line)
    ]
    assert found == []
