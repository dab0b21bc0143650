module bench

go 1.19

require (
	basicmemory.com/bmauth v0.1.0
	golang.org/x/oauth2 v0.26.0
)

replace basicmemory.com/bmauth => ../../../bindings/go
