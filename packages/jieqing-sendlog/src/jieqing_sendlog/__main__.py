"""``python -m jieqing_sendlog``."""

import sys

from jieqing_sendlog.cli import main

sys.exit(main())
