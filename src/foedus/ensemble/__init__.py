"""Program to futures: priors, designs, random streams, scenarios, chunks, threads."""

from foedus.ensemble.execute import Settings, inputs_of, run_ensemble, with_settings
from foedus.ensemble.futures import Futures
from foedus.ensemble.sampling import Joint, Sampler

__all__ = ["Futures", "Joint", "Sampler", "Settings", "inputs_of", "run_ensemble", "with_settings"]
