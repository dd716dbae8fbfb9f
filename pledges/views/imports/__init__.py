"""Pages of imports: upload → preview → confirm → result, undo; the list of all imports."""
