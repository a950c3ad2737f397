#include "echo.h"

#include <stdio.h>
#include <string.h>

#include "echo.pb-c.h"
#include "ttrpc/ttrpc.pb-c.h"

const int64_t first_id = 1234567890123;
static char name[] = "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn";
static char *tags[] = {"tag-aaaaaaaaaaaa", "tag-bbbbbbbbbbbb", "tag-cccccccccccc"};
enum { TAG_COUNT = 3 };

static void put_request(struct connection *c, char *method, uint8_t *payload, size_t size, uint8_t flags) {
    Ttrpc__Request request = TTRPC__REQUEST__INIT;
    request.service = "bench.Echo";
    request.method = method;
    request.payload = (ProtobufCBinaryData){size, payload};
    uint8_t *place = begin_frame(c, REQUEST_DATA_MAX);
    end_frame(c, ttrpc__request__pack(&request, place), c->next_stream, REQUEST, flags);
    c->next_stream += 2;
}

void put_echo_request(struct connection *c) {
    Bench__EchoRequest message = BENCH__ECHO_REQUEST__INIT;
    message.name = name;
    message.id = first_id + c->next_stream;
    message.n_tags = TAG_COUNT;
    message.tags = tags;
    uint8_t payload[REQUEST_DATA_MAX];
    put_request(c, "Echo", payload, bench__echo_request__pack(&message, payload), 0);
}

void put_stream_request(struct connection *c, int64_t count) {
    Bench__StreamRequest message = BENCH__STREAM_REQUEST__INIT;
    message.count = count;
    uint8_t payload[32];
    put_request(c, "Stream", payload, bench__stream_request__pack(&message, payload), REMOTE_CLOSED);
}

void check_echo_response(const struct frame *frame) {
    Ttrpc__Response *response = ttrpc__response__unpack(NULL, frame->length, frame->data);
    if (frame->type != RESPONSE || !response) fail("response");
    if (response->status && response->status->code) {
        fprintf(stderr, "the server answered: %s\n", response->status->message);
        fail("response");
    }
    Bench__EchoResponse *message =
        bench__echo_response__unpack(NULL, response->payload.len, response->payload.data);
    if (!message || message->id != first_id + frame->stream + 1 || message->n_tags != TAG_COUNT) fail("answer");
    bench__echo_response__free_unpacked(message, NULL);
    ttrpc__response__free_unpacked(response, NULL);
}

void check_stream_message(const struct frame *frame, int64_t index) {
    Bench__EchoResponse *message = bench__echo_response__unpack(NULL, frame->length, frame->data);
    if (!message || message->id != first_id + index) fail("message of the stream");
    bench__echo_response__free_unpacked(message, NULL);
}

static void answer_echo(struct connection *c, uint32_t stream, const ProtobufCBinaryData *payload) {
    Bench__EchoRequest *request = bench__echo_request__unpack(NULL, payload->len, payload->data);
    if (!request) fail("message");
    Bench__EchoResponse message = BENCH__ECHO_RESPONSE__INIT;
    message.name = request->name;
    message.id = request->id + 1;
    message.n_tags = request->n_tags;
    message.tags = request->tags;
    size_t size = bench__echo_response__get_packed_size(&message);
    if (size > REQUEST_DATA_MAX) fail("long message");
    uint8_t bytes[REQUEST_DATA_MAX];
    Ttrpc__Response response = TTRPC__RESPONSE__INIT;
    response.payload = (ProtobufCBinaryData){bench__echo_response__pack(&message, bytes), bytes};
    uint8_t *place = begin_frame(c, REQUEST_DATA_MAX + 32);
    end_frame(c, ttrpc__response__pack(&response, place), stream, RESPONSE, 0);
    bench__echo_request__free_unpacked(request, NULL);
}

static void begin_stream(struct connection *c, uint32_t stream, const ProtobufCBinaryData *payload) {
    Bench__StreamRequest *request = bench__stream_request__unpack(NULL, payload->len, payload->data);
    if (!request) fail("message");
    c->stream = stream;
    c->stream_left = request->count;
    c->stream_next_id = first_id;
    bench__stream_request__free_unpacked(request, NULL);
}

void answer(struct connection *c, const struct frame *frame) {
    if (frame->type != REQUEST) return;
    Ttrpc__Request *request = ttrpc__request__unpack(NULL, frame->length, frame->data);
    if (!request || strcmp(request->service, "bench.Echo")) fail("request");
    if (strcmp(request->method, "Stream") == 0)
        begin_stream(c, frame->stream, &request->payload);
    else
        answer_echo(c, frame->stream, &request->payload);
    ttrpc__request__free_unpacked(request, NULL);
}

void put_stream_message(struct connection *c) {
    Bench__EchoResponse message = BENCH__ECHO_RESPONSE__INIT;
    message.name = name;
    message.id = c->stream_next_id++;
    message.n_tags = TAG_COUNT;
    message.tags = tags;
    uint8_t *place = begin_frame(c, REQUEST_DATA_MAX);
    end_frame(c, bench__echo_response__pack(&message, place), c->stream, DATA, 0);
    if (--c->stream_left == 0) {
        begin_frame(c, 0);
        end_frame(c, 0, c->stream, DATA, REMOTE_CLOSED | NO_DATA);
    }
}
