"""Drafts reviewed by ear: opened, changed, heard and spoken; narrate.publish.review shows them."""
