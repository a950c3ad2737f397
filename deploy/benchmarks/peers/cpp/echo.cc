// gRPC C++, each way of serving that is fastest somewhere: `async` with one completion queue (1x1, 1x64) and
// `callback` (8x32); `sync` streams fastest.
//
//   echo server PORT async|callback|sync
//   echo client PORT CONNECTIONS INFLIGHT SECONDS
//   echo stream PORT COUNT
//
// With TLS_DIR in the environment over TLS with certificates on both sides.
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "echo.grpc.pb.h"

namespace {

using bench::Echo;
using bench::EchoRequest;
using bench::EchoResponse;
using bench::StreamRequest;
using Clock = std::chrono::steady_clock;

constexpr int64_t kFirstId = 1234567890123;
constexpr int kCallsWaiting = 512;  // calls an asynchronous server is ready to take

template <typename Message>
void Fill(Message *message) {
    message->set_name(std::string(37, 'n'));
    for (const char *tag : {"tag-aaaaaaaaaaaa", "tag-bbbbbbbbbbbb", "tag-cccccccccccc"}) message->add_tags(tag);
}

void Answer(const EchoRequest &request, EchoResponse *response) {
    response->set_name(request.name());
    response->set_id(request.id() + 1);
    *response->mutable_tags() = request.tags();
}

[[noreturn]] void Fail(const std::string &what) {
    fprintf(stderr, "%s\n", what.c_str());
    exit(1);
}

std::string Contents(const std::string &path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::shared_ptr<grpc::ServerCredentials> ServerSecurity() {
    const char *folder = getenv("TLS_DIR");
    if (!folder) return grpc::InsecureServerCredentials();
    std::string base = folder;
    grpc::SslServerCredentialsOptions options(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
    options.pem_root_certs = Contents(base + "/ca.pem");
    options.pem_key_cert_pairs.push_back({Contents(base + "/server.key"), Contents(base + "/server.pem")});
    return grpc::SslServerCredentials(options);
}

std::shared_ptr<grpc::ChannelCredentials> ClientSecurity() {
    const char *folder = getenv("TLS_DIR");
    if (!folder) return grpc::InsecureChannelCredentials();
    std::string base = folder;
    grpc::SslCredentialsOptions options;
    options.pem_root_certs = Contents(base + "/ca.pem");
    options.pem_private_key = Contents(base + "/client.key");
    options.pem_cert_chain = Contents(base + "/client.pem");
    return grpc::SslCredentials(options);
}

// ---- servers

class SyncService final : public Echo::Service {
    grpc::Status Echo(grpc::ServerContext *, const EchoRequest *request, EchoResponse *response) override {
        Answer(*request, response);
        return grpc::Status::OK;
    }
    grpc::Status Stream(grpc::ServerContext *, const StreamRequest *request,
                        grpc::ServerWriter<EchoResponse> *writer) override {
        EchoResponse message;
        Fill(&message);
        for (int64_t i = 0; i < request->count(); i++) {
            message.set_id(kFirstId + i);
            // Without the hint each message is a system call. The first carries the headers and, hinted, would
            // never leave (1.51); the last must not wait.
            grpc::WriteOptions options;
            if (i > 0 && i + 1 < request->count()) options.set_buffer_hint();
            if (!writer->Write(message, options)) break;
        }
        return grpc::Status::OK;
    }
};

class CallbackService final : public Echo::CallbackService {
    grpc::ServerUnaryReactor *Echo(grpc::CallbackServerContext *context, const EchoRequest *request,
                                   EchoResponse *response) override {
        Answer(*request, response);
        grpc::ServerUnaryReactor *reactor = context->DefaultReactor();
        reactor->Finish(grpc::Status::OK);
        return reactor;
    }
};

// One call of the asynchronous server, used again and again.
struct AsyncCall {
    Echo::AsyncService *service;
    grpc::ServerCompletionQueue *queue;
    std::unique_ptr<grpc::ServerContext> context;
    std::unique_ptr<grpc::ServerAsyncResponseWriter<EchoResponse>> writer;
    EchoRequest request;
    EchoResponse response;
    bool is_answered = false;

    void Wait() {
        is_answered = false;
        context = std::make_unique<grpc::ServerContext>();
        writer = std::make_unique<grpc::ServerAsyncResponseWriter<EchoResponse>>(context.get());
        service->RequestEcho(context.get(), &request, writer.get(), queue, queue, this);
    }
    void Proceed(bool ok) {
        if (is_answered) return Wait();
        if (!ok) return;
        response.Clear();
        Answer(request, &response);
        is_answered = true;
        writer->Finish(response, grpc::Status::OK, this);
    }
};

void Serve(const std::string &port, const std::string &kind) {
    SyncService sync;
    CallbackService callback;
    Echo::AsyncService async;
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:" + port, ServerSecurity());
    builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 4096);
    std::unique_ptr<grpc::ServerCompletionQueue> queue;
    if (kind == "async") {
        builder.RegisterService(&async);
        queue = builder.AddCompletionQueue();
    } else {
        builder.RegisterService(kind == "sync" ? static_cast<grpc::Service *>(&sync) : &callback);
    }
    std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
    if (!server) Fail("cannot listen on port " + port);
    puts("ready");
    fflush(stdout);
    if (!queue) return server->Wait();
    std::vector<AsyncCall> calls(kCallsWaiting);
    for (AsyncCall &call : calls) {
        call.service = &async;
        call.queue = queue.get();
        call.Wait();
    }
    void *tag;
    bool ok;
    while (queue->Next(&tag, &ok)) static_cast<AsyncCall *>(tag)->Proceed(ok);
}

// ---- clients

std::shared_ptr<grpc::Channel> Dial(const std::string &port) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // a connection of its own
    auto channel = grpc::CreateCustomChannel("localhost:" + port, ClientSecurity(), arguments);
    if (!channel->WaitForConnected(std::chrono::system_clock::now() + std::chrono::seconds(5))) Fail("no connection");
    return channel;
}

struct ClientCall {
    Echo::Stub *stub;
    std::unique_ptr<grpc::ClientContext> context;
    std::unique_ptr<grpc::ClientAsyncResponseReader<EchoResponse>> reader;
    EchoRequest request;
    EchoResponse response;
    grpc::Status status;
    Clock::time_point sent;

