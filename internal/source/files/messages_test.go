package files_test

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/source/files"
	"github.com/atolldata/atoll/internal/testenv"
)

// listErr lists a source and returns the error there must be.
func listErr(t *testing.T, s *project.Source) error {
	t.Helper()
	s.Name, s.Type = "src", "files"
	f, err := files.Open(t.Context(), s, "unused", fast)
	if err == nil {
		_, err = f.List(t.Context(), &project.Table{Match: "**"})
	}
	if err == nil {
		t.Fatalf("%s can be listed", s.URL)
	}
	return err
}

func TestMessagesOfARealServer(t *testing.T) {
	server := testenv.S3(t)
	server.CreateBucket(t, "bucket", false)
	t.Setenv("WRONG_ID", "WRONGACCESSKEYID")
	t.Setenv("RIGHT_ID", server.AccessKeyID)
	t.Setenv("WRONG_SECRET", "wrong-secret-access-key")
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	free.Close() // nothing listens there any more
	at := "?endpoint=" + server.Endpoint
	for _, c := range []struct{ name, url, id, want string }{
		{"bucket", "s3://missing/pre" + at, "",
			`the bucket "missing" does not exist (check the bucket's name and the endpoint in the url)`},
		{"region", "s3://bucket/pre" + at + "&region=eu-west-1", "",
			`the bucket "bucket" is in region "us-east-1", not "eu-west-1" (write ?region=us-east-1 in the url)`},
		{"id", "s3://bucket/pre" + at, "${env:WRONG_ID}",
			`the access key id is not known there (check the credentials, and that they belong to this endpoint)`},
		{"secret", "s3://bucket/pre" + at, "${env:RIGHT_ID}",
			`the secret access key is wrong (check the credentials for a cut or a blank)`},
		{"unset", "s3://bucket/pre" + at, "${env:UNSET_ID}",
			`the environment variable "UNSET_ID" is not set (export it, or change the reference ${env:UNSET_ID})`},
		{"endpoint", "s3://bucket/pre?endpoint=http://" + free.Addr().String(), "",
			`http://` + free.Addr().String() + ` cannot be reached: dial tcp ` + free.Addr().String() + `: connect: connection refused (check the endpoint in the url, and that this machine can reach it)`},
		{"host", "s3://bucket/pre?endpoint=http://nowhere.invalid", "",
			`the host "nowhere.invalid" is not known (check the endpoint`},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &project.Source{URL: project.NewSecret(c.url)}
			if c.id != "" {
				s.AccessKeyID, s.SecretAccessKey = project.NewSecret(c.id), project.NewSecret("${env:WRONG_SECRET}")
			}
			err := listErr(t, s)
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
			if code := fault.CodeOf(err); code != fault.Source && c.name != "unset" {
				t.Errorf("code %s", code)
			}
			noSecrets(t, err, server.AccessKeyID, server.SecretAccessKey, "WRONGACCESSKEYID", "wrong-secret-access-key")
		})
	}
}

// I5: no credential is in an error, however it is printed.
func noSecrets(t *testing.T, err error, secrets ...string) {
	t.Helper()
	for _, text := range []string{err.Error(), fmt.Sprintf("%+v", err), fault.All(err)[0].Pretty()} {
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("the error holds a credential: %s", text)
			}
		}
	}
}

// What Amazon S3 answers and the test's server does not, as its documentation
// gives it. The answers repeat the credentials, and the messages must not.
func TestMessagesOfAmazonS3(t *testing.T) {
	t.Setenv("GOOD_ID", "THEACCESSKEYID")
	t.Setenv("GOOD_SECRET", "the-secret-access-key")
	for _, c := range []struct {
		code, message string
		status        int
		header        string
		want          string
	}{
		{"PermanentRedirect", "The bucket you are attempting to access must be addressed using the specified endpoint.", 301, "eu-central-1",
			`the bucket "bucket" is in region "eu-central-1", not "us-east-1" (write ?region=eu-central-1 in the url)`},
		{"AuthorizationHeaderMalformed", "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-central-1'", 400, "",
			`the bucket "bucket" is in region "eu-central-1", not "us-east-1"`},
		{"ExpiredToken", "The provided token THEACCESSKEYID has expired.", 400, "", `the credentials have expired (renew them`},
		{"InvalidToken", "The token the-secret-access-key is malformed", 400, "", `the session token is not valid (renew`},
		{"SignatureDoesNotMatch", "StringToSign the-secret-access-key", 403, "us-east-1", `the secret access key is wrong (`},
		{"InvalidAccessKeyId", "THEACCESSKEYID does not exist", 403, "", `the access key id is not known there (`},
		{"RequestTimeTooSkewed", "The difference is too large", 403, "", `this machine's clock is wrong (set the clock)`},
		{"AccessDenied", "User arn:aws:iam::1:user/u may not do s3:ListBucket", 403, "",
			`access is denied (User arn:aws:iam::1:user/u may not do s3:ListBucket) (let the credentials list the bucket`},
		{"OddError", "odd things happen with THEACCESSKEYID", 400, "", `the server answered 400 OddError: odd things happen with *** (check the url`},
	} {
		t.Run(c.code, func(t *testing.T) {
			p := testenv.NewProxy(t, "http://unused.invalid", func(w http.ResponseWriter, _ *http.Request, _ int64) bool {
				if c.header != "" {
					w.Header().Set("X-Amz-Bucket-Region", c.header)
				}
				return testenv.Refuse(w, c.status, c.code, c.message)
			})
			err := listErr(t, &project.Source{
				URL: project.NewSecret("s3://bucket/pre?endpoint=" + p.URL), Copy: true,
				AccessKeyID: project.NewSecret("${env:GOOD_ID}"), SecretAccessKey: project.NewSecret("${env:GOOD_SECRET}"),
			})
			if want := `cannot list "s3://bucket/pre/": ` + c.want; !strings.HasPrefix(err.Error(), want) {
				t.Errorf("got  %v\nwant %s", err, want)
			}
			noSecrets(t, err, "THEACCESSKEYID", "the-secret-access-key")
		})
	}
}

