"""`python -m generator` is the `rongguang` command."""

import sys

from generator.cli import main

sys.exit(main())
