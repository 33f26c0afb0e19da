"""One step of a conversation: from where it stands and what is heard to what follows. Nothing is filed without a yes,
and no text is lost without its author being told."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from huying.chat.rules.conversation import says
from huying.chat.rules.conversation.standing import (
    PICTURES_MOST,
    Deed,
    Do,
    Heard,
    Known,
    Stage,
    Talk,
    Turn,
)
from huying.chat.rules.conversation.words import Read, Word, is_danger, read, staff_code
from huying.chat.rules.incoming import TEXT_MOST
from huying.chat.rules.kinds import Medium
from huying.people.rules.phones import is_mobile, phone_or_none

PLACE_MOST: Final = 300
# Longer than an address is: whoever writes so much goes on telling.
_ADDRESS_LONG: Final = 60
_CODE_DIGITS: Final = 6
_DRAFT: Final = frozenset({Stage.MATTER, Stage.PLACE, Stage.CONFIRM, Stage.WHICH})


def step(talk: Talk, heard: Heard, known: Known) -> Turn:
    """What follows from one message."""
    turn = _BY_MEDIUM[heard.medium](talk, heard, known)
    if is_danger(heard.text):
        deed = Deed(Do.DANGER, text=heard.text)
        return Turn(turn.talk, (deed, *turn.deeds), (says.DANGER, *turn.says))
    return turn


def _entered(talk: Talk, heard: Heard, known: Known) -> Turn:
    return Turn(talk, says=(says.GREETING,))


def _left(talk: Talk, heard: Heard, known: Known) -> Turn:
    return Turn(Talk())


def _unreadable(talk: Talk, heard: Heard, known: Known) -> Turn:
    return Turn(talk, says=(says.VOICE if heard.medium is Medium.VOICE else says.OTHER,))


def _voiced(talk: Talk, heard: Heard, known: Known) -> Turn:
    return _told(talk, heard, known) if heard.text.strip() else _unreadable(talk, heard, known)


def _pictured(talk: Talk, heard: Heard, known: Known) -> Turn:
    free = PICTURES_MOST - talk.pictures
    if free <= 0:
        return _asked_again(talk, known, says.TOO_MANY_PICTURES)
    with_them = replace(talk, pictures=talk.pictures + min(free, max(1, heard.pictures)))
    if talk.stage not in _DRAFT:
        with_them = replace(with_them, stage=Stage.MATTER)
    if heard.text.strip():
        return _told(with_them, heard, known)
    return _asked_again(with_them, known, says.PICTURE)


def _placed(talk: Talk, heard: Heard, known: Known) -> Turn:
    there = replace(talk, lon=heard.lon, lat=heard.lat, place=heard.text.strip()[:PLACE_MOST] or talk.place)
    if there.stage is Stage.PLACE:
        there = replace(there, stage=Stage.CONFIRM)
    elif there.stage not in _DRAFT:
        there = replace(there, stage=Stage.MATTER)
    return _asked_again(there, known)


def _told(talk: Talk, heard: Heard, known: Known) -> Turn:
    text = heard.text.strip()
    if not text:
        return Turn(talk, says=(says.OTHER,))
    meant = read(text)
    if meant.word in {Word.SOLVED, Word.UNSOLVED} and meant.rest and not known.to_rate:
        # Nothing waits for a say: it is the beginning of a sentence.
        meant = Read()
    if meant.word in {Word.STOP, Word.RESUME} and not known.by_sms:
        # A letter in another chat: whoever wants no more there leaves it.
        meant = Read()
    anywhere = _ANYWHERE.get(meant.word) if meant.word else None
    if anywhere is not None:
        return _reminded(anywhere(talk, meant, known))
    return _BY_STAGE[talk.stage](talk, text, meant, known)


# Words that mean the same wherever the conversation stands.


def _help(talk: Talk, meant: Read, known: Known) -> Turn:
    return Turn(talk, says=(says.HELP,))


def _person(talk: Talk, meant: Read, known: Known) -> Turn:
    return Turn(talk, (Deed(Do.CALL),))


def _progress(talk: Talk, meant: Read, known: Known) -> Turn:
    return Turn(talk, (Deed(Do.PROGRESS, number=meant.receipt),))


def _remind(talk: Talk, meant: Read, known: Known) -> Turn:
    number = meant.receipt or next(iter(known.open), "")
    return Turn(talk, (Deed(Do.REMIND, number=number),)) if number else Turn(talk, says=(says.NOT_OPEN,))


def _rate(talk: Talk, meant: Read, known: Known) -> Turn:
    number = meant.receipt or next(iter(known.to_rate), "")
    if not number:
        return Turn(talk, says=(says.NOT_TO_RATE,))
    return Turn(talk, (Deed(Do.RATE, number=number, text=meant.rest, solved=meant.word is Word.SOLVED),))


def _unbind(talk: Talk, meant: Read, known: Known) -> Turn:
    return Turn(talk, (Deed(Do.UNBIND),))


def _bind(talk: Talk, meant: Read, known: Known) -> Turn:
    if code := staff_code(meant.rest):
        return Turn(talk, (Deed(Do.BIND_STAFF, text=code),))
    if talk.stage in _DRAFT:
        return Turn(talk, says=(says.FIRST_THIS,))
    return _phone_given(talk, meant.rest) or Turn(Talk(stage=Stage.PHONE), says=(says.PHONE,))


def _stop(talk: Talk, meant: Read, known: Known) -> Turn:
    return Turn(talk, (Deed(Do.STOP if meant.word is Word.STOP else Do.RESUME),))


_ANYWHERE: Final[Mapping[Word, Callable[[Talk, Read, Known], Turn]]] = {
    Word.HELP: _help,
    Word.PERSON: _person,
    Word.PROGRESS: _progress,
    Word.REMIND: _remind,
    Word.SOLVED: _rate,
    Word.UNSOLVED: _rate,
    Word.BIND: _bind,
    Word.UNBIND: _unbind,
    Word.STOP: _stop,
    Word.RESUME: _stop,
}


# What a text means where the conversation stands.


def _at_rest(talk: Talk, text: str, meant: Read, known: Known) -> Turn:
    if meant.word is Word.COMPLAIN:
        return Turn(Talk(stage=Stage.MATTER, kind="complaint"), says=(says.COMPLAIN,))
    if meant.word is not None:
        return Turn(Talk(), says=(says.NOTHING,))
    fresh = replace(talk, text=text[:TEXT_MOST], kind=talk.kind or _kind_of(text), phone="", challenge="")
    if known.open:
        return Turn(replace(fresh, stage=Stage.WHICH, about=known.open[0]), says=(says.which(known.title),))
    return _on(fresh)


def _of_matter(talk: Talk, text: str, meant: Read, known: Known) -> Turn:
    if meant.word is Word.NO:
        return Turn(Talk(), says=(says.DROPPED,))
    if meant.word is not None:
        return Turn(talk, says=(says.WHAT,))
    return _at_rest(talk, text, meant, known)


def _of_place(talk: Talk, text: str, meant: Read, known: Known) -> Turn:
    if meant.word is Word.NO:
        return Turn(Talk(), says=(says.DROPPED,))
    if meant.word is Word.UNKNOWN_PLACE:
        return _confirm(talk)
    if meant.word is not None:
        return Turn(talk, says=(says.WHERE_AGAIN,))
    if len(text) > _ADDRESS_LONG:
        return _added(talk, text, lambda fuller: Turn(fuller, says=(says.WHERE_AGAIN,)))
    return _confirm(replace(talk, place=text, lon=None, lat=None))


def _of_confirming(talk: Talk, text: str, meant: Read, known: Known) -> Turn:
    if meant.word is Word.YES:
        return Turn(Talk(), (Deed(Do.FILE, talk=talk),))
    if meant.word is Word.NO:
        return Turn(Talk(), says=(says.DROPPED,))
    if meant.word is Word.TWO:
        return Turn(replace(talk, stage=Stage.PLACE), says=(says.WHERE_AGAIN,))
    if meant.word is not None:
        return _confirm(talk)
    return _added(talk, text, _confirm)


def _of_which(talk: Talk, text: str, meant: Read, known: Known) -> Turn:
    if meant.word is Word.YES:
        return Turn(Talk(), (Deed(Do.ADD, number=talk.about, text=talk.text, talk=talk),))
    if meant.word is Word.NO:
        return Turn(Talk(), says=(says.DROPPED,))
    if meant.word is Word.TWO:
        return _on(replace(talk, about=""))
    if meant.word is not None:
        return Turn(talk, says=(says.which(known.title),))
    return _added(talk, text, lambda fuller: Turn(fuller, says=(says.which(known.title),)))


def _of_phone(talk: Talk, text: str, meant: Read, known: Known) -> Turn:
    if meant.word is Word.NO:
        return Turn(Talk(), says=(says.NOT_BOUND,))
    # Whoever writes of something else is heard, not asked for a number again.
    return _phone_given(talk, text) or _at_rest(Talk(), text, meant, known)


def _of_code(talk: Talk, text: str, meant: Read, known: Known) -> Turn:
    if meant.word is Word.NO:
        return Turn(Talk(), says=(says.NOT_BOUND,))
    digits = "".join(text.split())
    if digits.isascii() and digits.isdigit():
        if len(digits) == _CODE_DIGITS:
            return Turn(talk, (Deed(Do.CHECK_CODE, text=digits),))
        return Turn(talk, says=(says.CODE,))
    return _at_rest(Talk(), text, meant, known)


def _phone_given(talk: Talk, text: str) -> Turn | None:
    phone = phone_or_none(text)
    if phone is None or not is_mobile(phone):
        return None
    return Turn(Talk(stage=Stage.CODE, phone=phone), (Deed(Do.ASK_CODE, text=phone),))


def _on(talk: Talk) -> Turn:
    """Whatever is asked for next of a matter that has its words."""
    if talk.place or talk.lon is not None:
        return _confirm(talk)
    return Turn(replace(talk, stage=Stage.PLACE), says=(says.WHERE,))


def _confirm(talk: Talk) -> Turn:
    there = replace(talk, stage=Stage.CONFIRM)
    return Turn(there, says=(says.summary(there),))


def _added(talk: Talk, text: str, then: Callable[[Talk], Turn]) -> Turn:
    fuller = f"{talk.text}\n{text}" if talk.text else text
    if len(fuller) > TEXT_MOST:
        return Turn(talk, says=(says.TOO_LONG,))
    return then(replace(talk, text=fuller))


def _asked_again(talk: Talk, known: Known, first: str = "") -> Turn:
    """What stands open, asked once more after something else was given."""
    if talk.stage in {Stage.MATTER, Stage.IDLE, Stage.PHONE, Stage.CODE}:
        asked = says.WHAT
    elif talk.stage is Stage.PLACE:
        asked = says.WHERE_AGAIN
    elif talk.stage is Stage.WHICH:
        asked = says.which(known.title)
    else:
        asked = says.summary(talk)
    return Turn(talk, says=(first, asked) if first else (asked,))


def _reminded(turn: Turn) -> Turn:
    """Whoever asks for something else meanwhile is told that their matter is not filed yet."""
    if not turn.talk.has_matter or turn.talk.stage not in {Stage.PLACE, Stage.CONFIRM}:
        return turn
    return Turn(turn.talk, turn.deeds, (*turn.says, says.reminder(turn.talk)))


def _kind_of(text: str) -> str:
    return "complaint" if text.startswith(("投诉", "我要投诉")) else ""


_BY_STAGE: Final[Mapping[Stage, Callable[[Talk, str, Read, Known], Turn]]] = {
    Stage.IDLE: _at_rest,
    Stage.MATTER: _of_matter,
    Stage.PLACE: _of_place,
    Stage.CONFIRM: _of_confirming,
    Stage.WHICH: _of_which,
    Stage.PHONE: _of_phone,
    Stage.CODE: _of_code,
}
_BY_MEDIUM: Final[Mapping[Medium, Callable[[Talk, Heard, Known], Turn]]] = {
    Medium.TEXT: _told,
    Medium.VOICE: _voiced,
    Medium.PICTURE: _pictured,
    Medium.PLACE: _placed,
    Medium.ENTER: _entered,
    Medium.LEAVE: _left,
    Medium.OTHER: _unreadable,
}
