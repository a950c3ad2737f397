// The Go peer of the interoperability tests: a ttrpc server and a ttrpc client on the Go implementation,
// driven by commands on standard input, one JSON object each, and answered by one line of JSON each.
//
// Commands run at the same time; an answer carries the number of its command. The program ends with its input.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/containerd/ttrpc"
)

// A command says what to do, with whatever that needs.
type command struct {
	ID int `json:"id"`
	// One of the names in the table of run.
	Do string `json:"do"`
	// Number of the server or client meant, as "listen" or "dial" answered it.
	Peer    int    `json:"peer"`
	Address string `json:"address"`
	Service string `json:"service"`
	Method  string `json:"method"`
	// The payload. Both sides know ttrpc.Request, which has text, bytes, a number and messages within.
	Message ttrpc.Request `json:"message"`
	// Zero: none.
	TimeoutNano int64               `json:"timeoutNano"`
	Metadata    map[string][]string `json:"metadata"`
	Count       int                 `json:"count"`
}

// An answer to a command; what does not concern it is left out.
type answer struct {
	ID   int `json:"id"`
	Peer int `json:"peer,omitempty"`
	Port int `json:"port,omitempty"`
	// An error that is no status: of this side, or of the connection.
	Error string `json:"error,omitempty"`
	// The status of a call that was refused.
	Code          int32          `json:"code,omitempty"`
	StatusMessage string         `json:"statusMessage,omitempty"`
	Details       []detail       `json:"details,omitempty"`
	Message       *ttrpc.Request `json:"message,omitempty"`
	Health        int32          `json:"health,omitempty"`
	Count         int            `json:"count,omitempty"`
	StreamIDs     []uint32       `json:"streamIDs,omitempty"`
}

// One google.protobuf.Any of a status.
type detail struct {
	TypeURL string `json:"typeURL"`
	Value   []byte `json:"value"`
}

// Everything a command may refer to by number.
type peers struct {
	sync.Mutex
	last    int
	servers map[int]*server
	clients map[int]*client
}

func (p *peers) addServer(s *server) int {
	p.Lock()
	defer p.Unlock()
	p.last++
	p.servers[p.last] = s
	return p.last
}

func (p *peers) addClient(c *client) int {
	p.Lock()
	defer p.Unlock()
	p.last++
	p.clients[p.last] = c
	return p.last
}

func (p *peers) run(c command) (a answer) {
	p.Lock()
	server, client := p.servers[c.Peer], p.clients[c.Peer]
	p.Unlock()
	switch {
	case c.Do == "listen":
		return p.listen()
	case c.Do == "dial":
		return p.dial(c)
	case server != nil:
		return server.run(c)
	case client != nil:
		return client.run(c)
	default:
		return answer{Error: fmt.Sprintf("no %q without a server or a client", c.Do)}
	}
}

func main() {
	p := &peers{servers: map[int]*server{}, clients: map[int]*client{}}
	var writing sync.Mutex
	output := json.NewEncoder(os.Stdout)
	input := json.NewDecoder(os.Stdin)
	for {
		var c command
		if err := input.Decode(&c); err != nil {
			if err != io.EOF {
				fmt.Fprintln(os.Stderr, "a command cannot be read:", err)
			}
			return
		}
		go func() {
			a := p.run(c)
			a.ID = c.ID
			writing.Lock()
			defer writing.Unlock()
			if err := output.Encode(a); err != nil {
				fmt.Fprintln(os.Stderr, "an answer cannot be written:", err)
			}
		}()
	}
}
