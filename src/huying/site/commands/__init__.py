"""The commands of ``huying``, one small file each; the table is in ``site.cli``."""
