"""My orders (我的工单): what my unit has to do, how long there is, and one screen to report it."""