// Credentials that may not ask about versions can still be used, by copying.
func TestVersioningThatMayNotBeAsked(t *testing.T) {
	server := testenv.S3(t)
	server.CreateBucket(t, "bucket", true)
	server.Put(t, "bucket", "pre/a.json", []byte("{}"))
	answer := func(w http.ResponseWriter) bool { return testenv.Refuse(w, 403, "AccessDenied", "no") }
	p := testenv.NewProxy(t, server.Endpoint, func(w http.ResponseWriter, r *http.Request, _ int64) bool {
		_, versioning := r.URL.Query()["versioning"]
		return versioning && answer(w)
	})
	err := listErr(t, &project.Source{URL: project.NewSecret("s3://bucket/pre?endpoint=" + p.URL)})
	want := `cannot see whether the bucket "bucket" keeps versions: access is denied (no) (let the credentials do s3:GetBucketVersioning, or write copy: true in the source to copy its objects into the lake)`
	if err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if found := list(t, remote(t, p.URL, "bucket", true), "*"); len(found) != 1 {
		t.Errorf("found %v", found)
	}
	answer = func(w http.ResponseWriter) bool { return testenv.Refuse(w, 501, "NotImplemented", "no") }
	if found := list(t, remote(t, p.URL, "bucket", false), "*"); len(found) != 1 || !strings.HasPrefix(found[0].Version, `"`) {
		t.Errorf("found %v", found)
	}
}

func TestCredentialsOfTheUsualChain(t *testing.T) {
	server := testenv.S3(t)
	server.CreateBucket(t, "bucket", false)
	server.Put(t, "bucket", "pre/a.json", []byte("{}"))
	url := "s3://bucket/pre?endpoint=" + server.Endpoint

	testenv.NoCredentials(t)
	err := listErr(t, &project.Source{URL: project.NewSecret(url)})
	if want := `no AWS credentials were found (set AWS_ACCESS_KEY_ID`; !strings.Contains(err.Error(), want) || fault.CodeOf(err) != fault.Source {
		t.Errorf("got %v, want %s", err, want)
	}

	profile := filepath.Join(t.TempDir(), "credentials")
	text := fmt.Sprintf("[team]\naws_access_key_id = %s\naws_secret_access_key = %s\n", server.AccessKeyID, server.SecretAccessKey)
	if err := os.WriteFile(profile, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", profile)
	t.Setenv("AWS_PROFILE", "team")
	if found := list(t, remote(t, server.Endpoint, "bucket", false), "*"); len(found) != 1 {
		t.Errorf("with a profile: found %v", found)
	}
	t.Setenv("AWS_PROFILE", "other")
	err = listErr(t, &project.Source{URL: project.NewSecret(url)})
	if !strings.Contains(err.Error(), "the AWS configuration cannot be read") || !strings.Contains(err.Error(), "AWS_PROFILE") {
		t.Errorf("with a missing profile: %v", err)
	}

	testenv.NoCredentials(t)
	t.Setenv("THE_ID", server.AccessKeyID)
	t.Setenv("THE_SECRET", server.SecretAccessKey)
	s := openFiles(t, &project.Source{
		URL: project.NewSecret(url), AccessKeyID: project.NewSecret("${env:THE_ID}"), SecretAccessKey: project.NewSecret("${env:THE_SECRET}"),
	}, "unused", fast)
	if found := list(t, s, "*"); len(found) != 1 {
		t.Errorf("with credentials of the source: found %v", found)
	}
}

func TestRegionMustBeKnown(t *testing.T) {
	testenv.NoCredentials(t)
	err := listErr(t, &project.Source{
		URL: project.NewSecret("s3://bucket/pre"), Pos: fault.Position{File: "sources/src.yaml", Line: 1, Column: 9},
	})
	if want := `sources/src.yaml:1:9: the region of the bucket "bucket" is not known (write ?region=... in the url, or set AWS_REGION)`; err.Error() != want || fault.CodeOf(err) != fault.Config {
		t.Errorf("got %v, want %s", err, want)
	}
	t.Setenv("AWS_REGION", "eu-west-1")
	if _, err := files.Open(t.Context(), &project.Source{URL: project.NewSecret("s3://bucket/pre")}, "unused", fast); err != nil {
		t.Error(err)
	}
}
