"""The migrations tell all that the models say."""

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation


def test_no_model_waits_for_a_migration() -> None:
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("huying.")}
    # Migrations are written without a language: names from the framework would differ.
    with translation.override(None):
        loader = MigrationLoader(None)
        told, said = loader.project_state(), ProjectState.from_apps(apps)
        changes = MigrationAutodetector(told, said).changes(loader.graph, trim_to_apps=ours)
    assert {app: [one.operations for one in waiting] for app, waiting in changes.items() if app in ours} == {}
