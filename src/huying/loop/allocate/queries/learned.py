"""Which cases already taught something."""

from collections.abc import Collection

from huying.loop.allocate.models import BodyLesson


def taught_by(district: int, case_ids: Collection[int]) -> set[int]:
    """Those of the cases whose body was learned before."""
    if not case_ids:
        return set()
    lessons = BodyLesson.objects.filter(district=district, case_id__in=case_ids)
    return set(lessons.values_list("case_id", flat=True))
