#!/usr/bin/env python3
"""The one entry: `manage.py up` shows the portal, `manage.py test` tests it; other words are Django's."""

import sys

from taar.bootstrap import main

if __name__ == "__main__":
    sys.exit(main(sys.argv))
