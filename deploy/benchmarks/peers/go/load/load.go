// Package load is what the Go peers share: the message, the closed loop of callers, and the JSON line at its end.
package load

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
)

// FirstID is the message id of the first request.
const FirstID = int64(1234567890123)

// Name and Tags make a message of about a hundred bytes.
var (
	Name = strings.Repeat("n", 37)
	Tags = []string{"tag-aaaaaaaaaaaa", "tag-bbbbbbbbbbbb", "tag-cccccccccccc"}
)

// Must ends the process when something failed.
func Must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Number reads a command line argument.
func Number(text string) int {
	number, err := strconv.Atoi(text)
	Must(err)
	return number
}

// Call makes one call and fails when the answer is not the one to this id.
type Call func(id int64) error

// Run keeps so many calls in flight on each connection, and prints what was measured after half a second.
func Run(connections []Call, inflight int, seconds float64) {
	begin := time.Now().Add(500 * time.Millisecond)
	end := begin.Add(time.Duration(seconds * float64(time.Second)))
	var mutex sync.Mutex
	var latencies []time.Duration
	total := 0
	var callers sync.WaitGroup
	for _, call := range connections {
		for i := 0; i < inflight; i++ {
			callers.Add(1)
			go func(call Call, id int64) {
				defer callers.Done()
				mine := make([]time.Duration, 0, 1<<14)
				count := 0
				for sent := time.Now(); sent.Before(end); sent = time.Now() {
					id++
					Must(call(id))
					count++
					if sent.After(begin) {
						mine = append(mine, time.Since(sent))
					}
				}
				mutex.Lock()
				latencies = append(latencies, mine...)
				total += count
				mutex.Unlock()
			}(call, FirstID+int64(i)<<32)
		}
	}
	callers.Wait()
	elapsed := time.Since(begin).Seconds()
	sort.Slice(latencies, func(i, j int) bool { return latencies[i] < latencies[j] })
	at := func(part float64) float64 {
		return float64(latencies[int(float64(len(latencies))*part)]) / 1e3
	}
	Print(map[string]float64{
		"rps": float64(len(latencies)) / elapsed, "p50_us": at(0.5), "p99_us": at(0.99), "total": float64(total),
	})
}

// Print writes the result as one line.
func Print(result map[string]float64) {
	line, err := json.Marshal(result)
	Must(err)
	fmt.Println(string(line))
}
