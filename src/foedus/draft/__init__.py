"""From reports to a case that runs: which mechanisms they speak of, which claim fills which slot, what to ask, and the folder."""
