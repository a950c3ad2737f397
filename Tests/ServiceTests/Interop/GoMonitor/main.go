// Command monitor checks a public log with nothing but Go's own packages for signed notes and transparent logs
// (golang.org/x/mod/sumdb), as a third party would.
//
// Usage: monitor FOLDER KEY [OLD-CHECKPOINT]
//
// It prints one line of JSON with what was found, and ends with 1 and the reason when something does not agree. With
// an older checkpoint it also checks that the log adds to it.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Leaves of a tile are 2 to this power.
const height = 8

func main() {
	if len(os.Args) < 3 {
		fail(errors.New("usage: monitor FOLDER KEY [OLD-CHECKPOINT]"))
	}
	found, err := check(os.Args[1], os.Args[2], os.Args[3:])
	if err != nil {
		fail(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "monitor:", err)
	os.Exit(1)
}

// Found is what a log was seen to be.
type Found struct {
	Size int64          `json:"size"`
	Root string         `json:"root"`
	Acts map[string]int `json:"acts"`
}

func check(folder, key string, older []string) (*Found, error) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return nil, err
	}
	tree, err := open(filepath.Join(folder, "checkpoint"), verifier)
	if err != nil {
		return nil, err
	}
	hashes := tlog.TileHashReader(tree, files(folder))
	acts, err := entries(folder, tree, hashes)
	if err != nil {
		return nil, err
	}
	for _, path := range older {
		if err := follows(path, verifier, tree, hashes); err != nil {
			return nil, err
		}
	}
	return &Found{Size: tree.N, Root: base64.StdEncoding.EncodeToString(tree.Hash[:]), Acts: acts}, nil
}

// open reads a checkpoint that the log has signed.
func open(path string, verifier note.Verifier) (tlog.Tree, error) {
	var tree tlog.Tree
	content, err := os.ReadFile(path)
	if err != nil {
		return tree, err
	}
	signed, err := note.Open(content, note.VerifierList(verifier))
	if err != nil {
		return tree, err
	}
	lines := strings.Split(signed.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tree, errors.New("the checkpoint is of another log")
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || copy(tree.Hash[:], root) != len(tree.Hash) {
		return tree, errors.New("the checkpoint has no root")
	}
	return tree, nil
}

// files reads tiles of hashes from a folder; the tlog package compares them with the root.
type files string

func (folder files) Height() int { return height }

func (folder files) SaveTiles([]tlog.Tile, [][]byte) {}

func (folder files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range tiles {
		// The package's paths name the height first; a log of C2SP's form always has 8.
		name := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		content, err := os.ReadFile(filepath.Join(string(folder), name))
		if err != nil {
			return nil, err
		}
		data = append(data, content)
	}
	return data, nil
}

// entries reads every bundle, and compares the hash of each entry with the tree's.
func entries(folder string, tree tlog.Tree, hashes tlog.HashReader) (map[string]int, error) {
	acts := map[string]int{}
	position := int64(0)
	for start := int64(0); start < tree.N; start += 1 << height {
		bundle, err := bundle(folder, start>>height, min(tree.N-start, 1<<height))
		if err != nil {
			return nil, err
		}
		indexes := make([]int64, len(bundle))
		for place := range bundle {
			indexes[place] = tlog.StoredHashIndex(0, start+int64(place))
		}
		leaves, err := hashes.ReadHashes(indexes)
		if err != nil {
			return nil, err
		}
		for place, entry := range bundle {
			if tlog.RecordHash(entry) != leaves[place] {
				return nil, fmt.Errorf("entry %d is not the one in the tree", start+int64(place))
			}
			var act struct {
				Act      string `json:"act"`
				Position int64  `json:"position"`
			}
			if err := json.Unmarshal(entry, &act); err != nil {
				return nil, err
			}
			if act.Position <= position {
				return nil, fmt.Errorf("entry %d is of an earlier event", start+int64(place))
			}
			position = act.Position
			acts[act.Act]++
		}
	}
	return acts, nil
}

// bundle reads a file of entries: each one's length in two bytes, then the entry.
func bundle(folder string, index, width int64) ([][]byte, error) {
	name := tlog.Tile{H: height, L: 0, N: index, W: int(width)}.Path()
	name = strings.Replace(name, "tile/8/0/", "tile/entries/", 1)
	content, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for len(content) > 0 {
		if len(content) < 2 || len(content) < 2+int(binary.BigEndian.Uint16(content)) {
			return nil, errors.New(name + " is cut")
		}
		length := int(binary.BigEndian.Uint16(content))
		entries = append(entries, content[2:2+length])
		content = content[2+length:]
	}
	if int64(len(entries)) != width {
		return nil, fmt.Errorf("%s has %d entries", name, len(entries))
	}
	return entries, nil
}

// follows checks that the log adds to an older checkpoint.
func follows(path string, verifier note.Verifier, tree tlog.Tree, hashes tlog.HashReader) error {
	old, err := open(path, verifier)
	if err != nil || old.N == 0 {
		return err
	}
	proof, err := tlog.ProveTree(tree.N, old.N, hashes)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash)
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}
