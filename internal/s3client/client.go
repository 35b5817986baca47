package s3client

import (
	"cmp"
	"context"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
)

// Attempts is how often a call is tried before its error is final.
const Attempts = 5

// DefaultRegion is what a server that is not AWS is told, unless the project or
// the environment names a region. It is the region such servers default to.
const DefaultRegion = "us-east-1"

// Options say how to reach a bucket beside where it is.
type Options struct {
	// AccessKeyID and SecretAccessKey are the credentials to use; if zero, the
	// usual AWS chain is asked.
	AccessKeyID, SecretAccessKey project.Secret
	Pace
}

// Pace says how long to wait. Zero means the defaults.
type Pace struct {
	MaxBackoff time.Duration // the longest pause between two attempts; 20 seconds
	Patience   time.Duration // how long a connection may be silent; a minute
}

// Client is a client for one bucket. It may be used from any goroutine.
type Client struct {
	*s3.Client
	Bucket      string
	region      string
	endpoint    string
	pace        Pace
	credentials *chain
}

// New makes a client for the bucket of a location, without calling it. Errors
// are faults of code Config.
func New(ctx context.Context, at project.Location, o Options) (*Client, error) {
	o.MaxBackoff, o.Patience = cmp.Or(o.MaxBackoff, 20*time.Second), cmp.Or(o.Patience, time.Minute)
	options := []func(*config.LoadOptions) error{
		config.WithHTTPClient(patientClient(o.Patience)),
		config.WithRetryer(func() aws.Retryer {
			return retry.NewStandard(func(r *retry.StandardOptions) {
				r.MaxAttempts, r.MaxBackoff = Attempts, o.MaxBackoff
			})
		}),
	}
	if at.Region != "" {
		options = append(options, config.WithRegion(at.Region))
	}
	if !o.AccessKeyID.IsZero() {
		given, err := reveal(o)
		if err != nil {
			return nil, err
		}
		options = append(options, config.WithCredentialsProvider(given))
	}
	cfg, err := config.LoadDefaultConfig(ctx, options...)
	if err != nil {
		return nil, fault.Wrap(err, fault.Config, "the AWS configuration cannot be read").
			WithHint("check AWS_PROFILE and the files ~/.aws/config and ~/.aws/credentials")
	}
	if cfg.Region == "" && at.Endpoint == "" && cfg.BaseEndpoint == nil {
		return nil, fault.New(fault.Config, "the region of the bucket %q is not known", at.Bucket).
			WithHint("write ?region=... in the url, or set AWS_REGION")
	}
	cfg.Region = cmp.Or(cfg.Region, DefaultRegion)
	asked := &chain{of: cfg.Credentials}
	cfg.Credentials = asked
	return &Client{
		Client: s3.NewFromConfig(cfg, func(c *s3.Options) { reach(c, at.Endpoint) }),
		Bucket: at.Bucket, region: cfg.Region, pace: o.Pace, credentials: asked,
		endpoint: cmp.Or(at.Endpoint, aws.ToString(cfg.BaseEndpoint)),
	}, nil
}

// reach sets what differs between AWS and other servers. Few of those have a
// host name for each bucket, and not all know AWS's newer checksums.
func reach(c *s3.Options, endpoint string) {
	c.DisableLogOutputChecksumValidationSkipped = true
	if endpoint != "" {
		c.BaseEndpoint = aws.String(endpoint)
	}
	if c.BaseEndpoint != nil {
		c.UsePathStyle = true
		c.RequestChecksumCalculation = aws.RequestChecksumCalculationWhenRequired
	}
}

func reveal(o Options) (aws.CredentialsProvider, error) {
	id, err := o.AccessKeyID.Reveal()
	if err != nil {
		return nil, err
	}
	secret, err := o.SecretAccessKey.Reveal()
	if err != nil {
		return nil, err
	}
	return credentials.NewStaticCredentialsProvider(id, secret, ""), nil
}

// chain asks for credentials as the source or the environment gives them. It
// remembers them, to keep them out of messages.
type chain struct {
	of   aws.CredentialsProvider
	mu   sync.Mutex
	last aws.Credentials
}

// Retrieve asks for credentials. The text of the chain's error may repeat parts
// of a profile, so only a fault is told.
func (c *chain) Retrieve(ctx context.Context) (aws.Credentials, error) {
	found, err := c.of.Retrieve(ctx)
	if err != nil && ctx.Err() == nil {
		return found, fault.New(fault.Source, "no AWS credentials were found").
			WithHint("set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, choose a profile with AWS_PROFILE, attach a role to the machine, or give the source access_key_id and secret_access_key")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last = found
	return found, err
}

// scrub takes the credentials out of a text.
func (c *chain) scrub(text string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, secret := range []string{c.last.SecretAccessKey, c.last.SessionToken, c.last.AccessKeyID} {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, "***")
		}
	}
	return text
}
