// One non-blocking TCP connection with a buffer each way, plain or over TLS 1.3 with certificates on both sides.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FRAME_HEADER_SIZE = 10, REQUEST = 1, RESPONSE = 2, DATA = 3 };
enum { REMOTE_CLOSED = 1, REMOTE_OPEN = 2, NO_DATA = 4 };

struct buffer {
    uint8_t *bytes;
    size_t begin, end, capacity;
};

struct connection {
    int fd;
    void *tls;
    struct buffer in, out;
    uint32_t next_stream;
    bool waits_to_write;
    // Client: when the request on a stream was sent, by the stream's low bits.
    uint64_t *sent_ns;
    // Server: what is left of a stream that is being sent.
    int64_t stream_left, stream_next_id;
    uint32_t stream;
};

struct frame {
    uint32_t length, stream;
    uint8_t type, flags;
    const uint8_t *data;
};

enum progress { CLOSED = -1, BLOCKED = 0, DONE = 1 };

uint64_t now_ns(void);
_Noreturn void fail(const char *what);

// Reads certificates from the folder (ca.pem, server.pem, server.key, client.pem, client.key); none without one.
void tls_configure(const char *folder, bool is_server);

int listen_on(int port);
struct connection *connection_accept(int listener);
struct connection *connection_dial(int port);
void connection_free(struct connection *c);

// Reads all that is there. BLOCKED when there was nothing.
enum progress connection_read(struct connection *c);
// Writes all that is collected. BLOCKED when the peer takes no more for now.
enum progress connection_write(struct connection *c);

// The next whole frame in the input, whose data stay valid until the next read.
bool next_frame(struct connection *c, struct frame *frame);

// Room for a frame's data, behind a header that end_frame fills in.
uint8_t *begin_frame(struct connection *c, size_t data_max);
void end_frame(struct connection *c, size_t length, uint32_t stream, uint8_t type, uint8_t flags);
