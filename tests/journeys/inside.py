"""``python -m tests.journeys.inside ACT …``: an act of ``ground`` in the instance of the environment; prints JSON."""

import json
import os
import sys
from importlib import import_module

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huying.site.settings")
    django.setup()
    act = import_module("tests.journeys.ground").ACTS[sys.argv[1]]
    json.dump(act(*sys.argv[2:]), sys.stdout, ensure_ascii=False, default=str)
