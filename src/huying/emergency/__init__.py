"""Emergencies (R306): one alarm alerts the nearest people in rings until enough accept, and is kept to the second."""
