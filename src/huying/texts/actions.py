"""Texts changed, brought back and taken out of use: each time a further version, never an old one overwritten."""

from datetime import datetime
from uuid import uuid4

from django.db import IntegrityError, transaction

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.kernel.errors import Invalid, NotFound, StaleVersion
from huying.kernel.saying import said
from huying.texts.models import TextVersion
from huying.texts.policy import must_edit
from huying.texts.queries.held import forget
from huying.texts.queries.versions import VersionInfo, versions_for
from huying.texts.rules.filling import MOST_NOTICE, MOST_REPLY, MOST_TITLE, text_faults
from huying.texts.rules.kinds import TextKind
from huying.texts.rules.occasions import Occasion, Placeholder, asked_of
from huying.texts.rules.starter import CHINESE, Wording

REPLY_PLACEHOLDERS = (
    Placeholder.NUMBER,
    Placeholder.TITLE,
    Placeholder.PLACE,
    Placeholder.BODY,
    Placeholder.DISTRICT,
)


def write_text(
    by: Actor,
    kind: TextKind,
    name: str,
    language: str,
    wording: Wording,
    *,
    seen: int,
    now: datetime,
    note: str = "",
) -> int:
    """Let a text say this from now on; the number of its version. What says the same adds none.

    ``seen`` is the version the writer saw. Raises Denied, NotFound, StaleVersion, Invalid (fields named).
    """
    must_edit(by)
    newest = versions_for(by, kind, name, language)[0]
    _must_be_sound(kind, name, wording)
    if newest.wording == wording and not newest.retired:
        return newest.number
    if newest.number != seen:
        raise StaleVersion("您打开之后有人改过这段文字，请对照最新的一版再保存。")
    return _add(by, (kind, name, language), newest.number + 1, wording, now, note=note, former=newest.wording)


def new_template(by: Actor, wording: Wording, now: datetime, key: str = "") -> str:
    """A new template of a reply; its name. One of the same ``key`` (a form's) is written once.

    Raises Denied, Invalid.
    """
    must_edit(by)
    _must_be_sound(TextKind.REPLY, "", wording)
    name = f"own-{key or uuid4().hex}"[:40]
    if not TextVersion.objects.filter(district=by.district, kind=TextKind.REPLY.value, name=name).exists():
        _add(by, (TextKind.REPLY, name, CHINESE), 1, wording, now)
    return name


def restore_text(by: Actor, kind: TextKind, name: str, language: str, number: int, now: datetime) -> int:
    """Let an earlier version hold again, as a new one; its number. Raises Denied, NotFound."""
    versions = versions_for(by, kind, name, language)
    earlier = next((one for one in versions if one.number == number), None)
    if earlier is None:
        raise NotFound
    if earlier.wording == versions[0].wording and not versions[0].retired:
        return versions[0].number
    note = f"恢复第 {number} 版" if number else "恢复平台原文"
    return _add(
        by,
        (kind, name, language),
        versions[0].number + 1,
        earlier.wording,
        now,
        note=note,
        former=versions[0].wording,
    )


def retire_template(by: Actor, name: str, now: datetime) -> None:
    """Offer a template of a reply no more; done twice it is done once. Raises Denied, NotFound."""
    newest: VersionInfo = versions_for(by, TextKind.REPLY, name)[0]
    if not newest.retired:
        _add(
            by,
            (TextKind.REPLY, name, CHINESE),
            newest.number + 1,
            newest.wording,
            now,
            retired=True,
            former=newest.wording,
        )


def _must_be_sound(kind: TextKind, name: str, wording: Wording) -> None:
    if kind is TextKind.NOTICE:
        asked = asked_of(Occasion(name))
        title = text_faults(wording.title, allowed=asked.allowed, most=MOST_TITLE)
        body = text_faults(wording.body, allowed=asked.allowed, needed=asked.needed, most=MOST_NOTICE)
    else:
        title = text_faults(wording.title, allowed=(), most=MOST_TITLE)
        body = text_faults(wording.body, allowed=REPLY_PLACEHOLDERS, most=MOST_REPLY)
    wrong = {"title": title[0]} if title else {}
    if body:
        wrong["body"] = body[0]
    if wording.item and not (wording.item.isascii() and wording.item.isalnum()):
        wrong["item"] = said("没有“%(item)s”这样的事项代码。", item=wording.item)
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)


@transaction.atomic
def _add(
    by: Actor, key: tuple[TextKind, str, str], number: int, wording: Wording, now: datetime, *,
    retired: bool = False, note: str = "", former: Wording | None = None,
) -> int:  # fmt: skip
    kind, name, language = key
    try:
        with transaction.atomic():
            TextVersion.objects.create(
                district=by.district, kind=kind.value, name=name, language=language, number=number,
                title=wording.title, body=wording.body, item=wording.item, fits=wording.fits.value,
                retired=retired, note=note[:200], changed_at=now, changed_by=by.name,
                changed_by_account=by.account_id,
            )  # fmt: skip
    except IntegrityError:
        raise StaleVersion("您打开之后有人改过这段文字，请对照最新的一版再保存。") from None
    told = NewChange(
        Subject.TEXT, f"{kind.value}/{name}/{language}"[:60], wording.title or name,
        Deed.STOP if retired else Deed.CREATE if number == 1 and kind is TextKind.REPLY else Deed.CHANGE,
        _words(former) if former else {}, {} if retired else _words(wording),
    )  # fmt: skip
    note_change(by, told, now)
    forget()
    transaction.on_commit(forget)
    return number


def _words(wording: Wording) -> dict[str, str]:
    return {"标题": wording.title, "正文": wording.body}
