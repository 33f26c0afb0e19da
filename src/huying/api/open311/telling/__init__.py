"""What is told to who asks: endpoints, services, requests, what was done, the description of it all."""
