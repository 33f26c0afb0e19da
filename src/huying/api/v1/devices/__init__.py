"""设备: what stands in the register, what it says, what is watched for, and what came of it."""

from huying.api.v1.devices import pushing, register, said, silence, watching

MODULES = (pushing, register, said, watching, silence)
