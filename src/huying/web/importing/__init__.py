"""批量导入 in the browser: a file, its columns, a dry run, the import."""
