"""``python -m jieqing_verify``."""

import sys

from jieqing_verify.cli import main

sys.exit(main())
