package bench

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"basicmemory.com/bmauth"
	"golang.org/x/oauth2"
)

// bytes keeps the compiler from leaving out what is measured.
var bytes int

func BenchmarkEmptyCgo(b *testing.B) {
	for i := 0; i < b.N; i++ {
		Empty()
	}
}

func BenchmarkHeader(b *testing.B) {
	client, err := bmauth.NewClient(bmauth.WithDataDir(os.Getenv("BENCH_DATA_DIR")))
	if err != nil {
		b.Fatal(err)
	}
	defer client.Close()
	ctx := context.Background()
	if _, err := client.Header(ctx, bmauth.PurposeAccount); err != nil {
		b.Fatal(err)
	}
	count := 0
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		value, err := client.Header(ctx, bmauth.PurposeAccount)
		if err != nil {
			b.Fatal(err)
		}
		count += len(value.Reveal())
	}
	bytes = count
}

// BenchmarkXOAuth2 is what x/oauth2 keeps in memory: under a mutex, its expiry compared with the clock.
func BenchmarkXOAuth2(b *testing.B) {
	kept := &oauth2.Token{AccessToken: strings.Repeat("a", 1024), Expiry: time.Now().Add(time.Hour)}
	source := oauth2.ReuseTokenSource(kept, nil)
	count := 0
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		token, err := source.Token()
		if err != nil {
			b.Fatal(err)
		}
		count += len(token.AccessToken)
	}
	bytes = count
}
