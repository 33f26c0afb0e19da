"""对话: the address that vendors call, and the desk of those who answer by hand."""
