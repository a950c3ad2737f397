#define _GNU_SOURCE
#include "connection.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

// Taken from the system when a connection first reads or writes, so that idle ones cost little.
enum { BUFFER_SIZE = 256 << 10 };

static SSL_CTX *tls_context;
static bool tls_is_server;

uint64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

void fail(const char *what) {
    perror(what);
    ERR_print_errors_fp(stderr);
    exit(1);
}

// ---- buffers

static void make_room(struct buffer *b, size_t size) {
    if (b->begin == b->end) b->begin = b->end = 0;
    if (b->end + size <= b->capacity) return;
    memmove(b->bytes, b->bytes + b->begin, b->end - b->begin);
    b->end -= b->begin;
    b->begin = 0;
    if (b->end + size <= b->capacity) return;
    size_t capacity = b->capacity ? b->capacity : BUFFER_SIZE;
    while (b->end + size > capacity) capacity *= 2;
    b->bytes = realloc(b->bytes, capacity);
    if (!b->bytes) fail("memory");
    b->capacity = capacity;
}

// ---- TLS

void tls_configure(const char *folder, bool is_server) {
    if (!folder) return;
    char certificate[4096], key[4096], authority[4096];
    const char *side = is_server ? "server" : "client";
    snprintf(certificate, sizeof certificate, "%s/%s.pem", folder, side);
    snprintf(key, sizeof key, "%s/%s.key", folder, side);
    snprintf(authority, sizeof authority, "%s/ca.pem", folder);
    tls_is_server = is_server;
    tls_context = SSL_CTX_new(is_server ? TLS_server_method() : TLS_client_method());
    SSL_CTX_set_min_proto_version(tls_context, TLS1_3_VERSION);
    SSL_CTX_set_mode(tls_context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_verify(tls_context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
    if (SSL_CTX_use_certificate_chain_file(tls_context, certificate) != 1 ||
        SSL_CTX_use_PrivateKey_file(tls_context, key, SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_load_verify_locations(tls_context, authority, NULL) != 1)
        fail("certificates");
}

// The handshake may block: it is not what is measured.
static SSL *tls_open(int fd) {
    if (!tls_context) return NULL;
    SSL *tls = SSL_new(tls_context);
    SSL_set_fd(tls, fd);
    if ((tls_is_server ? SSL_accept(tls) : SSL_connect(tls)) != 1) fail("handshake");
    return tls;
}

// ---- connections

static struct sockaddr_in loopback(int port) {
    return (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

int listen_on(int port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_in address = loopback(port);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 256)) fail("listen");
    return fd;
}

static struct connection *connection_open(int fd) {
    struct connection *c = calloc(1, sizeof *c);
    if (fd < 0 || !c) fail("connection");
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    c->fd = fd;
    c->next_stream = 1;
    c->tls = tls_open(fd);
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    return c;
}

struct connection *connection_accept(int listener) { return connection_open(accept(listener, NULL, NULL)); }

struct connection *connection_dial(int port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = loopback(port);
    if (connect(fd, (struct sockaddr *)&address, sizeof address)) fail("connect");
    return connection_open(fd);
}

void connection_free(struct connection *c) {
    if (c->tls) SSL_free(c->tls);
    close(c->fd);
    free(c->in.bytes);
    free(c->out.bytes);
    free(c->sent_ns);
    free(c);
}

// ---- reading and writing

enum progress connection_read(struct connection *c) {
    struct buffer *in = &c->in;
    make_room(in, BUFFER_SIZE / 2);
    if (!c->tls) {
        ssize_t n = recv(c->fd, in->bytes + in->end, in->capacity - in->end, 0);
        if (n > 0) in->end += (size_t)n;
        return n > 0 ? DONE : n < 0 && errno == EAGAIN ? BLOCKED : CLOSED;
    }
    enum progress progress = BLOCKED;
    while (in->end < in->capacity) {  // a record at a time, until there is none
        int n = SSL_read(c->tls, in->bytes + in->end, (int)(in->capacity - in->end));
        if (n <= 0) return progress == DONE || SSL_get_error(c->tls, n) == SSL_ERROR_WANT_READ ? progress : CLOSED;
        in->end += (size_t)n;
        progress = DONE;
    }
    return progress;
}

enum progress connection_write(struct connection *c) {
    struct buffer *out = &c->out;
    while (out->begin < out->end) {
        size_t left = out->end - out->begin;
        ssize_t n;
        if (c->tls) {
            n = SSL_write(c->tls, out->bytes + out->begin, (int)left);
            if (n <= 0) return SSL_get_error(c->tls, (int)n) == SSL_ERROR_WANT_WRITE ? BLOCKED : CLOSED;
        } else {
            n = send(c->fd, out->bytes + out->begin, left, MSG_NOSIGNAL);
            if (n < 0) return errno == EAGAIN ? BLOCKED : CLOSED;
        }
        out->begin += (size_t)n;
    }
    out->begin = out->end = 0;
    return DONE;
}

// ---- frames

static uint32_t word_at(const uint8_t *bytes) {
    uint32_t word;
    memcpy(&word, bytes, sizeof word);
    return ntohl(word);
}

static void put_word(uint8_t *bytes, uint32_t value) {
    uint32_t word = htonl(value);
    memcpy(bytes, &word, sizeof word);
}

bool next_frame(struct connection *c, struct frame *frame) {
    struct buffer *in = &c->in;
    if (in->end - in->begin < FRAME_HEADER_SIZE) return false;
    const uint8_t *header = in->bytes + in->begin;
    uint32_t length = word_at(header);
    if (in->end - in->begin < FRAME_HEADER_SIZE + (size_t)length) return false;
    *frame = (struct frame){.length = length, .stream = word_at(header + 4), .type = header[8], .flags = header[9],
                            .data = header + FRAME_HEADER_SIZE};
    in->begin += FRAME_HEADER_SIZE + length;
    return true;
}

uint8_t *begin_frame(struct connection *c, size_t data_max) {
    make_room(&c->out, FRAME_HEADER_SIZE + data_max);
    return c->out.bytes + c->out.end + FRAME_HEADER_SIZE;
}

void end_frame(struct connection *c, size_t length, uint32_t stream, uint8_t type, uint8_t flags) {
    uint8_t *header = c->out.bytes + c->out.end;
    put_word(header, (uint32_t)length);
    put_word(header + 4, stream);
    header[8] = type;
    header[9] = flags;
    c->out.end += FRAME_HEADER_SIZE + length;
}
