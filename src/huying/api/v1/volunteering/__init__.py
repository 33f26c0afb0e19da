"""志愿者、召集、共建单位和三张清单."""

from huying.api.v1.volunteering import joint_projects, listings, musters, units, volunteers

MODULES = (volunteers, musters, units, listings, joint_projects)
