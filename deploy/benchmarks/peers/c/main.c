// The limit of the machine: a ttrpc server and load client, one epoll thread each, one read and one write for all
// frames that wait. `peer` below is any ttrpc server of bench.Echo on the loopback interface.
//
//   echo server PORT                                   prints "ready" once it listens
//   echo client PORT CONNECTIONS INFLIGHT SECONDS      loads the peer, prints one JSON line
//   echo stream PORT COUNT                             takes a stream of so many messages
//   echo idle PORT CONNECTIONS                         one call each, "open", and holds them until its input ends
//
// With TLS_DIR in the environment all of it is over TLS 1.3 with certificates on both sides.
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "echo.h"

enum { EVENT_MAX = 64 };

static void watch(int poller, int operation, int fd, void *owner, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = owner};
    if (epoll_ctl(poller, operation, fd, &event)) fail("epoll");
}

// ---- server

// Answers all that has arrived, and goes on with a stream as far as the peer takes it.
static enum progress serve(struct connection *c, bool is_readable) {
    if (is_readable) {
        if (connection_read(c) == CLOSED) return CLOSED;
        struct frame frame;
        while (next_frame(c, &frame)) answer(c, &frame);
    }
    for (;;) {
        while (c->stream_left > 0 && c->out.end - c->out.begin < 64 << 10) put_stream_message(c);
        enum progress progress = connection_write(c);
        if (progress != DONE || c->stream_left == 0) return progress;
    }
}

static _Noreturn void run_server(int port) {
    int listener = listen_on(port), poller = epoll_create1(EPOLL_CLOEXEC);
    watch(poller, EPOLL_CTL_ADD, listener, NULL, EPOLLIN);
    puts("ready");
    fflush(stdout);
    for (;;) {
        struct epoll_event events[EVENT_MAX];
        int count = epoll_wait(poller, events, EVENT_MAX, -1);
        for (int i = 0; i < count; i++) {
            struct connection *c = events[i].data.ptr;
            if (!c) {
                c = connection_accept(listener);
                watch(poller, EPOLL_CTL_ADD, c->fd, c, EPOLLIN);
                // The handshake may have taken in the first request already, of which epoll knows nothing.
                if (!c->tls) continue;
                events[i].events = EPOLLIN;
            }
            enum progress progress = serve(c, events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR));
            if (progress == CLOSED) {
                connection_free(c);
            } else if (c->waits_to_write != (progress == BLOCKED)) {
                c->waits_to_write = progress == BLOCKED;
                watch(poller, EPOLL_CTL_MOD, c->fd, c, EPOLLIN | (c->waits_to_write ? EPOLLOUT : 0));
            }
        }
    }
}

// ---- client

enum { SENT_MASK = (1 << 12) - 1, LATENCY_MAX = 1 << 25 };

struct load {
    uint64_t begin_ns, end_ns;  // of what is measured
    uint32_t *latency_ns;
    size_t latency_count;
    uint64_t measured, total, outstanding;
};

static void ask(struct load *load, struct connection *c, uint64_t now) {
    c->sent_ns[(c->next_stream >> 1) & SENT_MASK] = now;
    put_echo_request(c);
    load->outstanding++;
}

// Takes the answers that are there and asks anew for each.
static void take(struct load *load, struct connection *c) {
    if (connection_read(c) == CLOSED) fail("the server closed the connection");
    uint64_t now = now_ns();
    struct frame frame;
    while (next_frame(c, &frame)) {
        check_echo_response(&frame);
        uint64_t sent = c->sent_ns[(frame.stream >> 1) & SENT_MASK];
        load->total++;
        load->outstanding--;
        if (sent >= load->begin_ns) {
            load->measured++;
            if (load->latency_count < LATENCY_MAX) load->latency_ns[load->latency_count++] = (uint32_t)(now - sent);
        }
        if (now < load->end_ns) ask(load, c, now);
    }
    if (connection_write(c) == CLOSED) fail("the server closed the connection");
}

static int ascending(const void *left, const void *right) {
    uint32_t l = *(const uint32_t *)left, r = *(const uint32_t *)right;
    return (l > r) - (l < r);
}

