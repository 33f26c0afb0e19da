"""监管: what is late, where and whose; disputes, applications for time and checks, each beside its case."""
