"""Sensors and what they say (R106): their protocols, and what is made of their readings."""
