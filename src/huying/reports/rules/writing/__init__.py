"""A report from its facts: what is said, section by section. Nothing is claimed that the numbers do not carry."""

from huying.reports.rules.writing.whole import key_numbers, title_of, written

__all__ = ["key_numbers", "title_of", "written"]
