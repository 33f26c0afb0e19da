"""Version 1 of the programming interface, under ``/api/v1``."""
