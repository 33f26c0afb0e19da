"""What the signals of devices mean; plain Python."""
