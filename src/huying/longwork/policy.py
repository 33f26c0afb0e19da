"""Whose long work is, and where its files lie."""

from pathlib import Path

from django.conf import settings

from huying.access.actor import Actor


def owned_by(actor: Actor) -> dict[str, int]:
    """What finds the works of an actor alone: of their account, or of their key; of anybody else none."""
    if actor.account_id is None and actor.key_id is not None:
        return {"district": actor.district, "key_id": actor.key_id}
    return {"district": actor.district, "account_id": actor.account_id or 0}


def home() -> Path:
    """The folder of long work."""
    folder: Path = settings.HUYING_WORK_DIR
    return folder


def place(name: str) -> Path:
    """A file of it by its name as a row keeps it."""
    return home() / Path(name).name
