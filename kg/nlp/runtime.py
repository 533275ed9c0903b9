"""ONNX Runtime, imported so that it reports nothing.

Versions from 1.32 on keep a device number in the home folder and send events about their use, unless
an environment variable says no before they are imported (`onnxruntime.disable_telemetry_events` comes
too late). Everything of `kg` takes the runtime from here.
"""

from __future__ import annotations

import os

for _name in ("ORT_DISABLE_TELEMETRY", "ORT_TELEMETRY_DISABLED"):
    os.environ[_name] = "1"

import onnxruntime  # noqa: E402

onnxruntime.disable_telemetry_events()

__all__ = ["onnxruntime"]
