"""The only readers of visits."""

from huying.visits.queries.checklists import ChecklistInfo, checklists_for
from huying.visits.queries.lists import (
    Sought,
    VisitLine,
    counted_for,
    missed_for,
    visits_for,
    visits_of_person,
)
from huying.visits.queries.ones import (
    ArrangementInfo,
    ChangeInfo,
    RecordInfo,
    VisitWhole,
    arrangement_of,
    changes_of,
    records_of,
    visit_for,
)
from huying.visits.queries.planned import (
    AbsenceInfo,
    PlanInfo,
    WorkerMonth,
    absences_for,
    month_of,
    plan_for,
    workers_for,
    workload_for,
)
from huying.visits.queries.standards import StandardInfo, standards_for, versions_for

__all__ = [
    "AbsenceInfo",
    "ArrangementInfo",
    "ChangeInfo",
    "ChecklistInfo",
    "PlanInfo",
    "RecordInfo",
    "Sought",
    "StandardInfo",
    "VisitLine",
    "VisitWhole",
    "WorkerMonth",
    "absences_for",
    "arrangement_of",
    "changes_of",
    "checklists_for",
    "counted_for",
    "missed_for",
    "month_of",
    "plan_for",
    "records_of",
    "standards_for",
    "versions_for",
    "visit_for",
    "visits_for",
    "visits_of_person",
    "workers_for",
    "workload_for",
]
