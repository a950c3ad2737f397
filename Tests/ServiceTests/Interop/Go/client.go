package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/containerd/ttrpc"
	"google.golang.org/grpc/status"
)

// A client is one connection to the server under test.
type client struct {
	*ttrpc.Client
}

func (p *peers) dial(c command) answer {
	conn, err := net.Dial("tcp", c.Address)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Peer: p.addClient(&client{ttrpc.NewClient(conn)})}
}

func (cl *client) run(c command) answer {
	ctx, cancel := c.context()
	defer cancel()
	switch c.Do {
	case "call":
		var response ttrpc.Request
		a := failed(cl.Call(ctx, c.Service, c.Method, &c.Message, &response))
		a.Message = &response
		return a
	case "calls":
		return cl.calls(ctx, c)
	case "health":
		var response healthResponse
		a := failed(cl.Call(ctx, healthService, "Check", &healthRequest{c.Service}, &response))
		a.Health = response.Status
		return a
	case "hang up":
		return failed(cl.Close())
	default:
		return answer{Error: fmt.Sprintf("a client knows no %q", c.Do)}
	}
}

// So many calls at the same time, each with a payload of its own; counts those answered with it.
func (cl *client) calls(ctx context.Context, c command) answer {
	var group sync.WaitGroup
	right := make(chan bool, c.Count)
	for i := 0; i < c.Count; i++ {
		group.Add(1)
		request := ttrpc.Request{Payload: []byte{byte(i), byte(i >> 8), byte(i >> 16)}, TimeoutNano: int64(i)}
		go func() {
			defer group.Done()
			var response ttrpc.Request
			err := cl.Call(ctx, c.Service, c.Method, &request, &response)
			if err == nil && response.TimeoutNano == request.TimeoutNano &&
				bytes.Equal(response.Payload, request.Payload) {
				right <- true
			}
		}()
	}
	group.Wait()
	return answer{Count: len(right)}
}

func (c command) context() (context.Context, context.CancelFunc) {
	ctx := context.Background()
	if len(c.Metadata) > 0 {
		ctx = ttrpc.WithMetadata(ctx, ttrpc.MD(c.Metadata))
	}
	if c.TimeoutNano == 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, time.Duration(c.TimeoutNano))
}

// What an error says: a status of the server, or something of this side.
func failed(err error) answer {
	if err == nil {
		return answer{}
	}
	s, ok := status.FromError(err)
	if !ok {
		return answer{Error: err.Error()}
	}
	a := answer{Code: int32(s.Code()), StatusMessage: s.Message()}
	for _, d := range s.Proto().Details {
		a.Details = append(a.Details, detail{d.TypeUrl, d.Value})
	}
	return a
}
