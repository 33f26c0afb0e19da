"""政策实验: scenarios asked for, and what came of them side by side."""
