"""The table itself. Everything that can happen to a case is a row here; nothing else moves a case."""

from typing import Final

from huying.cases.lifecycle.steps import Step
from huying.cases.lifecycle.table.allocation import ALLOCATION
from huying.cases.lifecycle.table.calling import CALLING
from huying.cases.lifecycle.table.discipline import DISCIPLINE
from huying.cases.lifecycle.table.erasing import ERASING
from huying.cases.lifecycle.table.evaluation import EVALUATION
from huying.cases.lifecycle.table.handling import HANDLING
from huying.cases.lifecycle.table.intake import INTAKE
from huying.cases.lifecycle.table.promising import PROMISING
from huying.cases.lifecycle.table.supervision import SUPERVISION

TABLE: Final[tuple[Step, ...]] = (
    INTAKE + ALLOCATION + HANDLING + CALLING + PROMISING + DISCIPLINE + SUPERVISION + EVALUATION + ERASING
)
