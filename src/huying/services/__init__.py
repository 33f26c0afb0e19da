"""Services near home: what stands where, how far on foot, what can be asked for, where something is missing."""
