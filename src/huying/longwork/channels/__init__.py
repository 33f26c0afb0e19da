"""Kinds of long work that pages and the interface ask for alike."""
