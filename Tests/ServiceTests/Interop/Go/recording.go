package main

import (
	"encoding/binary"
	"net"
)

// A listener that notes its connections, and the stream id of every frame they receive.
type recording struct {
	net.Listener
	server *server
}

func (r recording) Accept() (net.Conn, error) {
	conn, err := r.Listener.Accept()
	if err != nil {
		return nil, err
	}
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	r.server.connections = append(r.server.connections, conn)
	return &recordingConn{Conn: conn, server: r.server}, nil
}

type recordingConn struct {
	net.Conn
	server *server
	// What is there of the next header, and how much data comes before it.
	header []byte
	data   int
}

func (r *recordingConn) Read(p []byte) (int, error) {
	n, err := r.Conn.Read(p)
	for rest := p[:n]; len(rest) > 0; {
		if r.data > 0 {
			passed := smaller(r.data, len(rest))
			r.data -= passed
			rest = rest[passed:]
			continue
		}
		passed := smaller(10-len(r.header), len(rest))
		r.header = append(r.header, rest[:passed]...)
		rest = rest[passed:]
		if len(r.header) == 10 {
			r.data = int(binary.BigEndian.Uint32(r.header))
			r.server.note(binary.BigEndian.Uint32(r.header[4:]))
			r.header = r.header[:0]
		}
	}
	return n, err
}

func (s *server) note(streamID uint32) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.streamIDs = append(s.streamIDs, streamID)
}

func smaller(a, b int) int {
	if a < b {
		return a
	}
	return b
}
