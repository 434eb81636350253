from taar.lib.models.house_number import HouseNumber
from taar.lib.models.sweep_run import SweepRun

__all__ = ["HouseNumber", "SweepRun"]
