"""Texts as those see them who may change them: what is in force, and every version before it."""

from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import Actor
from huying.kernel.errors import NotFound
from huying.texts.models import TextVersion
from huying.texts.policy import must_edit
from huying.texts.rules.kinds import PRODUCT, ReplyFor, TextKind
from huying.texts.rules.starter import CHINESE, Key, Wording, starter


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """One version. ``number`` 0 is the platform's own, which nobody changed and has no time."""

    number: int
    wording: Wording
    retired: bool
    note: str
    changed_at: datetime | None
    changed_by: str


@dataclass(frozen=True, slots=True)
class TextInfo:
    """One text in one language and the version in force."""

    kind: TextKind
    name: str
    language: str
    version: VersionInfo


def texts_for(actor: Actor, kind: TextKind, language: str = CHINESE) -> list[TextInfo]:
    """Every text of a kind, the platform's in its order, then the district's own. Raises Denied."""
    must_edit(actor)
    own = {
        row.name: _info(row)
        for row in TextVersion.objects.filter(
            district=actor.district, kind=kind.value, language=language
        ).order_by("number")
    }
    ours = {key[1]: _product(key) for key in starter() if key[0] is kind and key[2] == language}
    return [TextInfo(kind, name, language, version) for name, version in {**ours, **own}.items()]


def versions_for(actor: Actor, kind: TextKind, name: str, language: str = CHINESE) -> list[VersionInfo]:
    """Every version of a text, newest first. Raises Denied, NotFound."""
    must_edit(actor)
    rows = TextVersion.objects.filter(
        district=actor.district, kind=kind.value, name=name, language=language
    ).order_by("-number")
    found = [_info(row) for row in rows]
    key = (kind, name, language)
    if key in starter():
        found.append(_product(key))
    if not found:
        raise NotFound
    return found


def text_for(actor: Actor, kind: TextKind, name: str, language: str = CHINESE) -> TextInfo:
    """One text with the version in force. Raises Denied, NotFound."""
    return TextInfo(kind, name, language, versions_for(actor, kind, name, language)[0])


def _product(key: Key) -> VersionInfo:
    return VersionInfo(PRODUCT, starter()[key], False, "", None, "")


def _info(row: TextVersion) -> VersionInfo:
    wording = Wording(row.title, row.body, row.item, ReplyFor(row.fits))
    return VersionInfo(row.number, wording, row.retired, row.note, row.changed_at, row.changed_by)
