"""What each command does, a module for those that belong together; what they take is in the modules above."""
