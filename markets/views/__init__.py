"""Pages of the markets. Reading is open to every role, writing to those who keep the registers."""
