// Go gRPC: server PORT | client PORT CONNECTIONS INFLIGHT SECONDS | stream PORT COUNT.
// With TLS_DIR in the environment over TLS 1.3 with certificates on both sides.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"time"

	"echopb"
	"load"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
)

type service struct{}

func (service) Echo(_ context.Context, request *echopb.EchoRequest) (*echopb.EchoResponse, error) {
	return &echopb.EchoResponse{Name: request.Name, Id: request.Id + 1, Tags: request.Tags}, nil
}

func (service) Stream(request *echopb.StreamRequest, stream echopb.Echo_StreamServer) error {
	message := &echopb.EchoResponse{Name: load.Name, Tags: load.Tags}
	for i := int64(0); i < request.Count; i++ {
		message.Id = load.FirstID + i
		if err := stream.Send(message); err != nil {
			return err
		}
	}
	return nil
}

// Nil without TLS.
func certificates(side string) credentials.TransportCredentials {
	folder := os.Getenv("TLS_DIR")
	if folder == "" {
		return nil
	}
	pair, err := tls.LoadX509KeyPair(folder+"/"+side+".pem", folder+"/"+side+".key")
	load.Must(err)
	authority, err := os.ReadFile(folder + "/ca.pem")
	load.Must(err)
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(authority)
	return credentials.NewTLS(&tls.Config{
		Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS13, RootCAs: pool, ClientCAs: pool,
		ClientAuth: tls.RequireAndVerifyClientCert, ServerName: "localhost",
	})
}

func serve(port string) {
	listener, err := net.Listen("tcp", "127.0.0.1:"+port)
	load.Must(err)
	// Its fastest set-up here: workers that keep their stacks.
	options := []grpc.ServerOption{grpc.MaxConcurrentStreams(4096), grpc.NumStreamWorkers(2)}
	if credentials := certificates("server"); credentials != nil {
		options = append(options, grpc.Creds(credentials))
	}
	server := grpc.NewServer(options...)
	echopb.RegisterEchoServer(server, service{})
	fmt.Println("ready")
	load.Must(server.Serve(listener))
}

func dial(port string) echopb.EchoClient {
	security := grpc.WithInsecure()
	if credentials := certificates("client"); credentials != nil {
		security = grpc.WithTransportCredentials(credentials)
	}
	connection, err := grpc.Dial("127.0.0.1:"+port, grpc.WithBlock(), security)
	load.Must(err)
	return echopb.NewEchoClient(connection)
}

func caller(client echopb.EchoClient) load.Call {
	return func(id int64) error {
		request := &echopb.EchoRequest{Name: load.Name, Id: id, Tags: load.Tags}
		response, err := client.Echo(context.Background(), request)
		if err == nil && response.Id != id+1 {
			return errors.New("answer to another request")
		}
		return err
	}
}

func stream(port string, count int64) {
	client := dial(port)
	begin := time.Now()
	messages, err := client.Stream(context.Background(), &echopb.StreamRequest{Count: count})
	load.Must(err)
	taken := int64(0)
	for {
		message, err := messages.Recv()
		if err == io.EOF {
			break
		}
		load.Must(err)
		if message.Id != load.FirstID+taken {
			load.Must(errors.New("message out of order"))
		}
		taken++
	}
	load.Print(map[string]float64{
		"rps": float64(taken) / time.Since(begin).Seconds(), "total": float64(taken),
	})
}

func main() {
	arguments := os.Args[1:]
	switch {
	case len(arguments) == 2 && arguments[0] == "server":
		serve(arguments[1])
	case len(arguments) == 5 && arguments[0] == "client":
		connections := make([]load.Call, load.Number(arguments[2]))
		for i := range connections {
			connections[i] = caller(dial(arguments[1]))
		}
		seconds, err := strconv.ParseFloat(arguments[4], 64)
		load.Must(err)
		load.Run(connections, load.Number(arguments[3]), seconds)
	case len(arguments) == 3 && arguments[0] == "stream":
		stream(arguments[1], int64(load.Number(arguments[2])))
	default:
		load.Must(errors.New("usage: server PORT | client PORT CONNECTIONS INFLIGHT SECONDS | stream PORT COUNT"))
	}
}
