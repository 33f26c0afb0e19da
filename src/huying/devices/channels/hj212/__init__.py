"""HJ 212 over TCP: stations of water and air call us, and hear by the standard's replies that they were heard."""
