"""What runs beside the turns: asking systems, taking letters in, handing letters over."""
