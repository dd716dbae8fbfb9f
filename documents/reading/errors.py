class Unreadable(Exception):
    """A file that is not read, with the reason and the remedy in Korean."""
