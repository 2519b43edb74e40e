"""The past: calibration, rolling forecasts, and the scores of both."""
