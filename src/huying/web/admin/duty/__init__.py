"""排班: where duty is kept, its turns and rotations, the roster as a sheet, and a file to bring it in."""
