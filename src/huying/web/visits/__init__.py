"""走访: today and who is next, the form at the door, what was missed, the month's plan, standards, checklists."""
