"""Words in two languages: Chinese is written in the code, English beside it in ``web/locale/en``.

    python -m huying.site.translations extract    put new msgids into the catalogue, drop what is gone
    python -m huying.site.translations missing    list what has no English yet (exit code 1 when any)
    python -m huying.site.translations compile    write the .mo file that Django reads

No gettext programs are needed: Babel reads and writes, Django turns templates into something Babel can read.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE: Final = Path(__file__).parents[1]
CATALOGUE: Final = SOURCE / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"
# What Django itself says, in our words; kept by hand.
DJANGOS: Final = SOURCE / "web" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
_KEYWORDS: Final[Mapping[str, None]] = dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "said"))
_CHINESE: Final = re.compile(r"[\u3400-\u9fff]")
# Where Chinese stands in code without a gettext call because it is data of the code: shown through gettext later.
_NAMED_BY_CALL: Final = {"Fact", "Component", "Indicator", "Column", "ReplyPart"}
_ERRORS: Final = {
    "Invalid",
    "MissingFact",
    "OutsideDistrict",
    "Denied",
    "NotFound",
    "Conflict",
    "IllegalStep",
}
_NEVER_KEPT: Final = tuple(
    f'"{name}'.encode()
    for name in (
        "Project-Id",
        "Report-Msgid",
        "POT-Creation",
        "PO-Revision",
        "Last-Trans",
        "Language-Team",
        "Generated",
    )
)
# What speaks to operators in a terminal or is data of a district is not a page's text.
NOT_PAGES: Final = {"simulate", "site", "migrations", "starter", "bench"}


def msgids() -> dict[str, list[str]]:
    """Every text a page may show, with the files it stands in, sorted."""
    found: dict[str, set[str]] = {}
    for path in sorted(SOURCE.rglob("*")):
        place = path.relative_to(SOURCE)
        if NOT_PAGES & set(place.parts):
            continue
        for text in _texts(path):
            if _CHINESE.search(text):
                found.setdefault(text, set()).add(place.as_posix())
    return {text: sorted(found[text]) for text in sorted(found)}


def _texts(path: Path) -> Iterator[str]:
    if path.suffix == ".html":
        yield from _called(templatize(path.read_text(encoding="utf-8"), str(path)).encode())
    elif path.suffix == ".py":
        source = path.read_bytes()
        yield from _called(source)
        yield from _named(ast.parse(source))


def _called(source: bytes) -> Iterator[str]:
    for _line, _function, texts, _comments in extract_python(BytesIO(source), _KEYWORDS, (), {}):
        yield from ([texts] if isinstance(texts, str) else [text for text in texts or () if text])


def _named(tree: ast.Module) -> Iterator[str]:
    """Terms of enumerations, the tree of errors and the texts they are raised with, facts' names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from _members(node)
        elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            yield from _strings(node.exc.args[:1])
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in _NAMED_BY_CALL:
            yield from _strings(node.args)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in _KEYWORDS:
            # Babel looks into no f-string.
            yield from _strings(node.args[:1])
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in _ERRORS:
            yield from _strings([*node.args[:1], *_by_field(node)])


def _by_field(call: ast.Call) -> Iterator[ast.expr]:
    """What an error says of each field."""
    for given in call.keywords:
        if given.arg == "fields" and isinstance(given.value, ast.Dict):
            yield from given.value.values


def _members(node: ast.ClassDef) -> Iterator[str]:
    bases = {getattr(base, "id", "") for base in node.bases}
    if bases & {"Term", "StrEnum"}:
        for line in node.body:
            if isinstance(line, ast.Assign) and isinstance(line.value, ast.Tuple):
                yield from _strings(line.value.elts)
    docstring = ast.get_docstring(node) or ""
    if bases & {"Exception", "HuyingError", "Invalid", "Denied", "NotFound", "Conflict", "Unavailable"}:
        yield docstring


def _strings(nodes: Iterable[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def catalogue() -> Catalog:
    """The English catalogue as it is written; empty when there is none."""
    if not CATALOGUE.exists():
        return _blank()
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def _blank() -> Catalog:
    return Catalog(locale="en", fuzzy=False, charset="utf-8", header_comment="# Huying's words in English.")


def extract() -> int:
    """Bring the catalogue into line with the code; the number of msgids."""
    known, fresh = catalogue(), _blank()
    found = msgids()
    for text, places in found.items():
        old = known.get(text)
        flags = ["python-format"] if re.search(r"%\(\w+\)[sd]", text) else []
        fresh.add(
            text, str(old.string) if old else "", locations=[(place, 0) for place in places], flags=flags
        )
    save(fresh)
    return len(found)


def save(words: Catalog) -> None:
    """Write the catalogue in the order of its msgids and without dates, so that two runs write the same."""
    buffer = BytesIO()
    write_po(buffer, words, width=110, include_lineno=False, sort_output=True)
    kept = [line for line in buffer.getvalue().splitlines(keepends=True) if not line.startswith(_NEVER_KEPT)]
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(b"".join(kept))


def missing() -> list[str]:
    """Msgids without an English text."""
    known = catalogue()
    return [text for text in msgids() if not (entry := known.get(text)) or not entry.string]


def compile_catalogue() -> Path:
    """Write the .mo files beside the .po files; the path of the English one."""
    with DJANGOS.open("rb") as file:
        _compile(read_po(file, locale="zh_Hans"), DJANGOS)
    return _compile(catalogue(), CATALOGUE)


def _compile(words: Catalog, source: Path) -> Path:
    target = source.with_suffix(".mo")
    with target.open("wb") as file:
        write_mo(file, words)
    return target


def main(arguments: list[str]) -> int:
    """Run one of extract, missing and compile; the exit code."""
    match arguments:
        case ["extract"]:
            sys.stdout.write(f"{extract()} msgids\n")
        case ["compile"]:
            sys.stdout.write(f"{compile_catalogue()}\n")
        case ["missing"]:
            texts = missing()
            sys.stdout.writelines(f"{text}\n" for text in texts)
            return 1 if texts else 0
        case _:
            sys.stderr.write(f"{__doc__}\n")
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
