"""Random numbers for one part, so that it does not depend on the others."""

from __future__ import annotations

from zlib import crc32

import numpy as np

from sna.study import Study


def rng_of(study: Study, *keys: object) -> np.random.Generator:
    """A generator of its own for these keys."""
    return np.random.default_rng([study.seed, *(crc32(str(key).encode()) for key in keys)])
