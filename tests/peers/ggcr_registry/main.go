// ggcr-registry serves the registry of github.com/google/go-containerregistry from memory, with the referrers API, on a
// free port of loopback: the third implementation that lockstep's registry client is tested against. Its log has the
// words of the other two.
package main

import (
	"io"
	"log"
	"net"
	"net/http"

	"github.com/google/go-containerregistry/pkg/registry"
)

// answer remembers its status.
type answer struct {
	http.ResponseWriter
	status int
}

func (a *answer) WriteHeader(status int) {
	a.status = status
	a.ResponseWriter.WriteHeader(status)
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	images := registry.New(registry.WithReferrersSupport(true), registry.Logger(log.New(io.Discard, "", 0)))
	log.Printf("msg=%q", "listening on "+listener.Addr().String())
	log.Fatal(http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := &answer{ResponseWriter: w, status: http.StatusOK}
		images.ServeHTTP(a, r)
		log.Printf("msg=\"response completed\" http.request.method=%s http.request.uri=%q http.response.status=%d",
			r.Method, r.RequestURI, a.status)
	})))
}
