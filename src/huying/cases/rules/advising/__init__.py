"""What a careful colleague would say of a reply before it is sent (R307): advice, never a barrier."""
