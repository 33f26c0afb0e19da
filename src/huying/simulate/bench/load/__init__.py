"""What is asked of the platform while it is measured, and the floor beside it."""
