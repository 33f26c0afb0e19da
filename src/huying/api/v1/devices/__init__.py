"""设备: what stands in the register, what it says, what is watched for, and what came of it."""

from huying.api.v1.devices import case_rules, crediting, pushing, register, said, watching, water

MODULES = (pushing, register, crediting, said, watching, case_rules, water)
