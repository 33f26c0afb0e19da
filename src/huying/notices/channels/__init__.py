"""What carries messages out of the house, and the one-time codes that go by them."""
