package bmauth

import (
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"
)

// counted is a kind whose objects are bytes, freed by counting.
func counted(freed *int64) *kind {
	return &kind{free: func(unsafe.Pointer) { atomic.AddInt64(freed, 1) }}
}

func TestAnObjectIsFreedOnceAndByTheLastUser(t *testing.T) {
	var freed int64
	for round := 0; round < 200; round++ {
		o := adopt(counted(&freed), unsafe.Pointer(new(byte)), nil)
		var group sync.WaitGroup
		for i := 0; i < 4; i++ {
			group.Add(2)
			go func() {
				defer group.Done()
				if held := o.acquire(); held != nil {
					if atomic.LoadInt64(&freed) != int64(round) {
						t.Error("freed while it is held")
					}
					held.release()
				}
			}()
			go func() {
				defer group.Done()
				o.close()
			}()
		}
		group.Wait()
		if seen := atomic.LoadInt64(&freed); seen != int64(round)+1 {
			t.Fatalf("freed %d times after %d objects", seen, round+1)
		}
		if o.acquire() != nil {
			t.Fatal("a closed object can be acquired")
		}
	}
}

func TestAParentIsFreedAfterItsChildren(t *testing.T) {
	var parents, children int64
	parent := adopt(counted(&parents), unsafe.Pointer(new(byte)), nil)
	child := adopt(counted(&children), unsafe.Pointer(new(byte)), parent)
	parent.close()
	if parents != 0 {
		t.Error("the parent was freed before its child")
	}
	child.close()
	if children != 1 || parents != 1 {
		t.Errorf("freed: %d children, %d parents", children, parents)
	}
}

func TestTheGarbageCollectorFreesWhatWasForgotten(t *testing.T) {
	var freed int64
	kind := counted(&freed)
	const count = 100
	for i := 0; i < count; i++ {
		adopt(kind, unsafe.Pointer(new(byte)), nil)
	}
	for i := 0; i < 100 && atomic.LoadInt64(&freed) < count; i++ {
		runtime.GC() // finalizers run in a goroutine of their own, soon
		time.Sleep(time.Millisecond)
	}
	if seen := atomic.LoadInt64(&freed); seen != count {
		t.Errorf("%d of %d were freed", seen, count)
	}
}

func TestTheGarbageCollectorWaitsForACallToEnd(t *testing.T) {
	var freed int64
	held := adopt(counted(&freed), unsafe.Pointer(new(byte)), nil).acquire()
	for i := 0; i < 10; i++ {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	if atomic.LoadInt64(&freed) != 0 {
		t.Error("freed while it is held")
	}
	held.release()
}

func TestRealObjectsMayBeForgotten(t *testing.T) {
	for i := 0; i < 300; i++ {
		client, err := NewClient(WithDataDir(t.TempDir()))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := client.Route(RouteRequest{Project: "p"}); err != nil {
			t.Fatal(err)
		}
		if i%50 == 0 {
			runtime.GC()
		}
	}
	runtime.GC()
}

func TestAnOlderLibraryIsAnErrorThatNamesWhatToUpgrade(t *testing.T) {
	if err := checkLibrary(2003004, 2003004); err != nil {
		t.Error(err)
	}
	if err := checkLibrary(3000000, 2003004); err != nil {
		t.Error(err)
	}
	err := checkLibrary(2003003, 2003004)
	want := "libbmauth.so is version 2.3.3, older than 2.3.4, which this program was compiled for: " +
		"upgrade the package that libbmauth.so comes from"
	if !errors.Is(err, ErrNetUnavailable) || err.Error() != want {
		t.Errorf("%v", err)
	}
}

func TestTheLanguageIsAPlainVersion(t *testing.T) {
	for _, byte := range []byte(language()) {
		if byte < '!' || byte > '~' || byte == '(' || byte == ')' {
			t.Errorf("%q would spoil a user agent", language())
		}
	}
}
