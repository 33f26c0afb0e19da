"""Devices (R106): what sensors tell, and the rules that decide when a person has to look."""
