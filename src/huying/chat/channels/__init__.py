"""Vendors' interfaces, each behind the one protocol of ``adapter``."""
