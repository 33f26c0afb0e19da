"""What goes on beside: thinking about what waits, sending, fetching pictures, telling staff, forgetting."""
