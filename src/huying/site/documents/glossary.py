"""The lists of ``docs/glossary.md`` from the enums of the code: ``python -m huying.site.documents.glossary``.

What stands above the mark is written by hand and kept.
"""

import os
import pkgutil
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

import huying
from huying.kernel.terms import Term

PAGE: Final = Path(__file__).parents[4] / "docs" / "glossary.md"
MARK: Final = "<!-- 以下各表由代码生成：python -m huying.site.documents.glossary -->"


def terms() -> list[type[Term]]:
    """Every enumeration of terms in the code, by package and name; loads the whole of it."""
    for found in pkgutil.walk_packages(huying.__path__, "huying."):
        if ".migrations" not in found.name and not found.name.endswith("__main__"):
            import_module(found.name)
    ours = [each for each in Term.__subclasses__() if each.__module__.startswith("huying.")]
    return sorted(ours, key=lambda each: (each.__module__, each.__name__))


def title(enum: type[Term]) -> str:
    """How the page heads the list of one enumeration."""
    return f"### {enum.__name__} `{enum.__module__.removeprefix('huying.')}`"


def page(by_hand: str) -> str:
    """The whole page: what was written by hand, the mark, the lists."""
    lines = [by_hand.split(MARK)[0].rstrip(), "", MARK, "", "## 代码中的取值", "", *_lists()]
    return "\n".join(lines).rstrip() + "\n"


def _lists() -> Iterator[str]:
    for enum in terms():
        yield title(enum)
        yield ""
        yield "| 代码 | 中文 |"
        yield "| --- | --- |"
        for member in enum:
            yield f"| `{member.value}` | {member.zh} |"
        yield ""


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huying.site.settings")
    django.setup()
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
