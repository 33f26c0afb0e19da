"""What people can do: the district's skills of emergencies, and those of everyday help."""

from collections.abc import Mapping

from huying.emergency.queries import skills_of
from huying.volunteers.rules.starter import everyday_skills


def skills(district: int) -> Mapping[str, str]:
    """Code to name; what everybody can do first; the district adds its own where skills of emergencies are edited."""
    return {**everyday_skills(), **skills_of(district)}


def emergency_skills(district: int) -> Mapping[str, str]:
    """Those that emergencies ask for."""
    return skills_of(district)
