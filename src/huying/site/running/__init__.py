"""The running platform: its processes, and whether they are well."""
