"""What letters mean, how they are signed, when they are tried again: plain rules, no database."""
