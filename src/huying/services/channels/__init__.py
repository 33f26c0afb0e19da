"""Long work of this package."""
