package bmauth

// extern int alive;
import "C"

// alive counts the objects of the fake library; tests themselves cannot speak to C.
func alive() int { return int(C.alive) }

// ErrCancelled is asked for by call.go; the tiny table has no such row, and no call ends with it.
const ErrCancelled Code = 1000
