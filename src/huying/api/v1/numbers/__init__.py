"""Figures, rankings, exemptions, periods, reports."""
