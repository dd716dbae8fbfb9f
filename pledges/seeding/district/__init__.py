"""A synthetic district for benchmarks: the same size and seed always make the same figures.

What real entry keeps is kept here too: money is split by ``subsidies.splits``, only firms designated on
the day are paid, no award and no budget is exceeded, weights make 100, and every row has its history.
Names carry (예시). Pledges that are already there keep their figures: programmes and markets are new, and
where the register has an opening nothing begins or ends after it.
"""

from .generate import AlreadyThere, generate
from .size import Size

__all__ = ["AlreadyThere", "Size", "generate"]
