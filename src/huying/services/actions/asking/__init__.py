"""点单: what a centre offers, what residents ask for, how it is arranged, done and reviewed."""
