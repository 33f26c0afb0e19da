"""巡查管理: who is on duty in the street, what came of it, and where for long nobody walked."""
