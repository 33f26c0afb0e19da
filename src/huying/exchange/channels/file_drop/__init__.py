"""文件交换: letters as files (CSV, Excel, XML) in a folder or on an SFTP server."""
