"""系统对接: other systems, their letters that need a person, and days compared with them."""
