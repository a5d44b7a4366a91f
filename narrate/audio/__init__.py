"""Handle sound: decode, encode, join clips on a timeline, master, lay music under, stream, play."""
