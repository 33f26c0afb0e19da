"""走访: who is looked in on how often, by whom, on which day, in which order; what was found and missed."""
