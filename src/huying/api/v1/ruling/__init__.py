"""时限与规则: what a district sets for itself: limits, hours, the calendar, follow-up plans, formulas, assessment."""
