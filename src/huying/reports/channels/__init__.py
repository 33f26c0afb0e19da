"""Reports as files: Word, PDF, Excel. Whatever a report says stays text in all of them."""

from huying.reports.channels.files import file_name, file_of

__all__ = ["file_name", "file_of"]
