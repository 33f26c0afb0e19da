"""The case page and the steps taken from it; every desk shows its cases with these."""
