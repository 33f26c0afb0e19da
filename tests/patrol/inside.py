"""``python -m tests.patrol.inside ACT``: what the proof does inside its instance; prints JSON."""

import json
import os
import sys
from typing import Any

import django

LOGIN = "wang"


def prepare() -> dict[str, Any]:
    """The district with a list, and one who works in its first grid."""
    from huying.access.actor import system
    from huying.access.roles import Role
    from huying.catalogue.actions import load_starter
    from huying.kernel.clock import now
    from huying.people.actions import NewPost, create_account
    from tests.cast import DISTRICT, GRID, gather
    from tests.people.cast import PASSWORD
    from tests.teams.conftest import draw

    cast, by = gather(), system(DISTRICT)
    draw(cast)
    load_starter(by, DISTRICT, now())
    post = NewPost(Role.GRID_WORKER, GRID, cast.street_body)
    create_account(by, LOGIN, "王秀英", [post], now(), password=PASSWORD, must_change_password=False)
    return {"district": DISTRICT}


def told() -> dict[str, Any]:
    """Everything that arrived, in the order it did."""
    from huying.cases.models import Appeal, Attachment
    from huying.patrol.models import Find, FindFile, Tour

    texts = dict(Appeal.objects.filter(channel="grid").values_list("id", "text"))
    finds = Find.objects.order_by("id").values_list("appeal_id", "found_at", "arrived_at", "case_id", "off")
    return {
        "finds": [
            {
                "text": texts[appeal], "found_at": found.isoformat(), "arrived_at": came.isoformat(), "case": case,
                "off": off,
            }
            for appeal, found, came, case, off in finds
        ],
        "appeals": len(texts),
        "files": FindFile.objects.count(),
        "photos": Attachment.objects.filter(appeal_id__in=list(texts)).count(),
        "tours": [
            [row.started_at.isoformat(), row.ended_at.isoformat() if row.ended_at else None]
            for row in Tour.objects.order_by("id")
        ],
    }  # fmt: skip


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huying.site.settings")
    django.setup()
    json.dump({"prepare": prepare, "told": told}[sys.argv[1]](), sys.stdout, ensure_ascii=False)
