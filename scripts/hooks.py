"""MkDocs calls this before each build, so that no generated page is stale."""

import os
import sys
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from mkdocs.exceptions import PluginError

sys.path.insert(0, str(Path(__file__).parent))

from build_pages import build  # noqa: E402
from yaml_lines import DataError  # noqa: E402


def on_pre_build(config):
    try:
        build(Path(os.path.relpath(Path(config.config_file_path).parent)), site=config.site_url)
    except DataError as error:
        raise PluginError(str(error)) from None


def on_env(env, **_):
    """Keep the theme's compiled templates between builds: they are a quarter of one."""
    env.bytecode_cache = FileSystemBytecodeCache()
    return env
