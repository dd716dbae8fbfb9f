"""Reading a whole pledge card back from its text: blocks, then what they say, then checks, then rows.

``parse.read_card`` is pure; ``importing.import_card`` stores what it read, all or nothing.
"""
