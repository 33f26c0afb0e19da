"""``huying exchange``: other systems seen and mended from the command line."""
