"""The only writers of recurrences and projects."""

from huying.prevent.recurring.actions.finding import find
from huying.prevent.recurring.actions.joining import join
from huying.prevent.recurring.actions.projects import (
    NewProject,
    begin_project,
    edit_project,
    finish_project,
)

__all__ = ["NewProject", "begin_project", "edit_project", "find", "finish_project", "join"]
