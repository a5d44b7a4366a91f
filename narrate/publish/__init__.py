"""Publish a folder of episodes: a feed that podcast apps take, pages to listen and read along, a server."""
