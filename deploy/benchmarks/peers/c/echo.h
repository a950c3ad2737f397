// bench.Echo over ttrpc frames: envelope and message packed and unpacked by protobuf-c, as the product does it.
#pragma once
#include "connection.h"

enum { REQUEST_DATA_MAX = 512 };

extern const int64_t first_id;

// Client: a request on the connection's next stream; the message's id is first_id plus the stream's number.
void put_echo_request(struct connection *c);
void put_stream_request(struct connection *c, int64_t count);
// Ends the process when the answer is not what was asked for.
void check_echo_response(const struct frame *frame);
void check_stream_message(const struct frame *frame, int64_t index);

// Server: answers a unary call, or begins a stream.
void answer(struct connection *c, const struct frame *frame);
// Server: the next message of the stream, and the end behind the last.
void put_stream_message(struct connection *c);
