"""The inbox in a browser: the form, the list of entries, pages for what is handed over, and the web app."""
