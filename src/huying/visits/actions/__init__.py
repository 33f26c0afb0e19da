"""The only writers of visits: what is asked, planned, done, missed."""

from huying.visits.actions.agreeing import add_visit, arrange, note_change
from huying.visits.actions.away import Moved, be_away, come_back
from huying.visits.actions.climbing import climb
from huying.visits.actions.planning import Made, make_plan
from huying.visits.actions.recording import NewNeed, NewRecord, Recorded, record
from huying.visits.actions.seeing import see_missed, see_person, see_visits, see_whole_person
from huying.visits.actions.setting import put_checklist, put_standard
from huying.visits.actions.tending import tend

__all__ = [
    "Made",
    "Moved",
    "NewNeed",
    "NewRecord",
    "Recorded",
    "add_visit",
    "arrange",
    "be_away",
    "climb",
    "come_back",
    "make_plan",
    "note_change",
    "put_checklist",
    "put_standard",
    "record",
    "see_missed",
    "see_person",
    "see_visits",
    "see_whole_person",
    "tend",
]
