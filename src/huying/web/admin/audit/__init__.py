"""审计记录: who saw whose data, who changed what, who signed in; and whether the work behind the pages keeps up."""
