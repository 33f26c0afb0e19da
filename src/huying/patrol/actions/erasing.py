"""The patrols' part of an erasure by law: that something was found stays; where exactly, and what was said, goes."""

from collections import Counter
from collections.abc import Collection

from huying.cases.rules.erasing import Going, Gone
from huying.patrol.models import Check, Find, FindFile


def erase(going: Going) -> Counter[Gone]:
    """Take places, recordings and words from what was found and looked at on whole cases."""
    finds = Find.objects.filter(district=going.district, case_id__in=going.whole)
    files = FindFile.objects.filter(
        district=going.district, find_id__in=list(finds.values_list("id", flat=True))
    )
    sounds = {path for path in files.values_list("path", flat=True) if path}
    going.paths.update(sounds)
    files.update(path="", sha256="", kept="", lon=None, lat=None, accuracy=None)
    finds.update(lon=None, lat=None, accuracy=None)
    checks = Check.objects.filter(district=going.district, case_id__in=going.whole)
    told = checks.update(words="", note="", lon=None, lat=None)
    return Counter({Gone.RECORDING: len(sounds), Gone.WORDS: told})


def held(district: int, paths: Collection[str]) -> set[str]:
    """Which of these files are still a find's."""
    rows = FindFile.objects.filter(district=district, path__in=paths)
    return set(rows.values_list("path", flat=True))
