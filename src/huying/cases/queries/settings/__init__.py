"""What a district has set for its clocks."""
