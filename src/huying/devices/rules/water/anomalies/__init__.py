"""When a sensor's series is no longer to be believed, told as it comes in, each verdict with its reason.

What is usual is learned from each series' own past, on a scale without units: one setting serves every factor and site.
"""
