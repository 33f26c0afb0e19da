"""The rule tried on recorded days: falls that nobody had, and alarms for nothing."""
