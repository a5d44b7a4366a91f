"""Make speech: cut a script into chunks, have engines speak them, check clips, keep them, share work."""
