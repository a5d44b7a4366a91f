"""Deal with the machine: files that change whole, cores, memory, threads, text for a terminal."""
