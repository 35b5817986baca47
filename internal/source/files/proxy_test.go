package files_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"
)

// proxy is a server between a client and a real one, which breaks what it is
// told to break.
type proxy struct {
	*httptest.Server
	requests atomic.Int64
	// breaks answers a request in its own way and reports true, or leaves it to
	// the real server. n counts the requests from 1.
	breaks func(w http.ResponseWriter, r *http.Request, n int64) bool
	// cut, if above 0, is how many bytes of each body pass before the
	// connection breaks.
	cut atomic.Int64
}

func newProxy(t *testing.T, endpoint string, breaks func(w http.ResponseWriter, r *http.Request, n int64) bool) *proxy {
	target, err := url.Parse(endpoint)
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{breaks: breaks}
	real := &httputil.ReverseProxy{
		ErrorLog:      quiet,
		FlushInterval: -1, // what passed before a break arrives
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Host = r.In.Host // it is part of what is signed
		},
		ModifyResponse: func(r *http.Response) error {
			if n := p.cut.Load(); n > 0 {
				r.Body = &cutBody{r.Body, n}
			}
			return nil
		},
	}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := p.requests.Add(1)
		if p.breaks == nil || !p.breaks(w, r, n) {
			real.ServeHTTP(w, r)
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

// refuse answers as S3 does.
func refuse(w http.ResponseWriter, status int, code, message string) bool {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	io.WriteString(w, "<?xml version=\"1.0\"?><Error><Code>"+code+"</Code><Message>"+message+"</Message></Error>")
	return true
}

// hangUp ends the connection without an answer.
func hangUp() bool { panic(http.ErrAbortHandler) }
