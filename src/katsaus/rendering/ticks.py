"""The round numbers that stand on the axis of a chart."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import count


def ticks(low: Decimal, high: Decimal) -> Iterator[Decimal]:
    """Iterate over four to seven round amounts that the values lie between."""
    size = high - low
    for power in count(-2):
        for digit in (1, 2, 5):
            step = Decimal(digit).scaleb(power)
            if size / step <= 5:
                first, last = (low / step).__floor__(), (high / step).__ceil__()
                yield from (step * each for each in range(first, last + 1))
                return
