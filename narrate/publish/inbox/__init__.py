"""The inbox on the web: what may be asked, by whom, and in which form."""
