"""The app: routes, errors, limits and documentation put together, of models built when they are used.

Most models belong to routes that a function's start will not see, and FastAPI's own only to its document.
"""

import os
import warnings

# Looking for plugins reads the metadata of everything that is installed.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from pydantic import BaseModel
from pydantic.warnings import UnsupportedFieldAttributeWarning

BaseModel.model_config["defer_build"] = True
# Of FastAPI's own making; it keeps it silent only while it makes a route.
warnings.filterwarnings("ignore", category=UnsupportedFieldAttributeWarning)