    void Send(grpc::CompletionQueue *queue) {
        context = std::make_unique<grpc::ClientContext>();
        request.set_id(request.id() + 1);
        sent = Clock::now();
        reader = stub->AsyncEcho(context.get(), request, queue);
        reader->Finish(&response, &status, this);
    }
};

struct Measured {
    std::vector<double> latency_us;
    int64_t total = 0;
};

// A thread's share of the connections.
Measured Load(std::vector<std::shared_ptr<grpc::Channel>> channels, int inflight, Clock::time_point begin,
              Clock::time_point end) {
    grpc::CompletionQueue queue;
    std::vector<std::unique_ptr<Echo::Stub>> stubs;
    std::vector<std::unique_ptr<ClientCall>> calls;
    Measured measured;
    measured.latency_us.reserve(1 << 20);
    int64_t open = 0;
    for (auto &channel : channels) {
        stubs.push_back(Echo::NewStub(channel));
        for (int i = 0; i < inflight; i++, open++) {
            calls.push_back(std::make_unique<ClientCall>());
            ClientCall *call = calls.back().get();
            call->stub = stubs.back().get();
            Fill(&call->request);
            call->request.set_id(kFirstId + i);
            call->Send(&queue);
        }
    }
    void *tag;
    bool ok;
    while (open > 0 && queue.Next(&tag, &ok)) {
        auto *call = static_cast<ClientCall *>(tag);
        auto now = Clock::now();
        if (!call->status.ok() || call->response.id() != call->request.id() + 1) Fail("answer: " + call->status.error_message());
        measured.total++;
        if (call->sent >= begin)
            measured.latency_us.push_back(std::chrono::duration<double, std::micro>(now - call->sent).count());
        if (now < end) {
            call->Send(&queue);
        } else {
            open--;
        }
    }
    return measured;
}

void RunClient(const std::string &port, int connections, int inflight, double seconds) {
    int thread_count = std::min(connections, 2);
    std::vector<std::vector<std::shared_ptr<grpc::Channel>>> shares(thread_count);
    for (int i = 0; i < connections; i++) shares[i % thread_count].push_back(Dial(port));
    auto begin = Clock::now() + std::chrono::milliseconds(500);
    auto end = begin + std::chrono::microseconds(static_cast<int64_t>(seconds * 1e6));
    std::vector<Measured> parts(thread_count);
    std::vector<std::thread> threads;
    for (int i = 0; i < thread_count; i++)
        threads.emplace_back([&, i] { parts[i] = Load(shares[i], inflight, begin, end); });
    for (auto &thread : threads) thread.join();
    double elapsed = std::chrono::duration<double>(Clock::now() - begin).count();
    Measured all;
    for (auto &part : parts) {
        all.latency_us.insert(all.latency_us.end(), part.latency_us.begin(), part.latency_us.end());
        all.total += part.total;
    }
    std::sort(all.latency_us.begin(), all.latency_us.end());
    size_t count = all.latency_us.size();
    printf("{\"rps\": %.1f, \"p50_us\": %.2f, \"p99_us\": %.2f, \"total\": %lld}\n", count / elapsed,
           all.latency_us[count / 2], all.latency_us[count * 99 / 100], static_cast<long long>(all.total));
}

void RunStream(const std::string &port, int64_t count) {
    auto stub = Echo::NewStub(Dial(port));
    grpc::ClientContext context;
    StreamRequest request;
    request.set_count(count);
    auto begin = Clock::now();
    auto reader = stub->Stream(&context, request);
    EchoResponse message;
    int64_t taken = 0;
    while (reader->Read(&message))
        if (message.id() != kFirstId + taken++) Fail("message out of order");
    if (!reader->Finish().ok() || taken != count) Fail("the stream broke off");
    double elapsed = std::chrono::duration<double>(Clock::now() - begin).count();
    printf("{\"rps\": %.1f, \"total\": %lld}\n", taken / elapsed, static_cast<long long>(taken));
}

}  // namespace

int main(int count, char **arguments) {
    std::string verb = count > 2 ? arguments[1] : "";
    if (verb == "server" && count == 4) {
        Serve(arguments[2], arguments[3]);
    } else if (verb == "client" && count == 6) {
        RunClient(arguments[2], atoi(arguments[3]), atoi(arguments[4]), atof(arguments[5]));
    } else if (verb == "stream" && count == 4) {
        RunStream(arguments[2], atoll(arguments[3]));
    } else {
        Fail("usage: echo server|client|stream PORT ...; see the head of echo.cc");
    }
}
