"""The campaigns' part of an erasure by law."""

from collections import Counter
from collections.abc import Collection

from huying.cases.rules.erasing import Going, Gone
from huying.prevent.campaigns.models import Task, TaskPhoto


def erase(going: Going) -> Counter[Gone]:
    """Take away what a grid worker wrote and photographed of a finding that became one of the cases.

    That it was found stays.
    """
    tasks = Task.objects.filter(district=going.district, case_id__in=going.whole)
    photos = TaskPhoto.objects.filter(task__in=tasks)
    going.paths.update(photos.values_list("path", flat=True))
    taken, _each = photos.delete()
    return Counter({Gone.TASK: tasks.exclude(words="").update(words=""), Gone.PHOTO: taken})


def held(district: int, paths: Collection[str]) -> set[str]:
    """Which of these files still belong to a task."""
    rows = TaskPhoto.objects.filter(path__in=paths, task__district=district)
    return set(rows.values_list("path", flat=True))
