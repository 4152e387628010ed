"""What the fork server imports first, and nobody else: among imports there is no garbage, which takes a tenth of them.

Each process it forks looks for garbage again (``crew``).
"""

import gc

gc.disable()
