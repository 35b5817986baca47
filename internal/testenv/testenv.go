// Package testenv starts the real servers that tests talk to. Each server is a
// process of its own, on a free port of the loopback interface or on a socket in
// a folder, with its data in a temporary folder; it ends with the test.
//
// The server of the S3 protocol is built from tools/ into .cache/bin by make
// tools, so that tests need no network; PostgreSQL comes with the system
// (tools/setup.sh). A program that is missing fails the test, except under go
// test -short, which skips it.
package testenv

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// S3Server is a running server of the S3 protocol.
type S3Server struct {
	Endpoint        string // http://127.0.0.1:PORT
	Region          string
	AccessKeyID     string
	SecretAccessKey string
	Client          *s3.Client // of the server's owner
}

// startup is how long a server may take until it answers.
const startup = 30 * time.Second

// S3 starts a server of the S3 protocol and points the usual AWS chain at its
// credentials, and at nothing else, for the rest of the test.
func S3(t testing.TB) *S3Server {
	t.Helper()
	program := tool(t, "versitygw")
	s := &S3Server{Region: "us-east-1", AccessKeyID: "ATOLLTESTKEYID", SecretAccessKey: "atoll-test-secret-access-key"}
	dir := t.TempDir()
	for _, sub := range []string{"data", "versions", "sidecar", "iam"} {
		if err := os.Mkdir(filepath.Join(dir, sub), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	address := freeAddress(t)
	s.Endpoint = "http://" + address
	start(t, s.Endpoint, program,
		"--port", address, "--access", s.AccessKeyID, "--secret", s.SecretAccessKey, "--region", s.Region, "--quiet", "--keep-alive",
		"--iam-dir", filepath.Join(dir, "iam"), // without it unknown users are answered in another way than S3's
		"posix", "--versioning-dir", filepath.Join(dir, "versions"), "--sidecar", filepath.Join(dir, "sidecar"), filepath.Join(dir, "data"))
	s.Client = s3.New(s3.Options{
		BaseEndpoint: &s.Endpoint, Region: s.Region, UsePathStyle: true,
		Credentials: credentials.NewStaticCredentialsProvider(s.AccessKeyID, s.SecretAccessKey, ""),
	})
	s.SetEnvironment(t)
	return s
}

// SetEnvironment makes the usual AWS chain find the server's credentials.
func (s *S3Server) SetEnvironment(t testing.TB) {
	t.Helper()
	NoCredentials(t)
	t.Setenv("AWS_ACCESS_KEY_ID", s.AccessKeyID)
	t.Setenv("AWS_SECRET_ACCESS_KEY", s.SecretAccessKey)
}

// NoCredentials makes the usual AWS chain find nothing.
func NoCredentials(t testing.TB) {
	t.Helper()
	for _, name := range []string{
		"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION",
		"AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
	} {
		t.Setenv(name, "")
	}
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	t.Setenv("AWS_CONFIG_FILE", os.DevNull)
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", os.DevNull)
}

// CreateBucket makes a bucket, which keeps versions if versioned is set.
func (s *S3Server) CreateBucket(t testing.TB, name string, versioned bool) {
	t.Helper()
	if _, err := s.Client.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: &name}); err != nil {
		t.Fatal(err)
	}
	if versioned {
		_, err := s.Client.PutBucketVersioning(t.Context(), &s3.PutBucketVersioningInput{
			Bucket:                  &name,
			VersioningConfiguration: &types.VersioningConfiguration{Status: types.BucketVersioningStatusEnabled},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Put writes an object.
func (s *S3Server) Put(t testing.TB, bucket, key string, content []byte) {
	t.Helper()
	_, err := s.Client.PutObject(t.Context(), &s3.PutObjectInput{Bucket: &bucket, Key: &key, Body: bytes.NewReader(content)})
	if err != nil {
		t.Fatal(err)
	}
}

// Delete removes an object; in a bucket that keeps versions it stays as an
// older version.
func (s *S3Server) Delete(t testing.TB, bucket, key string) {
	t.Helper()
	if _, err := s.Client.DeleteObject(t.Context(), &s3.DeleteObjectInput{Bucket: aws.String(bucket), Key: aws.String(key)}); err != nil {
		t.Fatal(err)
	}
}

// start runs a program until the test ends, and returns once the server at url
// answers. What the program said is logged if the test fails.
func start(t testing.TB, url, program string, args ...string) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = []string{"HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
	serve(t, cmd, stop, func() error {
		answer, err := http.Get(url)
		if err == nil {
			answer.Body.Close()
		}
		return err
	})
}

// serve runs a server until the test ends, which calls stop, and returns once
// ready finds no error.
func serve(t testing.TB, cmd *exec.Cmd, stop func(), ready func() error) {
	t.Helper()
	program := filepath.Base(cmd.Path)
	var said bytes.Buffer // read only after the process ended
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		stop()
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait(); close(ended) }()
	t.Cleanup(func() {
		stop()
		<-ended
		if t.Failed() && said.String() != "" {
			t.Logf("%s said:\n%s", program, said.String())
		}
	})
	poll := time.NewTicker(10 * time.Millisecond)
	defer poll.Stop()
	late := time.After(startup)
	for {
		failed := ready()
		if failed == nil {
			return
		}
		select {
		case err := <-ended:
			t.Fatalf("%s ended: %v", program, err)
		case <-late:
			t.Fatalf("%s does not answer: %v", program, failed)
		case <-poll.C:
		}
	}
}

// freeAddress is an address that nothing listens at.
func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// tool is the path of a program that make tools builds.
func tool(t testing.TB, name string) string {
	t.Helper()
	program, err := locate(name)
	if err != nil && testing.Short() {
		t.Skipf("%v: run make tools", err)
	}
	if err != nil {
		t.Fatalf("%v: run make tools", err)
	}
	return program
}

// locate looks for .cache/bin at the module's root, above the test's folder.
func locate(name string) (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			program := filepath.Join(dir, ".cache", "bin", name)
			_, err := os.Stat(program)
			return program, err
		}
		if dir == filepath.Dir(dir) {
			return "", fmt.Errorf("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
}
