"""The past: calibration, rolling forecasts, and the scores of both."""

from foedus.history.calibration import calibrate
from foedus.history.posterior import Posterior, Predictive

__all__ = ["Posterior", "Predictive", "calibrate"]
