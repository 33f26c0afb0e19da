"""Backup and restore: what an archive contains, and the programs that read and write it."""
