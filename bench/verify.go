package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/atolldata/atoll/internal/lake"
)

// verify compares what a load left with what was generated: the rows, the
// ledger in the warehouse and in the lake, and the manifests.
func (a atoll) verify(ctx context.Context, d dataset) error {
	if err := a.verifyRows(ctx, d); err != nil {
		return err
	}
	sums, err := d.checksums()
	if err != nil {
		return err
	}
	ledger, err := a.query(ctx, d, "SELECT checksum, rows_loaded, rows_rejected FROM atoll.files WHERE state = 'loaded' ORDER BY uri")
	if err != nil {
		return err
	}
	var want []string
	for i, sum := range sums {
		from, to := d.part(i)
		rejected := 0
		if i+1 == d.bad {
			rejected = 1
		}
		want = append(want, fmt.Sprintf("%s %d %d", sum, to-from-int64(rejected), rejected))
	}
	if err := same("the ledger", strings.Join(ledger, "\n"), strings.Join(want, "\n")); err != nil {
		return err
	}
	return verifyLake(ctx, d, sums)
}

// verifyRows compares counts and sums of the rows, and the one reject.
func (a atoll) verifyRows(ctx context.Context, d dataset) error {
	got, err := a.query(ctx, d, `SELECT COUNT(*), SUM(message_id), SUM(campaign_id), SUM(LEN(phone)), SUM(LEN(body)),
		TO_CHAR(MIN(sent_at), 'YYYY-MM-DD HH24:MI:SS.MS'), TO_CHAR(MAX(sent_at), 'YYYY-MM-DD HH24:MI:SS.MS') FROM bench.messages`)
	if err != nil {
		return err
	}
	_, lost := d.part(d.bad - 1)
	lost-- // the last row of the file that is bad
	var rows, ids, campaign, phones, bodies int64
	var scratch []byte
	for n := range d.rows {
		if d.bad > 0 && n == lost {
			continue
		}
		rows, ids, campaign = rows+1, ids+n, campaign+campaignOf(n)
		scratch = appendBody(scratch[:0], n)
		bodies += int64(len(scratch))
		phones += int64(len("+15550000000"))
	}
	want := fmt.Sprintf("%d %d %d %d %d %s %s", rows, ids, campaign, phones, bodies,
		sentAt(0).Format(timeLayout), sentAt(d.rows-1).Format(timeLayout))
	if err := same("the table", strings.Join(got, "\n"), want); err != nil {
		return err
	}
	rejects, err := a.query(ctx, d, "SELECT line, column_name FROM atoll.rejects")
	if err != nil {
		return err
	}
	want = ""
	if d.bad > 0 {
		from, to := d.part(d.bad - 1)
		want = fmt.Sprintf("%d campaign_id", to-from)
	}
	return same("the rejects", strings.Join(rejects, "\n"), want)
}

// query answers a query through the binary: a line a row, values in their order.
func (a atoll) query(ctx context.Context, d dataset, text string) ([]string, error) {
	cmd := exec.CommandContext(ctx, string(a), "-C", d.dir, "query", "--quiet", "-o", "csv", text)
	var said bytes.Buffer
	cmd.Stderr = &said
	answer, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, said.String())
	}
	lines := strings.Split(strings.TrimSpace(string(answer)), "\n")
	for i := range lines {
		lines[i] = strings.ReplaceAll(strings.TrimSpace(lines[i]), ",", " ")
	}
	return lines[1:], nil // without the header
}

// verifyLake compares the committed batches, and the files that their manifests
// name, with the files' checksums.
func verifyLake(ctx context.Context, d dataset, sums []string) error {
	l, err := lake.Open(ctx, "file://.atoll/lake", d.dir)
	if err != nil {
		return err
	}
	defer l.Close()
	batches, err := l.Committed(ctx)
	if err != nil {
		return err
	}
	left := map[string]bool{} // checksums that were not met yet
	for _, sum := range sums {
		left[sum] = true
	}
	for _, b := range batches {
		for _, f := range b.Files {
			if f.State != lake.Loaded || !left[f.Checksum] {
				return fmt.Errorf("the lake has %q as %s, with the checksum %s", f.URI, f.State, f.Checksum)
			}
			delete(left, f.Checksum)
		}
		if err := verifyManifest(d, b); err != nil {
			return err
		}
	}
	if len(left) > 0 {
		return fmt.Errorf("the lake's committed batches lack %d of %d files", len(left), len(sums))
	}
	return nil
}

// verifyManifest compares a batch's manifest with its files: the same names,
// and objects of the size that it says.
func verifyManifest(d dataset, b lake.Batch) error {
	text, err := os.ReadFile(filepath.Join(d.dir, ".atoll", "lake", "manifests", fmt.Sprintf("%010d", b.Number), "bench.messages.manifest"))
	if err != nil {
		return err
	}
	var manifest struct {
		Entries []struct {
			URL  string
			Meta struct {
				Length int64 `json:"content_length"`
			}
		}
	}
	if err := json.Unmarshal(text, &manifest); err != nil {
		return err
	}
	got, want := map[string]int64{}, map[string]int64{}
	for _, e := range manifest.Entries {
		got[filepath.Base(e.URL)] = e.Meta.Length
	}
	for _, f := range b.Files {
		info, err := os.Stat(filepath.Join(d.dir, ".atoll", "lake", filepath.FromSlash(f.Object)))
		if err != nil {
			return err
		}
		want[filepath.Base(f.Object)] = info.Size()
	}
	if !maps.Equal(got, want) {
		return fmt.Errorf("the manifest of batch %d names %v, the batch %v", b.Number, got, want)
	}
	return nil
}

// checksums are the files' SHA-256 in hex, in their order.
func (d dataset) checksums() ([]string, error) {
	sums := make([]string, d.files)
	for i := range sums {
		f, err := os.Open(d.file(i))
		if err != nil {
			return nil, err
		}
		hash := sha256.New()
		_, err = io.Copy(hash, f)
		f.Close()
		if err != nil {
			return nil, err
		}
		sums[i] = hex.EncodeToString(hash.Sum(nil))
	}
	return sums, nil
}

// same is an error that says what differs.
func same(what, got, want string) error {
	if got == want {
		return nil
	}
	return fmt.Errorf("%s holds\n%s\ninstead of\n%s", what, got, want)
}
