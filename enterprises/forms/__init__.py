"""Forms of the register. What looks wrong and may be right is a doubt (common.doubts), not an error."""
