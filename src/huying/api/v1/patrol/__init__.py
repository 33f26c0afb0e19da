"""巡查: who was on duty in the street, what they found and were sent to look at, where nobody walked."""

from huying.api.v1.patrol import looking, planned, walked

MODULES = (walked, looking, planned)
