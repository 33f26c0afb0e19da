"""What reaches people: in their pages, by e-mail, message and WeChat; and one-time codes."""
