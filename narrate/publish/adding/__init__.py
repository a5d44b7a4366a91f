"""What a browser shows of the inbox: the form, what is in work, pages for what is handed over, and the web app."""
