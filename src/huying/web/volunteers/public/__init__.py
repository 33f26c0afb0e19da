"""What volunteers open on their phones: registering, calls near them, checking in, their hours."""
