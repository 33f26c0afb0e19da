"""Placeholders in braces: which a text uses, what is wrong with it, and the text with them filled in."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from huying.kernel.saying import said
from huying.texts.rules.occasions import Placeholder

MOST_TITLE: Final = 60
MOST_NOTICE: Final = 300
MOST_REPLY: Final = 2000
_FIELD: Final = re.compile(r"\{([^{}\n]*)\}")
_NAMES: Final = {name: one for one in Placeholder for name in (one.value, one.zh)}
# A blank of a template of a reply, to be written over by whoever replies: 【填：日期】.
_BLANK: Final = re.compile(r"【填[：:]([^【】\n]{0,40})】")


def used(text: str) -> list[Placeholder]:
    """The placeholders a text uses, each once, in their order; names that mean nothing are passed over."""
    named = (_NAMES.get(name.strip()) for name in _FIELD.findall(text))
    return list(dict.fromkeys(one for one in named if one is not None))


def text_faults(
    text: str, *, allowed: Iterable[Placeholder], needed: Iterable[Placeholder] = (), most: int
) -> list[str]:
    """What is wrong with a text, each as a sentence to its writer; empty when it may be kept."""
    known = list(allowed)
    faults = []
    if not text.strip():
        faults.append("请写内容。")
    if len(text) > most:
        faults.append(said("最多 %(most)s 字，现在 %(now)s 字。", most=most, now=len(text)))
    strange = [name for name in _FIELD.findall(text) if _NAMES.get(name.strip()) not in known]
    if strange:
        faults.append(
            said(
                "不认识 %(strange)s。这里能用：%(known)s。",
                strange="、".join(f"{{{name}}}" for name in dict.fromkeys(strange)),
                known="、".join(f"{{{one.zh}}}" for one in known) or "—",
            )
        )
    if re.search(r"[{}]", _FIELD.sub("", text)):
        faults.append("花括号要成对，里面写占位名。")
    missing = [one for one in needed if one not in used(text)]
    if missing:
        faults.append(said("必须有 %(missing)s。", missing="、".join(f"{{{one.zh}}}" for one in missing)))
    return faults


def filled(text: str, values: Mapping[Placeholder, str]) -> str:
    """The text with every placeholder replaced, "" where nothing is known. What is put in is never filled again."""

    def value(match: re.Match[str]) -> str:
        name = _NAMES.get(match[1].strip())
        return match[0] if name is None else values.get(name, "")

    return _FIELD.sub(value, text)


def blanks(reply: str) -> list[str]:
    """What a reply made from a template still leaves to be written."""
    return _BLANK.findall(reply)
