"""Reads an Organum bundle with nothing but json and struct: proof that the format is open."""
import json
import struct
import sys

formats = {"F32": "f", "F16": "e", "I64": "q"}

with open(sys.argv[1], "rb") as stream:
    header = json.loads(stream.read(struct.unpack("<Q", stream.read(8))[0]))
    data = stream.read()

metadata = header.pop("__metadata__")
texts = {key: json.loads(metadata[key]) for key in ("config", "vocabulary", "provenance")}
print(metadata["format"], metadata["format_version"], metadata["kind"], metadata["name"])
print("vocabulary", len(texts["vocabulary"]["pitches"]), len(texts["vocabulary"]["durations"]))
for name, entry in sorted(header.items()):
    begin, end = entry["data_offsets"]
    code = formats[entry["dtype"]]
    values = struct.unpack(f"<{(end - begin) // struct.calcsize(code)}{code}", data[begin:end])
    print(name, entry["shape"], f"{sum(values):.6g}")
