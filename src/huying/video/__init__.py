"""视频报警: what cameras tell, as appeals and emergencies; their pictures, shown coarse until somebody says why."""
