"""志愿召集和共建单位: pages of the desks, and those of the people who help."""
