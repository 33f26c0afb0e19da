"""视频报警: the list with coarse pictures, one alarm, and what follows from each kind."""
