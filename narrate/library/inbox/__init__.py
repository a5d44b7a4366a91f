"""The inbox of a library: what is to become an episode, kept in the folder until it is one."""
