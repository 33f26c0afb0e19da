"""REST: we ask and tell another system over HTTP, or it asks and tells us; both sign."""
