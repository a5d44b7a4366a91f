"""What elements stand for: markup that only looks like a heading, a list, a word or a program becomes one."""
