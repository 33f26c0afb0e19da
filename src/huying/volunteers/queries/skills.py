"""What people can do: the district's skills of emergencies, and those of everyday help."""

from collections.abc import Mapping

from huying.emergency.queries import skills_of
from huying.volunteers.rules.starter import everyday_skills


def skills(district: int) -> Mapping[str, str]:
    """Code to name; skills of emergencies first, for where they are edited the district adds its own."""
    return skills_of(district) | everyday_skills()


def emergency_skills(district: int) -> Mapping[str, str]:
    """Those that emergencies ask for."""
    return skills_of(district)
