"""Entries of facilities: made, corrected, ended; their photos, exceptions and kinds; reports that they are wrong."""
