"""Write the graph that reads the encoder's attention: ``python training/attention.py FOLDER``.

FOLDER has ``encoder.onnx``; ``attention.onnx`` comes beside it. It has no weights. It is put behind
the bytes of the encoder when that is loaded: protobuf messages one after another are one message,
with the lists of both. So the encoder's file, and all that was learned from its states, stays.
"""

from __future__ import annotations

import sys
from pathlib import Path

import onnx
from onnx import TensorProto, helper


def build(encoder: onnx.ModelProto) -> onnx.ModelProto:
    """Two rows a head, by layer: how much of the attention of each piece ``asking`` goes to the last
    piece of each word, then how much of that one's attention comes back."""
    nodes = []

    def op(kind: str, *inputs: str, out: str = "", **attributes: object) -> str:
        name = out or f"attention.{len(nodes)}"
        nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    goes, comes = [], []
    for power in (n.output[0] for n in encoder.graph.node if n.op_type == "Exp"):
        total = next(
            n.output[0]
            for n in encoder.graph.node
            if n.op_type == "ReduceSum" and n.input[0] == power
        )
        row = op("Gather", op("Gather", power, "asking", axis=1), "last", axis=2)
        goes.append(op("Div", row, op("Gather", total, "asking", axis=1)))
        row = op("Gather", op("Gather", power, "asking", axis=2), "last", axis=1)
        back = op("Div", row, op("Gather", total, "last", axis=1))
        comes.append(op("Transpose", back, perm=[0, 2, 1]))
    op("Concat", *goes, *comes, out="attention", axis=0)
    found = onnx.ModelProto()
    found.graph.node.extend(nodes)
    found.graph.input.append(helper.make_tensor_value_info("asking", TensorProto.INT64, ["p"]))
    found.graph.output.append(
        helper.make_tensor_value_info("attention", TensorProto.FLOAT, [None, "p", "w"])
    )
    return found


def main() -> None:
    """Read the encoder, write what reads its attention."""
    folder = Path(sys.argv[1])
    found = build(onnx.load(folder / "encoder.onnx"))
    (folder / "attention.onnx").write_bytes(found.SerializeToString())


if __name__ == "__main__":
    main()
