// Go ttrpc: server PORT | client PORT CONNECTIONS INFLIGHT SECONDS. Messages marshal themselves by generated code, as
// those of ttrpc's own users do.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"

	echopb "echogogo"
	"load"

	"github.com/containerd/ttrpc"
)

func echo(_ context.Context, unmarshal func(interface{}) error) (interface{}, error) {
	var request echopb.EchoRequest
	if err := unmarshal(&request); err != nil {
		return nil, err
	}
	return &echopb.EchoResponse{Name: request.Name, Id: request.Id + 1, Tags: request.Tags}, nil
}

func serve(port string) {
	server, err := ttrpc.NewServer()
	load.Must(err)
	server.Register("bench.Echo", map[string]ttrpc.Method{"Echo": echo})
	listener, err := net.Listen("tcp", "127.0.0.1:"+port)
	load.Must(err)
	fmt.Println("ready")
	load.Must(server.Serve(context.Background(), listener))
}

func dial(port string) load.Call {
	connection, err := net.Dial("tcp", "127.0.0.1:"+port)
	load.Must(err)
	client := ttrpc.NewClient(connection)
	return func(id int64) error {
		var response echopb.EchoResponse
		request := &echopb.EchoRequest{Name: load.Name, Id: id, Tags: load.Tags}
		err := client.Call(context.Background(), "bench.Echo", "Echo", request, &response)
		if err == nil && response.Id != id+1 {
			return errors.New("answer to another request")
		}
		return err
	}
}

func main() {
	if len(os.Args) == 3 && os.Args[1] == "server" {
		serve(os.Args[2])
	}
	if len(os.Args) == 6 && os.Args[1] == "client" {
		connections := make([]load.Call, load.Number(os.Args[3]))
		for i := range connections {
			connections[i] = dial(os.Args[2])
		}
		seconds, err := strconv.ParseFloat(os.Args[5], 64)
		load.Must(err)
		load.Run(connections, load.Number(os.Args[4]), seconds)
		return
	}
	load.Must(errors.New("usage: server PORT | client PORT CONNECTIONS INFLIGHT SECONDS"))
}
