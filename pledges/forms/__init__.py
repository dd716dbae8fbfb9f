"""Forms of the pledges' editing pages, one subject a module."""
