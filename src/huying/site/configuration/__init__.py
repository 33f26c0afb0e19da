"""What an operator may choose: the table of settings, how the environment is read, where tiles may come from."""
