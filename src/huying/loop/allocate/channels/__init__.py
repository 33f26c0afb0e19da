"""Others that are asked about a case; none is needed."""
