"""The table of ``docs/personal-data.md`` from the table of fields: ``python -m huying.site.documents.personal_data``.

What stands above the mark is written by hand and kept.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from huying.erasure.rules.fields import FIELDS, W

PAGE: Final = Path(__file__).parents[4] / "docs" / "personal-data.md"
MARK: Final = "<!-- The table below is written by: python -m huying.site.documents.personal_data -->"


def page(by_hand: str) -> str:
    """The whole page: what was written by hand, the mark, the table."""
    lines = [by_hand.split(MARK)[0].rstrip(), "", MARK, "", *_table()]
    return "\n".join(lines).rstrip() + "\n"


def _table() -> Iterator[str]:
    for holds in W:
        yield f"### {holds.zh}"
        yield ""
        yield "| 表 | 字段 |"
        yield "| --- | --- |"
        for model, told in FIELDS.items():
            if holds in told:
                yield f"| `{model}` | {' '.join(f'`{name}`' for name in told[holds].split())} |"
        yield ""


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
