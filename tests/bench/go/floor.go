// Package bench holds a warm header in Go against its floor and a peer. Run by warm_go.py.
package bench

// static void empty(void) {}
import "C"

// Empty is a call into C that does nothing: what a header would cost at least if it came from there.
func Empty() { C.empty() }
