// A storage that speaks S3, for tests: it keeps what it is given in memory and refuses whatever is not signed with its
// keys (Signature Version 4, in headers and in links), or is signed for another time.
package main

import (
	"log"
	"net/http"
	"os"

	"github.com/rclone/gofakes3"
	"github.com/rclone/gofakes3/s3mem"
)

// Called with where to listen, the name of the key, and the key.
func main() {
	address, name, key := os.Args[1], os.Args[2], os.Args[3]
	storage := gofakes3.New(
		s3mem.New(),
		gofakes3.WithV4Auth(map[string]string{name: key}),
		gofakes3.WithAutoBucket(true),
	)
	log.Fatal(http.ListenAndServe(address, storage.Server()))
}
