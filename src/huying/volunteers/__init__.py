"""志愿者、召集和共建单位: who said they would help, who calls them, and what units bring, need and promise."""
