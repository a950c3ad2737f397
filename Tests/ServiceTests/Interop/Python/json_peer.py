"""Answers for another implementation of protobuf's JSON mapping: Python's json_format.

Usage: json_peer.py DESCRIPTOR_SET
One JSON object a line on standard input, one on standard output:
  {"message": full name, "json": text}     -> {"binary": base64, "json": text}
  {"message": full name, "binary": base64} -> {"binary": base64, "json": text}
or {"error": text} when Python refuses it. "binary" is canonical: fields in order, maps sorted, lists packed.
"""

import base64
import json
import sys

from google.protobuf import (
    any_pb2,
    descriptor_pb2,
    descriptor_pool,
    duration_pb2,
    empty_pb2,
    field_mask_pb2,
    json_format,
    message_factory,
    struct_pb2,
    timestamp_pb2,
    wrappers_pb2,
)
from google.protobuf.descriptor import FieldDescriptor

KNOWN_FILES = {
    module.DESCRIPTOR.name
    for module in (
        any_pb2, duration_pb2, empty_pb2, field_mask_pb2, struct_pb2, timestamp_pb2, wrappers_pb2
    )
}


def load(path):
    """Adds the files of a descriptor set to the pool that holds the well-known types already."""
    pool = descriptor_pool.Default()
    with open(path, "rb") as file:
        files = descriptor_pb2.FileDescriptorSet.FromString(file.read())
    for file in files.file:
        if file.name not in KNOWN_FILES:
            pool.AddSerializedFile(file.SerializeToString())
    return pool


def message_class(pool, name):
    return message_factory.MessageFactory(pool).GetPrototype(pool.FindMessageTypeByName(name))


def is_map(field):
    return field.message_type is not None and field.message_type.GetOptions().map_entry


def settle(pool, message):
    """Encodes anew what each Any holds, so that equal messages have equal bytes."""
    if message.DESCRIPTOR.full_name == "google.protobuf.Any":
        if message.type_url:
            held = message_class(pool, message.type_url.split("/")[-1]).FromString(message.value)
            settle(pool, held)
            message.value = held.SerializeToString(deterministic=True)
        return
    for field, value in message.ListFields():
        if field.type != FieldDescriptor.TYPE_MESSAGE:
            continue
        if is_map(field):
            if field.message_type.fields_by_name["value"].type == FieldDescriptor.TYPE_MESSAGE:
                for key in value:
                    settle(pool, value[key])
        elif field.label == FieldDescriptor.LABEL_REPEATED:
            for element in value:
                settle(pool, element)
        else:
            settle(pool, value)


def answer(pool, request):
    cls = message_class(pool, request["message"])
    if "json" in request:
        message = json_format.Parse(request["json"], cls(), descriptor_pool=pool)
    else:
        message = cls.FromString(base64.b64decode(request["binary"]))
    text = json_format.MessageToJson(message, descriptor_pool=pool, indent=None)
    settle(pool, message)
    binary = base64.b64encode(message.SerializeToString(deterministic=True)).decode("ascii")
    return {"binary": binary, "json": text}


def main():
    pool = load(sys.argv[1])
    for line in sys.stdin:
        try:
            reply = answer(pool, json.loads(line))
        except Exception as error:  # whatever Python thinks of the message is an answer
            reply = {"error": "%s: %s" % (type(error).__name__, error)}
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()
