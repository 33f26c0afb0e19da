"""Water: which class it has (GB 3838-2002), and when a sensor's series is no longer to be believed."""
