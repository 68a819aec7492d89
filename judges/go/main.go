// Opens a ledger directory with the Go project's own reader of transparency logs.
// judge <verifier key> <folder> [<earlier size>…]: prints what was checked as JSON, or ends with 1 and the reason.
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

type checked struct {
	Size       int64 `json:"size"`
	Included   int64 `json:"included"`
	Consistent int   `json:"consistent"`
	Tiles      int   `json:"tiles"`
	EntryBytes int   `json:"entryBytes"`
}

func main() {
	answer, err := judge(os.Args[1], os.Args[2], os.Args[3:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	json.NewEncoder(os.Stdout).Encode(answer)
}

func judge(vkey, folder string, earlier []string) (*checked, error) {
	tree, err := openCheckpoint(vkey, folder)
	if err != nil {
		return nil, err
	}
	tiles := &onDisk{folder: folder}
	reader := tlog.TileHashReader(tree, tiles)
	answer := &checked{Size: tree.N}
	for id := int64(0); id < tree.N; id++ {
		entry, err := entryAt(folder, tree.N, id)
		if err != nil {
			return nil, err
		}
		proof, err := tlog.ProveRecord(tree.N, id, reader)
		if err != nil {
			return nil, fmt.Errorf("entry %d: %w", id, err)
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, id, tlog.RecordHash(entry)); err != nil {
			return nil, fmt.Errorf("entry %d: %w", id, err)
		}
		answer.Included++
		answer.EntryBytes += len(entry)
	}
	for _, text := range earlier {
		if err := checkEarlier(tree, reader, vkey, text); err != nil {
			return nil, err
		}
		answer.Consistent++
	}
	answer.Tiles = tiles.read
	return answer, nil
}

// An earlier state is a folder whose checkpoint was signed then.
func checkEarlier(tree tlog.Tree, reader tlog.HashReader, vkey, folder string) error {
	old, err := openCheckpoint(vkey, folder)
	if err != nil {
		return err
	}
	proof, err := tlog.ProveTree(tree.N, old.N, reader)
	if err != nil {
		return fmt.Errorf("from size %d: %w", old.N, err)
	}
	return tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash)
}

func openCheckpoint(vkey, folder string) (tree tlog.Tree, err error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tree, err
	}
	signed, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return tree, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tree, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tree, errors.New("the checkpoint's origin is not the key's name")
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tree, errors.New("the root is no hash")
	}
	copy(tree.Hash[:], root)
	return tree, nil
}

// onDisk reads tiles as c2sp.org/tlog-tiles names them: without the height that the Go checksum database writes.
type onDisk struct {
	folder string
	read   int
}

func (*onDisk) Height() int                     { return 8 }
func (*onDisk) SaveTiles([]tlog.Tile, [][]byte) {}
func (d *onDisk) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range tiles {
		bytes, err := os.ReadFile(filepath.Join(d.folder, strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		d.read++
		data = append(data, bytes)
	}
	return data, nil
}

func entryAt(folder string, size, id int64) ([]byte, error) {
	tile := tlog.Tile{H: 8, L: -1, N: id / 256, W: int(min(256, size-id/256*256))}
	path := strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
	bundle, err := os.ReadFile(filepath.Join(folder, path))
	if err != nil {
		return nil, err
	}
	for n := id % 256; ; n-- {
		if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
			return nil, fmt.Errorf("entry %d: the bundle is too short", id)
		}
		end := 2 + int(binary.BigEndian.Uint16(bundle))
		if n == 0 {
			return bundle[2:end], nil
		}
		bundle = bundle[end:]
	}
}
