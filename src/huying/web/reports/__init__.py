"""报告 and 体检: what the day, the week and the month came to, and how each street stands."""
