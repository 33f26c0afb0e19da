"""The month's plan: who goes to whom, on which day, so that no frequency is broken and nobody carries too much."""
