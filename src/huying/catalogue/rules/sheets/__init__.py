"""The list as a spreadsheet, out and in."""

from huying.catalogue.rules.sheets.reading import Fault, read_workbook
from huying.catalogue.rules.sheets.writing import workbook

__all__ = ["Fault", "read_workbook", "workbook"]
