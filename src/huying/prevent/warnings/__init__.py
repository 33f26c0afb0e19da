"""Early warning (R603): unusual rises by item, area and time, at a rate of false warnings that the district sets."""
