"""Lists of calls to the spot and of promises."""
