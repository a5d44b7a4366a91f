"""Find articles and read them: fetch addresses, read any form, gather from folders, lists and feeds."""
