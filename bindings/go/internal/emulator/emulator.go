// Package emulator runs the project's emulator of the cloud for tests.
package emulator

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// ClientID is the client that the emulator knows.
const ClientID = "client_01K6KWQPW6J1M8VV7R3TZP5A6M"

// Emulator is a child process that ends with this one: its standard input closes then.
type Emulator struct {
	Issuer    string `json:"issuer"`
	CloudHost string `json:"cloud_host"`
	Control   string `json:"control"`

	process *exec.Cmd
	stdin   io.Closer
}

// Start starts one on a free port, in a home of its own: nothing of the person who runs the tests
// is read or written.
func Start() (*Emulator, error) {
	for _, variable := range os.Environ() {
		if name := strings.SplitN(variable, "=", 2)[0]; strings.HasPrefix(name, "BASIC_MEMORY_") {
			_ = os.Unsetenv(name)
		}
	}
	root := projectRoot()
	node := filepath.Join(root, "build/bin-tools/node")
	if _, err := os.Stat(node); err != nil {
		node = "node"
	}
	main := filepath.Join(root, "tests/emulator/src/main.mjs")
	process := exec.Command(node, main, "--end-with-stdin", "--interval", "1")
	process.Stderr = os.Stderr
	stdin, err := process.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := process.Start(); err != nil {
		return nil, err
	}
	started := &Emulator{process: process, stdin: stdin}
	if err := json.NewDecoder(bufio.NewReader(stdout)).Decode(started); err != nil {
		return nil, fmt.Errorf("the emulator did not start; is `make setup` done? %w", err)
	}
	return started, nil
}

// Stop ends it.
func (e *Emulator) Stop() {
	_ = e.stdin.Close()
	_ = e.process.Wait()
}

// Run is a TestMain: an emulator and an empty home for all tests of a package, one after another.
func Run(m *testing.M, shared **Emulator) {
	home, err := os.MkdirTemp("", "bmauth-go-")
	if err != nil {
		panic(err)
	}
	_ = os.Setenv("HOME", home)
	started, err := Start()
	if err != nil {
		panic(err)
	}
	*shared = started
	status := m.Run()
	started.Stop()
	_ = os.RemoveAll(home)
	os.Exit(status)
}

// World sets the emulator back to its start and makes a data directory whose config file chooses it.
func (e *Emulator) World(t *testing.T) string {
	t.Helper()
	e.Post(t, "reset", map[string]any{})
	folder := t.TempDir()
	Write(t, filepath.Join(folder, "config.json"), map[string]any{
		"cloud_domain": e.Issuer, "cloud_client_id": ClientID, "cloud_host": e.CloudHost,
	})
	return folder
}

// Post gives an order to the control API and returns its answer.
func (e *Emulator) Post(t *testing.T, order string, body any) []byte {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.Post(e.Control+"/"+order, "application/json", bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return read(t, order, answer)
}

// Person opens the verification page and approves or denies, as login.
func (e *Emulator) Person(t *testing.T, userCode, action, login string) {
	t.Helper()
	e.Post(t, "person", map[string]any{"user_code": userCode, "action": action, "login": login})
}

// Answers orders the next answers.
func (e *Emulator) Answers(t *testing.T, answers ...map[string]any) {
	t.Helper()
	e.Post(t, "answers", answers)
}

// Entry is one request that arrived.
type Entry struct {
	Path             string `json:"path"`
	Method           string `json:"method"`
	GrantType        string `json:"grant_type"`
	Credential       string `json:"credential"`
	CredentialSHA256 string `json:"credential_sha256"`
	UserAgent        string `json:"user_agent"`
	Workspace        string `json:"workspace"`
	Status           int    `json:"status"`
	BodyBytes        int    `json:"body_bytes"`
}

// Log is every request that arrived for a path, but for those of the person; all paths if it is "".
func (e *Emulator) Log(t *testing.T, path string) []Entry {
	t.Helper()
	answer, err := http.Get(e.Control + "/log?after=0")
	if err != nil {
		t.Fatal(err)
	}
	var log struct {
		Entries []struct {
			Entry
			Person bool `json:"person"`
		} `json:"entries"`
	}
	if err := json.Unmarshal(read(t, "log", answer), &log); err != nil {
		t.Fatal(err)
	}
	var found []Entry
	for _, entry := range log.Entries {
		if !entry.Person && (path == "" || entry.Path == path) {
			found = append(found, entry.Entry)
		}
	}
	return found
}

// Refreshes counts the refresh requests that arrived.
func (e *Emulator) Refreshes(t *testing.T) int {
	t.Helper()
	count := 0
	for _, entry := range e.Log(t, "/oauth2/token") {
		if strings.HasSuffix(entry.GrantType, "refresh_token") {
			count++
		}
	}
	return count
}

// Write puts a JSON file where only its owner can read it.
func Write(t *testing.T, path string, content any) {
	t.Helper()
	text, err := json.Marshal(content)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// Edit changes members of a JSON file, as another program would.
func Edit(t *testing.T, path string, changes map[string]any) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var content map[string]any
	if err := json.Unmarshal(text, &content); err != nil {
		t.Fatal(err)
	}
	for name, value := range changes {
		content[name] = value
	}
	Write(t, path, content)
}

func read(t *testing.T, order string, answer *http.Response) []byte {
	t.Helper()
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("control %s: %d %s", order, answer.StatusCode, text)
	}
	return text
}

func projectRoot() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "../../../..")
}
