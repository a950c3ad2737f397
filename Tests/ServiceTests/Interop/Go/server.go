package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sort"
	"sync"
	"time"

	"github.com/containerd/ttrpc"
	"github.com/golang/protobuf/ptypes/any"
	spb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// A server is one listener with the test service on it.
type server struct {
	*ttrpc.Server
	// A token for each call of Hold that began, and for each whose context ended.
	started, ended chan struct{}
	released       chan struct{}
	release        sync.Once

	mu sync.Mutex
	// Of every frame received, in the order of arrival, connection by connection.
	streamIDs   []uint32
	connections []net.Conn
}

// More calls of Hold than a test makes.
const holdCountMax = 10000

func (p *peers) listen() answer {
	ts, err := ttrpc.NewServer()
	if err != nil {
		return answer{Error: err.Error()}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return answer{Error: err.Error()}
	}
	s := &server{
		Server:   ts,
		started:  make(chan struct{}, holdCountMax),
		ended:    make(chan struct{}, holdCountMax),
		released: make(chan struct{}),
	}
	s.Register("interop.Stage", map[string]ttrpc.Method{
		"Echo": method(s.echo), "Describe": method(s.describe), "Fail": method(s.fail),
		"Break": method(s.breakDown), "Hold": method(s.hold), "Large": method(s.large),
	})
	s.Register(healthService, map[string]ttrpc.Method{"Check": check})
	go s.Serve(context.Background(), recording{listener, s})
	return answer{Peer: p.addServer(s), Port: listener.Addr().(*net.TCPAddr).Port}
}

func (s *server) run(c command) answer {
	switch c.Do {
	case "await started":
		return take(c.Count, s.started)
	case "await ended":
		return take(c.Count, s.ended)
	case "release":
		s.release.Do(func() { close(s.released) })
		return answer{}
	case "stream ids":
		s.mu.Lock()
		defer s.mu.Unlock()
		return answer{StreamIDs: append([]uint32{}, s.streamIDs...)}
	case "drop":
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, connection := range s.connections {
			connection.Close()
		}
		return answer{}
	case "shut down":
		return failed(s.Shutdown(context.Background()))
	case "close":
		return failed(s.Close())
	default:
		return answer{Error: fmt.Sprintf("a server knows no %q", c.Do)}
	}
}

func take(count int, tokens chan struct{}) answer {
	for i := 0; i < count; i++ {
		<-tokens
	}
	return answer{Count: count}
}

// A handler with its message decoded.
func method(handle func(context.Context, *ttrpc.Request) (*ttrpc.Request, error)) ttrpc.Method {
	return func(ctx context.Context, unmarshal func(interface{}) error) (interface{}, error) {
		var request ttrpc.Request
		if err := unmarshal(&request); err != nil {
			return nil, err
		}
		return handle(ctx, &request)
	}
}

func (s *server) echo(_ context.Context, request *ttrpc.Request) (*ttrpc.Request, error) {
	return request, nil
}

// Answers with the call as this side sees it: metadata by key, and the time left.
func (s *server) describe(ctx context.Context, _ *ttrpc.Request) (*ttrpc.Request, error) {
	var seen ttrpc.Request
	if deadline, ok := ctx.Deadline(); ok {
		seen.TimeoutNano = time.Until(deadline).Nanoseconds()
	}
	metadata, _ := ttrpc.GetMetadata(ctx)
	keys := []string{}
	for key := range metadata {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	for _, key := range keys {
		for _, value := range metadata[key] {
			seen.Metadata = append(seen.Metadata, &ttrpc.KeyValue{Key: key, Value: value})
		}
	}
	return &seen, nil
}

// Refuses with a status that says what was asked.
func (s *server) fail(_ context.Context, request *ttrpc.Request) (*ttrpc.Request, error) {
	return nil, status.ErrorProto(&spb.Status{
		Code: int32(codes.FailedPrecondition), Message: request.Service,
		Details: []*any.Any{{TypeUrl: "x/a.B", Value: request.Payload}, {TypeUrl: "x/a.Empty"}},
	})
}

// Fails without a status, as a handler does that meets an error of its own.
func (s *server) breakDown(context.Context, *ttrpc.Request) (*ttrpc.Request, error) {
	return nil, errors.New("the drawer is stuck")
}

// Waits to be released, and notes when its context ends first.
func (s *server) hold(ctx context.Context, request *ttrpc.Request) (*ttrpc.Request, error) {
	s.started <- struct{}{}
	select {
	case <-s.released:
		return request, nil
	case <-ctx.Done():
		s.ended <- struct{}{}
		return nil, ctx.Err()
	}
}

// Answers with as many bytes as it is asked for.
func (s *server) large(_ context.Context, request *ttrpc.Request) (*ttrpc.Request, error) {
	return &ttrpc.Request{Payload: make([]byte, request.TimeoutNano)}, nil
}

func check(_ context.Context, unmarshal func(interface{}) error) (interface{}, error) {
	var request healthRequest
	if err := unmarshal(&request); err != nil {
		return nil, err
	}
	if request.Service != "" {
		return nil, status.Errorf(codes.NotFound, "unknown service %s", request.Service)
	}
	return &healthResponse{Status: 1}, nil
}
