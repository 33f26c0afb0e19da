"""值班: who is on duty now and how to call them, one's own shifts, swapping them, handing over."""
