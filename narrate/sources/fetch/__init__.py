"""Fetch from the web with care: checked addresses, limits, robots.txt, one request at a time at a host."""
