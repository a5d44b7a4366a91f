"""Settles the markup of a page: what only looks like a heading, a list, a word or a program becomes one."""
