"""Markets, their events, the days they are held, and who took part."""

from .market import Market, MarketDay, MarketEvent, Mode, OnlineChannel, Participation, State

__all__ = ["Market", "MarketDay", "MarketEvent", "Mode", "OnlineChannel", "Participation", "State"]
