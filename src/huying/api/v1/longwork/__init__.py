"""后台任务: long work that a key asked for and alone sees: exports of lists, imports of orders."""
