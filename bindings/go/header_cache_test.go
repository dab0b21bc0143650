package bmauth

import (
	"os"
	"regexp"
	"runtime"
	"strconv"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"
)

const project, account = int32(PurposeProject), int32(PurposeAccount)

// found is a header that is right until somebody changes something.
func found() *keptHeader {
	return &keptHeader{currentGeneration(), NewSecret("CANARY")}
}

// bare is an object without a library behind it, and a cache.
func bare(freed *int64) *object {
	return adopt(counted(freed), unsafe.Pointer(new(byte)), nil)
}

func TestWhatIsKeptEndsWithTheGenerationTheTimeOrTheObject(t *testing.T) {
	o := bare(new(int64))
	cache, hour := o.headerCache(), time.Now().Add(time.Hour)
	cache.keep(project, found(), hour)
	if o.keptHeader(project) == nil || o.keptHeader(account) != nil {
		t.Error("not what was kept, and that alone")
	}
	older := found()
	older.generation--
	cache.keep(project, older, hour)
	if o.keptHeader(project) != nil {
		t.Error("given although something has changed")
	}
	cache.keep(project, found(), hour)
	cache.forget()
	if o.keptHeader(project) != nil {
		t.Error("given although its time is over")
	}
	cache.keep(project, found(), hour)
	o.close()
	cache.keep(account, found(), hour)
	for _, purpose := range []int32{project, account} {
		if o.keptHeader(purpose) != nil || cache.kept[purpose].Load() != nil {
			t.Error("kept although the object is closed")
		}
	}
}

func TestTheTimerEndsWhatIsKeptAndNoneIsLeft(t *testing.T) {
	cache := bare(new(int64)).headerCache()
	cache.keep(project, found(), time.Now().Add(time.Millisecond))
	cache.keep(account, found(), time.Now().Add(time.Hour))
	for cache.kept[project].Load() != nil || cache.kept[account].Load() != nil {
		runtime.Gosched() // the test runner's own limit ends a timer that never comes
	}
	cache.mutex.Lock()
	defer cache.mutex.Unlock()
	if cache.timer != nil {
		t.Error("a timer is left")
	}
}

func TestWhatWasFoundTooLongAgoIsNotKept(t *testing.T) {
	cache := bare(new(int64)).headerCache()
	cache.keep(project, found(), time.Now())
	if cache.timer != nil || cache.kept[project].Load() != nil {
		t.Error("kept although its time was over")
	}
	hour := time.Now().Add(time.Hour)
	cache.keep(project, found(), hour)
	cache.keep(account, found(), hour.Add(-time.Minute))
	if cache.kept[account].Load() != nil {
		t.Error("kept although the timer comes too late for it")
	}
}

func TestATimerKeepsNoClientAlive(t *testing.T) {
	var freed int64
	const count = 100
	for i := 0; i < count; i++ {
		bare(&freed).headerCache().keep(project, found(), time.Now().Add(time.Hour))
	}
	for i := 0; i < 100 && atomic.LoadInt64(&freed) < count; i++ {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	if seen := atomic.LoadInt64(&freed); seen != count {
		t.Errorf("%d of %d were freed", seen, count)
	}
}

// resident is the memory of this process.
func resident(t *testing.T) (kib int) {
	t.Helper()
	runtime.GC()
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	kib, err = strconv.Atoi(string(regexp.MustCompile(`VmRSS:\s+(\d+)`).FindSubmatch(text)[1]))
	if err != nil {
		t.Fatal(err)
	}
	return kib
}

func TestAHundredThousandHeadersLeakNothing(t *testing.T) {
	key := NewSecret("bmc_CANARYcanary0123456789abcdefghij")
	client, err := NewClient(WithDataDir(t.TempDir()), WithAPIKey(key))
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	ask := func(calls int) {
		for i := 0; i < calls; i++ {
			if i%10 == 0 { // or the library would be asked once
				client.object.headerCache().kept[project].Store(nil)
			}
			if _, err := client.FreshHeader(PurposeProject); err != nil {
				t.Fatal(err)
			}
		}
	}
	ask(100_000)
	before := resident(t)
	ask(100_000)
	if grown := resident(t) - before; grown > 4<<10 {
		t.Errorf("%d KiB more", grown)
	}
}
