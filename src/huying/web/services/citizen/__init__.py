"""身边: what is near, whether it is open, how to get there, what can be asked for; for everybody."""
