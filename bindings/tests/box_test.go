// What the Go files make of every pattern, over the fake library.
package bmauth

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

func labelled(t *testing.T, label string) *Box {
	t.Helper()
	box, err := NewBox(nil)
	must(t, err)
	must(t, box.SetLabel(label))
	return box
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func equal[T comparable](t *testing.T, what string, seen, wanted T) {
	t.Helper()
	if seen != wanted {
		t.Errorf("%s is %v, not %v", what, seen, wanted)
	}
}

func TestGettersGiveWhatIsThere(t *testing.T) {
	box := labelled(t, "books")
	defer box.Close()
	equal(t, "what a setter set", box.Label(), "books")
	equal(t, "a secret", box.Secret().Reveal(), "CANARY word")
	equal(t, "a secret, printed", strings.Contains(fmt.Sprintf("%v %+v", box.Secret(), box), "CANARY"), false)
	equal(t, "an unknown number", box.Color(), Color(7))
	equal(t, "its name", box.Color().String(), "unknown")
	equal(t, "a known one's", ColorBlue.String(), "blue")
	equal(t, "a list of pairs", fmt.Sprint(box.Pairs()), "[{Authorization first} {X-Workspace-ID second}]")
	equal(t, "a free function", VersionNumber() > 0, true)
}

func TestAConstructorTakesAnotherObjectOrNone(t *testing.T) {
	model := labelled(t, "model")
	defer model.Close()
	like, err := NewBox(model)
	must(t, err)
	defer like.Close()
	equal(t, "copied from the model", like.Label(), "model")
	model.Close()
	_, err = NewBox(model)
	equal(t, "a closed model is refused", errors.Is(err, ErrInvalidArgument), true)
}

func TestManyInputsAreAStruct(t *testing.T) {
	box := labelled(t, "books")
	defer box.Close()
	fallen, err := box.Put(context.Background(), PutRequest{Thing: "a book", Patience: time.Second})
	must(t, err)
	equal(t, "a text that is given", fallen.Label(), "a book")
	fallen.Close()
	fallen, err = box.Put(context.Background(), PutRequest{})
	must(t, err)
	equal(t, "one that is not", fallen.Label(), "")
	fallen.Close()
	_, err = box.Put(context.Background(), PutRequest{Thing: "a\x00b"})
	equal(t, "a text with NUL", errors.Is(err, ErrInvalidArgument), true)
}

func TestFailuresAreErrorsWithTheirFacts(t *testing.T) {
	box := labelled(t, "books")
	defer box.Close()
	_, err := box.Put(context.Background(), PutRequest{IsHeavy: true})
	var failure *Error
	equal(t, "its code", errors.Is(err, ErrBoxFull) && errors.As(err, &failure), true)
	equal(t, "its message", failure.Message, "no room")
	equal(t, "a duration", failure.RetryAfter, 1500*time.Millisecond)
}

func TestSeveralOutputsComeTogether(t *testing.T) {
	box := labelled(t, "books")
	defer box.Close()
	isHeavy, settle, err := box.Weigh()
	must(t, err)
	equal(t, "a truth value", isHeavy, true)
	equal(t, "a duration", settle, 250*time.Millisecond)
}

// late is done after it was asked once.
type late struct {
	context.Context
	asked *int
}

func (l late) Err() error {
	if *l.asked++; *l.asked > 1 {
		return context.Canceled
	}
	return nil
}

func TestTheLibraryAsksTheContext(t *testing.T) {
	box := labelled(t, "books")
	defer box.Close()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_, err := box.Put(late{ctx, new(int)}, PutRequest{})
	equal(t, "a context that is done", errors.Is(err, ErrBoxFull), true)
	fallen, err := box.Put(ctx, PutRequest{})
	must(t, err)
	fallen.Close()
}

func TestEveryObjectIsFreedOnce(t *testing.T) {
	before := alive()
	box := labelled(t, "books")
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	fallen, err := box.Put(ctx, PutRequest{})
	must(t, err)
	_, err = box.Put(ctx, PutRequest{IsHeavy: true})
	equal(t, "fails", err != nil, true)
	must(t, box.Close())
	must(t, box.Close())
	equal(t, "a closed box's label", box.Label(), "")
	must(t, fallen.Close())
	equal(t, "objects alive", alive(), before)
}
