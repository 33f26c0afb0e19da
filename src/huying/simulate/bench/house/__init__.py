"""The platform and the databases that are measured."""
