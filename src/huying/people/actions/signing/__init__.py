"""Signing in: passwords and second factors, guesses that are slowed down, and the ways back in."""
