"""What is held in memory of a district is told to be made anew, in the transaction that changes it."""

import uuid

from huying.services.models import Surroundings


def mark_places(district: int) -> None:
    """Facilities changed."""
    Surroundings.objects.update_or_create(district=district, defaults={"places": uuid.uuid4()})


def mark_roads(district: int, **drawn: object) -> None:
    """Roads changed; ``drawn`` says how many, from where, when and by whom."""
    Surroundings.objects.update_or_create(district=district, defaults={"roads": uuid.uuid4(), **drawn})
