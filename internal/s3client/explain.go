package s3client

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/atolldata/atoll/internal/fault"
)

// advice is what an S3 error code means to a user. The codes are those of
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html.
type advice struct {
	message string
	hint    string
	quote   bool // whether what the server says is repeated
}

var advices = map[string]advice{
	"InvalidAccessKeyId":    {message: "the access key id is not known there", hint: "check the credentials, and that they belong to this endpoint"},
	"SignatureDoesNotMatch": {message: "the secret access key is wrong", hint: "check the credentials for a cut or a blank"},
	"ExpiredToken":          {message: "the credentials have expired", hint: "renew them, for example with aws sso login"},
	"InvalidToken":          {message: "the session token is not valid", hint: "renew the credentials, for example with aws sso login"},
	"RequestTimeTooSkewed":  {message: "this machine's clock is wrong", hint: "set the clock"},
	"AccessDenied":          {message: "access is denied", hint: "let the credentials list the bucket and read its objects (s3:ListBucket, s3:GetObject; with versions also s3:GetBucketVersioning, s3:ListBucketVersions, s3:GetObjectVersion)", quote: true},
	"Forbidden":             {message: "access is denied", hint: "check the credentials, and let them read the bucket"}, // to HEAD, which has no text
	"InvalidObjectState":    {message: "the object is archived", hint: "restore it from the archive, or move it out of the source's url", quote: true},
	"NoSuchKey":             {message: "the object does not exist any more", hint: "keep objects where they are until they are loaded, or turn on versioning, or say copy: true in the source"},
	"NoSuchVersion":         {message: "this version of the object does not exist any more", hint: "keep old versions until they are loaded, or say copy: true in the source"},
	"PreconditionFailed":    {message: "the object changed after it was listed", hint: "the next run reads it as it is now; turn on versioning to keep what was there"},
}

// Explain turns an error of a call into a fault of code Source that says what
// was being done ("list s3://bucket/prefix"), what is wrong and what to do.
// Errors of a cancelled context and faults that the call met are kept.
func (c *Client) Explain(ctx context.Context, err error, doing string) error {
	var known *fault.Error
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &known):
		e := *known
		e.Message = fmt.Sprintf("cannot %s: %s", doing, e.Message)
		return &e
	}
	message, hint := c.reason(err)
	return &fault.Error{Code: fault.Source, Message: "cannot " + doing, Hint: hint, Cause: said{c.credentials.scrub(message), err}}
}

// said is an error whose text is ours and whose identity is the cause's.
type said struct {
	text  string
	cause error
}

func (s said) Error() string { return s.text }
func (s said) Unwrap() error { return s.cause }

func (c *Client) reason(err error) (message, hint string) {
	code, text, status, header := answer(err)
	if code == "" && status == 0 {
		return c.unreachable(err)
	}
	if region := rightRegion(header, text); region != "" && region != c.region {
		return fmt.Sprintf("the bucket %q is in region %q, not %q", c.Bucket, region, c.region),
			fmt.Sprintf("write ?region=%s in the url", region)
	}
	if code == "NoSuchBucket" {
		return fmt.Sprintf("the bucket %q does not exist", c.Bucket), "check the bucket's name and the endpoint in the url"
	}
	a, ok := advices[code]
	switch {
	case !ok && status >= 500 || code == "SlowDown":
		return fmt.Sprintf("the server answered %d %s, %d times", status, code, Attempts), "the next run tries again; look at the server if it stays so"
	case !ok:
		return fmt.Sprintf("the server answered %d %s: %s", status, code, text), "check the url, its region and its endpoint"
	case a.quote && text != "":
		return a.message + " (" + text + ")", a.hint
	}
	return a.message, a.hint
}

// answer takes a server's error answer apart; all is zero if there was none.
func answer(err error) (code, text string, status int, header http.Header) {
	var api smithy.APIError
	if errors.As(err, &api) {
		code, text = api.ErrorCode(), api.ErrorMessage()
	}
	var response *smithyhttp.ResponseError
	if errors.As(err, &response) && response.Response != nil {
		status, header = response.HTTPStatusCode(), response.Response.Header
	}
	return code, text, status, header
}

// rightRegion is the region that a server says the bucket is in: S3 puts it in
// a header of its redirects, and into the text of AuthorizationHeaderMalformed.
func rightRegion(header http.Header, text string) string {
	if region := header.Get("X-Amz-Bucket-Region"); region != "" {
		return region
	}
	_, after, _ := strings.Cut(text, "expecting ")
	return strings.Trim(after, `'"`)
}

func (c *Client) unreachable(err error) (message, hint string) {
	where := c.endpoint
	if where == "" {
		where = "Amazon S3 in region " + c.region
	}
	hint = "check the endpoint in the url, and that this machine can reach it"
	var dns *net.DNSError
	var at *url.Error
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return fmt.Sprintf("%s was silent for %v, %d times", where, c.pace.Patience, Attempts), hint
	case errors.As(err, &dns):
		return fmt.Sprintf("the host %q is not known", dns.Name), hint
	case errors.As(err, &at):
		return fmt.Sprintf("%s cannot be reached: %v", where, at.Err), hint
	}
	return fmt.Sprintf("%s failed: %v", where, err), hint
}
