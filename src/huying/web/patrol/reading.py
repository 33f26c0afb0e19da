"""From what a phone sends to what the domain takes; whatever is of the wrong kind is refused by name."""

from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from django.utils.translation import gettext_noop
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from huying.kernel.errors import Invalid
from huying.patrol.actions import NewAnswer, Stamp
from huying.patrol.rules.kinds import CheckAnswer, FileKind, FindKind
from huying.patrol.rules.reporting import NewFile, NewFind, Spot
from huying.patrol.rules.walking import Step

Form = TypeVar("Form", bound="Sent")
_WRONG = gettext_noop("这一项不对，请更新程序后再试。")


class Sent(BaseModel):
    """What a phone sends; fields that nobody knows are an older or newer program's and are passed over."""

    model_config = ConfigDict(extra="ignore", str_max_length=4000)


class SentSpot(Sent):
    lon: float
    lat: float
    accuracy: float | None = None

    def spot(self) -> Spot:
        return Spot(self.lon, self.lat, self.accuracy)


class SentStamp(Sent):
    key: UUID
    at: AwareDatetime
    sent_at: AwareDatetime
    spot: SentSpot | None = None

    def stamp(self) -> Stamp:
        return Stamp(self.key, self.at, self.sent_at, spot_of(self.spot))


class SentStep(Sent):
    at: AwareDatetime
    lon: float
    lat: float
    accuracy: Annotated[float, Field(ge=0)] = 0.0

    def step(self) -> Step:
        return Step(self.at, self.lon, self.lat, self.accuracy)


class SentSteps(Sent):
    steps: Annotated[list[SentStep], Field(max_length=2000)]


class SentFile(Sent):
    id: UUID
    kind: Literal["scene", "before", "after", "voice"]
    sha256: str
    taken_at: AwareDatetime
    spot: SentSpot | None = None


class SentFind(Sent):
    key: UUID
    tour: UUID | None = None
    kind: Literal["report", "fixed"]
    text: str
    place_text: str = ""
    item: Annotated[str, Field(max_length=32)] = ""
    done: str = ""
    found_at: AwareDatetime
    sent_at: AwareDatetime
    spot: SentSpot | None = None
    files: Annotated[list[SentFile], Field(max_length=20)] = []

    def find(self) -> NewFind:
        return NewFind(
            key=str(self.key), kind=FindKind(self.kind), text=self.text, found_at=self.found_at, sent_at=self.sent_at,
            tour=str(self.tour) if self.tour else "", place_text=self.place_text, item=self.item, done=self.done,
            spot=spot_of(self.spot), files=[_file(file) for file in self.files],
        )  # fmt: skip


class SentAnswer(Sent):
    key: UUID
    base: int
    answer: Literal["real", "unreal", "done", "undone", "unfound"]
    note: str = ""
    seen_at: AwareDatetime
    sent_at: AwareDatetime
    spot: SentSpot | None = None

    def given(self) -> NewAnswer:
        return NewAnswer(
            key=self.key, base=self.base, answer=CheckAnswer(self.answer), note=self.note, seen_at=self.seen_at,
            sent_at=self.sent_at, spot=spot_of(self.spot),
        )  # fmt: skip


def read(form: type[Form], body: dict[str, Any]) -> Form:
    """The body as this form. Raises Invalid with the fields that are of the wrong kind."""
    try:
        return form.model_validate(body)
    except ValidationError as wrong:
        fields = {str(one["loc"][0]) if one["loc"] else "body": _WRONG for one in wrong.errors()}
        raise Invalid(fields=fields) from None


def spot_of(sent: SentSpot | None) -> Spot | None:
    return sent.spot() if sent is not None else None


def _file(sent: SentFile) -> NewFile:
    return NewFile(str(sent.id), FileKind(sent.kind), sent.sha256, sent.taken_at, spot_of(sent.spot))


def moment(at: datetime | None) -> str | None:
    """A moment as the phone reads it."""
    return at.isoformat() if at is not None else None
