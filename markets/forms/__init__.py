"""Forms of the market pages: event, its days, who took part, online channels."""

from .days import DayForm, DaysForm, ListedDay
from .events import ChannelForm, EventFilters, EventForm, LogForm
from .participations import ParticipationForm, VendorForm, VendorsForm

__all__ = [
    "ChannelForm",
    "DayForm",
    "DaysForm",
    "EventFilters",
    "EventForm",
    "ListedDay",
    "LogForm",
    "ParticipationForm",
    "VendorForm",
    "VendorsForm",
]
