"""Rules of early warning: plain Python over arrays of what came in."""
