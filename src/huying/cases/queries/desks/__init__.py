"""What the desks list beyond the queue: a caller's past, what waits for a decision, what a district set."""
