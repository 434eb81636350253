from taar.lib.models.sweep_run import SweepRun

__all__ = ["SweepRun"]
