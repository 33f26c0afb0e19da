"""人员与岗位: who may sign in, and in which posts, where, for which unit, from when to when."""
