"""Cases on maps: points, the outlines under them, and a small one drawn without scripts."""
