"""From past dispatches to the body for the next case."""
