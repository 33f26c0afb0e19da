"""坐席登记: one call from the first ring to the receipt read aloud, without touching a mouse."""