static int run_client(int port, int connections, int inflight, double seconds) {
    if (inflight > SENT_MASK) fail("too many in flight");
    int poller = epoll_create1(EPOLL_CLOEXEC);
    struct connection **all = calloc((size_t)connections, sizeof *all);
    for (int i = 0; i < connections; i++) {
        all[i] = connection_dial(port);
        all[i]->sent_ns = calloc(SENT_MASK + 1, sizeof *all[i]->sent_ns);
        watch(poller, EPOLL_CTL_ADD, all[i]->fd, all[i], EPOLLIN);
    }
    uint64_t now = now_ns();
    struct load load = {.begin_ns = now + 500000000u, .latency_ns = malloc(LATENCY_MAX * sizeof(uint32_t))};
    load.end_ns = load.begin_ns + (uint64_t)(seconds * 1e9);
    for (int i = 0; i < connections; i++) {
        for (int k = 0; k < inflight; k++) ask(&load, all[i], now);
        connection_write(all[i]);
    }
    while (load.outstanding > 0) {
        struct epoll_event events[EVENT_MAX];
        int count = epoll_wait(poller, events, EVENT_MAX, 5000);
        if (count <= 0) fail("no answer for five seconds");
        for (int i = 0; i < count; i++) take(&load, events[i].data.ptr);
    }
    double elapsed = (double)(now_ns() - load.begin_ns) / 1e9;
    if (load.latency_count == 0) fail("nothing was measured");
    qsort(load.latency_ns, load.latency_count, sizeof *load.latency_ns, ascending);
    printf("{\"rps\": %.1f, \"p50_us\": %.2f, \"p99_us\": %.2f, \"total\": %llu}\n", (double)load.measured / elapsed,
           load.latency_ns[load.latency_count / 2] / 1e3, load.latency_ns[load.latency_count * 99 / 100] / 1e3,
           (unsigned long long)load.total);
    return 0;
}

static int run_stream(int port, int64_t count) {
    struct connection *c = connection_dial(port);
    int poller = epoll_create1(EPOLL_CLOEXEC);
    watch(poller, EPOLL_CTL_ADD, c->fd, c, EPOLLIN);
    uint64_t begin = now_ns();
    put_stream_request(c, count);
    connection_write(c);
    for (int64_t taken = 0; taken < count;) {
        struct epoll_event event;
        if (epoll_wait(poller, &event, 1, 5000) <= 0) fail("no message for five seconds");
        if (connection_read(c) == CLOSED) fail("the server closed the connection");
        struct frame frame;
        while (next_frame(c, &frame)) {
            if (frame.type != DATA) fail("the server ended the stream with a status");
            if (!(frame.flags & NO_DATA)) check_stream_message(&frame, taken++);
        }
    }
    double elapsed = (double)(now_ns() - begin) / 1e9;
    printf("{\"rps\": %.1f, \"total\": %lld}\n", (double)count / elapsed, (long long)count);
    return 0;
}

static int run_idle(int port, int connections) {
    int poller = epoll_create1(EPOLL_CLOEXEC);
    for (int i = 0; i < connections; i++) {
        struct connection *c = connection_dial(port);
        watch(poller, EPOLL_CTL_ADD, c->fd, c, EPOLLIN);
        put_echo_request(c);
        connection_write(c);
        struct epoll_event event;
        struct frame frame;
        do {
            if (epoll_wait(poller, &event, 1, 5000) <= 0) fail("no answer for five seconds");
            if (connection_read(c) == CLOSED) fail("the server closed the connection");
        } while (!next_frame(c, &frame));
        check_echo_response(&frame);
        watch(poller, EPOLL_CTL_DEL, c->fd, c, 0);
        free(c->in.bytes);
        free(c->out.bytes);
        c->in = c->out = (struct buffer){0};
    }
    puts("open");
    fflush(stdout);
    while (getchar() != EOF) continue;
    return 0;
}

int main(int count, char **arguments) {
    const char *verb = count > 2 ? arguments[1] : "";
    int port = count > 2 ? atoi(arguments[2]) : 0;
    signal(SIGPIPE, SIG_IGN);
    tls_configure(getenv("TLS_DIR"), strcmp(verb, "server") == 0);
    if (strcmp(verb, "server") == 0) run_server(port);
    if (strcmp(verb, "client") == 0 && count == 6)
        return run_client(port, atoi(arguments[3]), atoi(arguments[4]), atof(arguments[5]));
    if (strcmp(verb, "stream") == 0 && count == 4) return run_stream(port, atoll(arguments[3]));
    if (strcmp(verb, "idle") == 0 && count == 4) return run_idle(port, atoi(arguments[3]));
    fprintf(stderr, "usage: echo server|client|stream|idle PORT ...; see the head of main.c\n");
    return 2;
}
