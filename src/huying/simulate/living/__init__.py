"""Living through days of the district through the public interface, as its residents and staff would (R905)."""

from huying.simulate.living.keyring import Keyring, every_post, issue, read_keys, write_keys
from huying.simulate.living.office import Deeds, Office
from huying.simulate.living.run import Outline, live
from huying.simulate.living.script import Script, script

__all__ = [
    "Deeds", "Keyring", "Office", "Outline", "Script", "every_post", "issue", "live", "read_keys", "script",
    "write_keys",
]  # fmt: skip
