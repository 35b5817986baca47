package testenv

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"
)

// Proxy is a server between a client and a real one, which breaks what it is
// told to break.
type Proxy struct {
	*httptest.Server
	Requests atomic.Int64
	// Breaks answers a request in its own way and reports true, or leaves it to
	// the real server. n counts the requests from 1.
	Breaks func(w http.ResponseWriter, r *http.Request, n int64) bool
	// Cut, if above 0, is how many bytes of each body pass before the
	// connection breaks.
	Cut atomic.Int64
}

// NewProxy starts a proxy before a server, until the test ends. Breaks may be nil.
func NewProxy(t testing.TB, endpoint string, breaks func(w http.ResponseWriter, r *http.Request, n int64) bool) *Proxy {
	target, err := url.Parse(endpoint)
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{Breaks: breaks}
	quiet := log.New(io.Discard, "", 0)
	onward := &httputil.ReverseProxy{
		ErrorLog:      quiet,
		FlushInterval: -1, // what passed before a break arrives
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Host = r.In.Host // it is part of what is signed
		},
		ModifyResponse: func(r *http.Response) error {
			if n := p.Cut.Load(); n > 0 {
				r.Body = &cutBody{r.Body, n}
			}
			return nil
		},
	}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := p.Requests.Add(1)
		if p.Breaks == nil || !p.Breaks(w, r, n) {
			onward.ServeHTTP(w, r)
		}
	}))
	p.Config.ErrorLog = quiet
	t.Cleanup(p.Close)
	return p
}

// cutBody is a body that breaks after n bytes.
type cutBody struct {
	io.ReadCloser
	n int64
}

func (c *cutBody) Read(p []byte) (int, error) {
	if c.n == 0 {
		return 0, io.ErrUnexpectedEOF
	}
	n, err := c.ReadCloser.Read(p[:min(int64(len(p)), c.n)])
	c.n -= int64(n)
	return n, err
}

// Refuse answers as S3 does.
func Refuse(w http.ResponseWriter, status int, code, message string) bool {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	io.WriteString(w, "<?xml version=\"1.0\"?><Error><Code>"+code+"</Code><Message>"+message+"</Message></Error>")
	return true
}

// HangUp ends the connection without an answer.
func HangUp() bool { panic(http.ErrAbortHandler) }
