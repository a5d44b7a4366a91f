"""Front matter: the particulars that stand before an article that is Markdown."""
