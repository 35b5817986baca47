package testenv_test

import (
	"io"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/jackc/pgx/v5"

	"github.com/atolldata/atoll/internal/testenv"
)

func TestS3KeepsWhatIsPut(t *testing.T) {
	s := testenv.S3(t)
	s.CreateBucket(t, "bucket", false)
	s.Put(t, "bucket", "folder/key", []byte("content"))
	bucket, key := "bucket", "folder/key"
	o, err := s.Client.GetObject(t.Context(), &s3.GetObjectInput{Bucket: &bucket, Key: &key})
	if err != nil {
		t.Fatal(err)
	}
	defer o.Body.Close()
	if got, err := io.ReadAll(o.Body); err != nil || string(got) != "content" {
		t.Fatalf("got %q, %v", got, err)
	}
}

func TestPostgresComparesBytes(t *testing.T) {
	conn, err := pgx.Connect(t.Context(), testenv.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	var less bool
	var upper string
	if err := conn.QueryRow(t.Context(), "SELECT 'B' < 'a', upper('é')").Scan(&less, &upper); err != nil || !less || upper != "É" {
		t.Fatalf("got %v and %q, %v", less, upper, err)
	}
}
