"""Dates as the office writes them (DOMAIN §8), where Django prints them by itself: in the admin."""

DATE_FORMAT = SHORT_DATE_FORMAT = "Y. n. j."
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "Y. n. j. H:i"
TIME_FORMAT = "H:i"
